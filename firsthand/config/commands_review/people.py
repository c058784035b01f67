"""Says who takes part in a review; an owner adds someone, or takes someone out.

firsthand review people "Harm in care" --as Ada
firsthand review people "Harm in care" --as Ada --add "Ben Okri" --role reviewer
firsthand review people "Harm in care" --as Ada --add "Cai Lowe" --here
firsthand review people "Harm in care" --as Ada --end "Ben Okri"
"""

import argparse

from firsthand.config.reviewing import acting

HELP = "Say who takes part in a review, add someone, take someone out"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    acting.review_argument(parser)
    parser.add_argument("--add", metavar="NAME", help="let someone of this site take part")
    parser.add_argument("--role", choices=("owner", "reviewer"), default="reviewer", help="as what")
    parser.add_argument(
        "--here",
        action="store_true",
        help="make that person known on this machine, without a sign-in",
    )
    parser.add_argument("--end", metavar="NAME", help="someone takes part no longer")
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> None:
    """Do it and say who takes part now."""
    from firsthand.config.reviewing import tables
    from firsthand.config.reviewing.beginning import known

    with acting.acting(args, owner=bool(args.add or args.end)) as by:
        from firsthand.evidence import queries
        from firsthand.evidence.actions import reviews

        if args.add:
            reviews.add_member(by, known(args.add, args.here), args.role)
        if args.end:
            reviews.end_member(by, acting.member(str(by.review_id), args.end))
        rows = [{"name": each.user.name, "role": each.role} for each in queries.members(by.review)]
        tables.tell(rows, [f"{each['name']}, {each['role']}" for each in rows], args.json)
