r"""Puts ballots together into one order, with how sure it is: worths, Borda and Kemeny.

    firsthand rank ballots.csv                    a table for people
    firsthand rank ballots.csv --json             everything, for a program
    firsthand rank races.csv --orders-partial     a line for each order, winner first

ballots.csv has a column for each item and a row for each person: 1 for the first, the same number
for equal ones, nothing for what was left behind, n/a for what was not compared. Or it has a cell
for each place, in it the item's name, equal ones joined by "=": what a line does not name was left
behind, or, with --orders-partial, was not compared. Lines that are no ballots are said, and left
out; then it ends with exit code 1.
"""

import argparse
from pathlib import Path

HELP = "Rank items from a file of ballots"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument("file", type=Path, metavar="BALLOTS.csv", help="the ballots, in UTF-8")
    parser.add_argument("--seed", type=int, default=1, help="of the samples (1)")
    parser.add_argument("--json", action="store_true", help="print for a program, as JSON")
    parser.add_argument(
        "--orders-partial",
        action="store_true",
        help="what an order does not name was not compared",
    )


def run(args: argparse.Namespace) -> int:
    """Print the ranking; return 1 when a line was left out, or there is nothing to rank."""
    from firsthand.config import ranking_file  # slow to load, and no other command needs it

    return ranking_file.run(args)
