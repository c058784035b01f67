"""Makes a review of a file that `firsthand review export` wrote, here or anywhere else.

    firsthand review import-package review.zip --as Ada

Ada owns the new review. Reviewers whose names are not known are called Reviewer 1, Reviewer 2, and
so on. A package that cannot be used is told with its table and line, and nothing of it is kept.
"""

import argparse
from pathlib import Path

from firsthand.config.reviewing import acting

HELP = "Make a review of such a file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument("file", type=Path, metavar="FILE.zip", help="the package")
    acting.who_argument(parser)
    parser.add_argument(
        "--here", action="store_true", help="make NAME known on this machine, without a sign-in"
    )
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> None:
    """Bring it in."""
    from firsthand.config.reviewing import packages

    packages.bring_in(args)
