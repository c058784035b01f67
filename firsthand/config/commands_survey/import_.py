"""Brings the ballots of one ranking question into a survey that is open or closed: all or none.

firsthand survey import ballots.csv --survey "What matters" --as Ada --question 1 --simulated
"""

import argparse
from pathlib import Path

from firsthand.config import surveying

HELP = "Bring ballots into a survey"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument("file", type=Path, metavar="BALLOTS.csv", help="as for firsthand rank")
    surveying.arguments(parser)
    parser.add_argument(
        "--question", type=int, metavar="N", help="which question, by its number; the first one"
    )
    parser.add_argument(
        "--simulated", action="store_true", help="these are made up: results say so"
    )


def run(args: argparse.Namespace) -> None:
    """Bring them in."""
    surveying.bring_in(args)
