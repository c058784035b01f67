"""In which coding project a command acts, and in whose name: as `reviewing.acting` for reviews."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from firsthand.config.reviewing.acting import site
from firsthand.config.talk import Stop

if TYPE_CHECKING:
    from firsthand.codebook.models import Coder


def who_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as", dest="who", metavar="NAME",
        help="in whose name: someone who takes part in the project",
    )  # fmt: skip


@contextmanager
def acting(project: str, who: str | None) -> Iterator["Coder"]:
    """Give the coder in whose name a command acts. Raises Stop, saying why not."""
    with site():
        if not who:
            raise Stop("Say in whose name, of those who take part in the project: --as NAME", 2)
        yield coder(project, who)


def coder(project: str, who: str) -> "Coder":
    """Return someone's part in a project, by its title or the first letters of its number."""
    from firsthand.codebook.models import Coder

    rows = Coder.objects.filter(left_on=None, user__is_active=True, user__name__iexact=who.strip())
    found = list(rows.select_related("project", "user"))
    meant = [each for each in found if project in (each.project.title, str(each.project_id))]
    if not meant and len(project) >= 4:
        begins = project.lower()
        meant = [each for each in found if str(each.project_id).startswith(begins)]
    if len(meant) != 1:
        lines = "".join(f"\n  {each.project_id}  {each.project.title}" for each in meant or found)
        several = "Several projects are" if meant else "No project is"
        raise Stop(f"{several} called {project} in which {who} takes part.{lines}")
    return meant[0]
