"""Leaves a line for everything that is done in a project, in the transaction of the doing."""

from typing import Any

from firsthand.access.noted import noted
from firsthand.codebook.models import Coder, Project, Trail
from firsthand.people.models import User


def leave(by: Coder, did: str, /, **about: Any) -> None:
    """Note what a coder did."""
    note(by.project, by.user, did, **about)


def note(project: Project, by: User | None, did: str, /, **about: Any) -> None:
    """Note what someone did in a project; nobody, when the site did it by itself."""
    Trail.objects.create(project=project, by=by, did=did, about=noted(about))
