"""Lists a review's criteria; an owner adds, rewords or retires one.

    firsthand review criteria "Harm in care" --as Ada
    firsthand review criteria "Harm in care" --as Ada --add "It is about care." --kind include
    firsthand review criteria "Harm in care" --as Ada --reword 2 "Said anew." --reason "Round 1"
    firsthand review criteria "Harm in care" --as Ada --retire 3 --reason "Never used"

Each change makes a new version; what was decided keeps the version it was decided under.
"""

import argparse
from typing import TYPE_CHECKING

from firsthand.config.reviewing import acting
from firsthand.config.talk import Stop

if TYPE_CHECKING:
    from firsthand.evidence.models import Criterion, Member

HELP = "List the criteria; add, reword or retire one"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    acting.review_argument(parser)
    parser.add_argument("--add", metavar="TEXT", help="a new criterion")
    parser.add_argument(
        "--kind",
        choices=("include", "exclude"),
        default="include",
        help="what is included must meet it (include) or must not (exclude)",
    )
    parser.add_argument("--reword", nargs=2, metavar=("N", "TEXT"), help="say one anew")
    parser.add_argument("--retire", metavar="N", help="use one no longer")
    parser.add_argument("--reason", default="", help="why: asked for once screening has begun")
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> None:
    """Change, then list."""
    from firsthand.config.reviewing import tables

    with acting.acting(args, owner=bool(args.add or args.reword or args.retire)) as by:
        from firsthand.evidence import queries, rules
        from firsthand.evidence.actions import criteria as actions

        def asked(change: str) -> None:
            if rules.reason_needed(change, queries.has_begun(by.review)) and not args.reason:
                raise Stop("Say why, with --reason: people who read the review later see it.", 2)

        if args.add:
            asked(rules.ADDED)
            actions.add(by, args.kind, args.add, args.reason)
        if args.reword:
            asked(rules.REWORDED)
            actions.reword(by, _one(by, args.reword[0]), args.reword[1], args.reason)
        if args.retire:
            asked(rules.RETIRED)
            actions.retire(by, _one(by, args.retire), args.reason)
        by.review.refresh_from_db()
        rows = [
            {"number": line.number, "kind": line.row.kind, "text": line.text, "since": line.since}
            for line in queries.criteria(by.review)
        ]
        told = {"version": by.review.criteria_version, "criteria": rows}
        lines = [f"{each['number']}. ({each['kind']}) {each['text']}" for each in rows]
        tables.tell(told, [f"Version {by.review.criteria_version}", *lines], args.json)


def _one(by: "Member", said: str) -> "Criterion":
    from firsthand.config.reviewing import tables

    found = by.review.criteria.filter(number=tables.number_of(said)).first()
    if found is None:
        raise Stop(f"There is no criterion {said} in this review.")
    return found
