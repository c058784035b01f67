"""Writes a whole review as one zip file: a Frictionless data package, without anybody's name.

    firsthand review export "Harm in care" review.zip --as Ada

Protocol, criteria, searches, records, duplicates, decisions by numbered reviewers, rounds, flow
and history, each as a CSV table. What was decided on a record that still waits for another reviewer
is left out, so that everyone stays blind. `firsthand review import-package` makes a review of it.
"""

import argparse
from pathlib import Path

from firsthand.config.reviewing import acting

HELP = "Write a whole review as one file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    acting.review_argument(parser)
    parser.add_argument("file", type=Path, metavar="FILE.zip", help="the file to write")
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> None:
    """Write it."""
    from firsthand.config.reviewing import packages

    packages.export(args)
