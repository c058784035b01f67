"""Leaves a line for everything that is done to a draft, in the transaction of the doing."""

from typing import Any

from firsthand.harms.models import Editor, ModelVersion, Trail
from firsthand.people.models import User


def leave(by: Editor, did: str, /, **about: Any) -> None:
    """Note what an editor did."""
    note(by.version, by.user, did, **about)


def note(version: ModelVersion, by: User, did: str, /, **about: Any) -> None:
    """Note what someone did to a version's making."""
    said = {name: str(value) if hasattr(value, "hex") else value for name, value in about.items()}
    Trail.objects.create(version=version, by=by, did=did, about=said)
