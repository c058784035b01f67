"""In whose name a command acts, and in which review.

Whoever may run commands on this machine holds its database and its key, so there is nothing a
passphrase asked for here could keep from them. A command says whose deed it does (`--as`), that
person must take part in the review, and the review's history says "by command" beside it.
"""

import argparse
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from firsthand.config.talk import Stop

if TYPE_CHECKING:
    from firsthand.evidence.models import Member
    from firsthand.people.models import User

_NOT_READY = "The database is not ready. Run this first, once: firsthand prepare"


def review_argument(parser: argparse.ArgumentParser, *, optional: bool = False) -> None:
    """Take the review and who acts."""
    said = "the review: its title, or the first letters of its number (firsthand review list)"
    if optional:
        parser.add_argument("--review", metavar="REVIEW", help=said)
    else:
        parser.add_argument("review", metavar="REVIEW", help=said)
    who_argument(parser, required=not optional)


def who_argument(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument(
        "--as", dest="who", metavar="NAME", required=required,
        help="in whose name: someone who takes part in the review",
    )  # fmt: skip


def json_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print for a program, as JSON")


def stage_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--stage", choices=("abstract", "full-text"), default="abstract",
        help="titles and abstracts (abstract), or full texts (full-text)",
    )  # fmt: skip


@contextmanager
def site() -> Iterator[None]:
    """Make the site's database ready; let refusals be told, and trails say "by command"."""
    from firsthand.config import prepare

    prepare.set_up()
    if prepare.pending():
        raise Stop(_NOT_READY)
    from firsthand.access.noted import by_command
    from firsthand.access.refused import Refused

    with by_command():
        try:
            yield
        except Refused as refused:
            raise Stop(refused.sentence) from None


@contextmanager
def acting(args: argparse.Namespace, *, owner: bool = False) -> Iterator["Member"]:
    """Give the member in whose name `args` ask to act. Raises Stop, saying why not."""
    with site():
        if not args.review or not args.who:
            raise Stop("Say which review, and in whose name: --review TITLE --as NAME", 2)
        found = member(args.review, args.who)
        if owner and not found.is_owner:
            raise Stop(f"{found} takes part as a reviewer; this is for an owner of the review.")
        yield found


def member(review: str, who: str) -> "Member":
    """Return someone's membership by the names said. Raises Stop."""
    from firsthand.evidence.models import Member

    rows = Member.objects.filter(left_on=None, user__is_active=True)
    named = list(rows.filter(_called(who)).select_related("review", "user"))
    if not named:
        raise Stop(f"Nobody called {who} takes part in a review here.")
    meant = [each for each in named if review in (each.review.title, str(each.review_id))]
    meant = meant or [each for each in named if _begins(str(each.review_id), review)]
    return _only(meant, f"{who} takes part in no review called {review}.", review)


def _only(meant: Sequence["Member"], nothing: str, review: str) -> "Member":
    if not meant:
        raise Stop(f"{nothing} To see which there are: firsthand review list --as NAME")
    if len(meant) > 1:
        lines = "".join(f"\n  {each.review_id}  {each.review.title}  {each}" for each in meant)
        raise Stop(
            f"Several are meant by {review}. Say the number of the review, or of the person:{lines}"
        )
    return meant[0]


def _begins(number: str, said: str) -> bool:
    return len(said) >= 4 and number.startswith(said.lower())


def _called(who: str) -> object:
    from django.db.models import Q

    try:
        return Q(user_id=uuid.UUID(who))
    except ValueError:
        return Q(user__name__iexact=who.strip())


def staff_called(who: str) -> "User":
    """Return the one who works on this site and is called so. Raises Stop."""
    from firsthand.people.queries import staff

    try:
        rows = staff().filter(id=uuid.UUID(who))
    except ValueError:
        rows = staff().filter(name__iexact=who.strip())
    found = list(rows.filter(is_active=True))
    if not found:
        raise Stop(
            f"Nobody called {who} works on this site. Add --here to make {who} known on this "
            "machine, without a sign-in."
        )
    if len(found) > 1:
        lines = "".join(f"\n  {each.id}  {each.name}, {each.role}" for each in found)
        raise Stop(f"Several are called {who}. Say which, by number:{lines}")
    return found[0]
