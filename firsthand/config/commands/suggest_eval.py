"""`firsthand suggest-eval`: how good the suggestions are on anybody's coded texts."""

import argparse
import sys
from pathlib import Path

HELP = "Measure how well codes are suggested, on texts that people have coded by hand."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument(
        "--codebook",
        type=Path,
        required=True,
        help='A JSON list of entries, each {"code", "definition", "examples"}.',
    )
    parser.add_argument(
        "--train",
        type=Path,
        help='Coded texts to learn from: on each line {"respondent", "text", "codes"}. '
        "Leave it out to see how well the codebook does alone.",
    )
    parser.add_argument("--test", type=Path, help="Coded texts to ask about, in the same form.")
    parser.add_argument(
        "--folds",
        type=int,
        help="Without --test: split --train in so many parts by respondent, and ask about each "
        "part after learning from the others (5 if you say nothing).",
    )
    parser.add_argument("--seed", type=int, default=0, help="Another number gives another split.")


def run(args: argparse.Namespace) -> int:
    """Print the figures; return 0, or 1 with a sentence that says what to mend."""
    from firsthand.methods.suggest import report  # slow to load, and no other command needs it

    wanted = report.Wanted(args.codebook, args.train, args.test, args.folds, args.seed)
    try:
        report.write(wanted, sys.stdout.write, sys.stderr.write)
    except (ValueError, report.NoModel) as why:
        sys.stderr.write(f"{why}\n")
        return 1
    return 0
