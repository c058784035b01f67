"""Leaves a line for everything that is done in a review, in the transaction of the doing."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from firsthand.access.noted import plainly
from firsthand.evidence.models import Member, Review, Trail
from firsthand.people.models import User

_HOW: ContextVar[str] = ContextVar("how", default="")
BY_COMMAND = "by command"


@contextmanager
def by_command() -> Iterator[None]:
    """Let every line that is left meanwhile say that it was done by a command, not on a page."""
    before = _HOW.set(BY_COMMAND)
    try:
        yield
    finally:
        _HOW.reset(before)


def leave(by: Member, did: str, /, **about: Any) -> None:
    """Note what a member did."""
    note(by.review, by.user, did, **about)


def note(review: Review, by: User | None, did: str, /, **about: Any) -> None:
    """Note what someone did in a review; nobody, when the site did it by itself."""
    said = plainly(about)
    if how := _HOW.get():
        said["how"] = how
    Trail.objects.create(review=review, by=by, did=did, about=said)
