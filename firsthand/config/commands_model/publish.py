"""Publishes a draft; or first writes down who looked at it.

    firsthand model publish 2027 --as Ada --signed "Expert advisory group" \\
        --capacity "asked about all of it" --on 2027-03-27
    firsthand model publish 2027 --as Ada

Was another version published since the one that the draft began from? Then what it changed is told,
and nothing is published until it is said that this is left out:

    firsthand model publish 2027 --as Ada --leave-out 2026

What is missing is told, and nothing is published then. A published version never changes.
"""

import argparse
import datetime as dt

from firsthand.config import drafting
from firsthand.config.reviewing import acting, tables
from firsthand.config.talk import Stop

HELP = "Publish a draft: from then on it never changes"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    drafting.draft_argument(parser)
    parser.add_argument("--signed", metavar="WHO", help="write down that this group looked at it")
    parser.add_argument("--capacity", default="", help="in which capacity they did")
    parser.add_argument("--said", choices=("agreed", "remarks", "not"), default="agreed")
    parser.add_argument("--remarks", default="", help="what they said, beside that")
    parser.add_argument("--on", metavar="DAY", help="on which day, such as 2027-03-27")
    parser.add_argument(
        "--leave-out", action="append", default=[], metavar="VERSION",
        help="leave out what this version, published since the draft began, changed",
    )  # fmt: skip
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> None:
    """Write a sign-off down, or publish."""
    with acting.site():
        from firsthand.harms.actions import publishing

        by = drafting.editor(args)
        if args.signed:
            row = publishing.sign_off(
                by, args.signed, args.capacity, args.said, _day(args.on), args.remarks
            )
            told = {"draft": args.draft, "signed": row.who, "said": row.said, "digest": row.digest}
            tables.tell(told, [f"Written down: {row}."], args.json)
            return
        version = publishing.publish(by, left_out=args.leave_out)
    told = {"version": version.slug, "published_on": version.published_on,
            "digest": version.digest, "citation": version.citation}  # fmt: skip
    tables.tell(told, [f"Published: {version.citation}"], args.json)


def _day(said: str | None) -> dt.date:
    try:
        return dt.date.fromisoformat(said or "")
    except ValueError:
        raise Stop("Say on which day they looked at it, such as --on 2027-03-27.", 2) from None
