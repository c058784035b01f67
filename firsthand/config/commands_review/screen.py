"""Gives one reviewer what they have to decide as a table, and takes their decisions back in.

    firsthand review screen "Harm in care" --as Ada --out ada.csv         what Ada has to decide
    firsthand review screen "Harm in care" --as Ada --decisions ada.csv   Ada's decisions
    firsthand review screen "Harm in care" --as Ada --undo 12             Ada takes one back

Fill in the column choice (include, exclude or maybe) and, if you like, reasons (the numbers of the
criteria that leave it out, such as 2;5) and note. Rows without a choice wait. Records of an open
calibration round come first. It is blind: nothing of what another reviewer decided is in it.
A row that cannot be kept is told with its line, the others are kept; the exit code is then 1.
"""

import argparse
from pathlib import Path

from firsthand.config.reviewing import acting

HELP = "Get what you have to decide as a table, and give your decisions"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    acting.review_argument(parser)
    parser.add_argument(
        "--decisions",
        type=Path,
        metavar="DECISIONS.csv",
        help="columns record, choice, reasons, note; - is what is piped in",
    )
    acting.stage_argument(parser)
    parser.add_argument(
        "--out", type=Path, metavar="CSV", help="write what is still to be decided here"
    )
    parser.add_argument("--most", type=int, metavar="N", help="no more than N of them")
    parser.add_argument(
        "--undo",
        action="append",
        default=[],
        metavar="RECORD",
        help="take your own decision on a record back",
    )
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Take decisions, then tell what is left; return 0, or 1 when a row was not kept."""
    from firsthand.config.reviewing import screening

    return screening.run(args)
