"""Leaves a line for everything that is done in a review, in the transaction of the doing."""

from typing import Any

from firsthand.access.noted import noted
from firsthand.evidence.models import Member, Review, Trail
from firsthand.people.models import User


def leave(by: Member, did: str, /, **about: Any) -> None:
    """Note what a member did."""
    note(by.review, by.user, did, **about)


def note(review: Review, by: User | None, did: str, /, **about: Any) -> None:
    """Note what someone did in a review; nobody, when the site did it by itself."""
    Trail.objects.create(review=review, by=by, did=did, about=noted(about))
