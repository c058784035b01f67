"""Gives what came out of a survey, question by question: tables, or everything as JSON.

firsthand survey results --survey "What matters" --as Ada --json
"""

import argparse

from firsthand.config import surveying

HELP = "Give what came out of a survey"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    surveying.arguments(parser)
    parser.add_argument("--json", action="store_true", help="print for a program, as JSON")


def run(args: argparse.Namespace) -> None:
    """Print them."""
    surveying.results(args)
