"""Says how far people agree who decided the same records; begins a calibration round.

    firsthand review agree "Harm in care" --as Ada --begin 20        everyone decides 20 records
    firsthand review agree "Harm in care" --as Ada                   how each round went
    firsthand review agree --csv raters.csv                          any table of ratings

Percent agreement, Cohen's or Fleiss' kappa, Gwet's AC1, Krippendorff's alpha, agreement on include
and on exclude: each with its 95 % interval and how many records it was taken from. What cannot be
estimated says why. A round is told once everyone has decided all of it.

raters.csv has a row for each record: its name first, then a column for each person, with what they
chose. An empty cell: they did not decide it.
"""

import argparse
from pathlib import Path

from firsthand.config.reviewing import acting

HELP = "Say how far people agree; begin a calibration round"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument(
        "review",
        metavar="REVIEW",
        nargs="?",
        help="the review: its title, or the first letters of its number",
    )
    acting.who_argument(parser, required=False)
    acting.stage_argument(parser)
    parser.add_argument(
        "--begin", type=int, metavar="N", help="begin a round of N records, drawn by chance"
    )
    parser.add_argument("--seed", type=int, help="for a round: draw the same ones again")
    parser.add_argument(
        "--csv", type=Path, metavar="RATERS.csv", help="a table of ratings instead of a review"
    )
    parser.add_argument("--positive", default="include", help="the choice whose agreement is told")
    parser.add_argument("--negative", default="exclude", help="and the other such choice")
    parser.add_argument("--out", type=Path, metavar="CSV", help="write the figures as a table")
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> None:
    """Print the figures."""
    from firsthand.config.reviewing import agreeing

    (agreeing.of_table if args.csv else agreeing.of_review)(args)
