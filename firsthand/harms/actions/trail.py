"""Leaves a line for everything that is done to a draft, in the transaction of the doing."""

from typing import Any

from firsthand.access.noted import noted
from firsthand.harms.models import Editor, ModelVersion, Trail
from firsthand.people.models import User


def leave(by: Editor, did: str, /, **about: Any) -> None:
    """Note what an editor did."""
    note(by.version, by.user, did, **about)


def note(version: ModelVersion, by: User, did: str, /, **about: Any) -> None:
    """Note what someone did to a version's making."""
    Trail.objects.create(version=version, by=by, did=did, about=noted(about))
