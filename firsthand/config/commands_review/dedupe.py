"""Finds records that are the same report, says why, and takes your answers.

In a review: what is surely one report is merged, what is unsure is listed for you. Nothing is
thrown away, and each merge can be undone at any time.

    firsthand review dedupe "Harm in care" --as Ada                   look, and list what is unsure
    firsthand review dedupe "Harm in care" --as Ada --why why.csv     every merge with its reason
    firsthand review dedupe "Harm in care" --as Ada --answer 12,15 same
    firsthand review dedupe "Harm in care" --as Ada --answers answers.csv
    firsthand review dedupe "Harm in care" --as Ada --undo 3,9

12,15 are the numbers of two records. An answer is same, apart or versions (two versions of one
work). A file of answers has the columns first, second and answer.

On files, without a site:

    firsthand review dedupe --files a.ris b.nbib --out merged.ris --why why.csv
"""

import argparse
from pathlib import Path

from firsthand.config.reviewing import acting

HELP = "Find duplicates, in a review or in files; answer what is unsure; undo"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument(
        "review",
        metavar="REVIEW",
        nargs="?",
        help="the review: its title, or the first letters of its number",
    )
    acting.who_argument(parser, required=False)
    parser.add_argument(
        "--answer",
        nargs=2,
        action="append",
        default=[],
        metavar=("A,B", "ANSWER"),
        help="what two records are: same, apart or versions",
    )
    parser.add_argument("--answers", type=Path, metavar="CSV", help="many answers in a table")
    parser.add_argument(
        "--undo",
        action="append",
        default=[],
        metavar="A,B",
        help="take two records that were merged or linked apart again",
    )
    parser.add_argument(
        "--why",
        type=Path,
        metavar="CSV",
        help="write each merge, link and unsure pair with its reason",
    )
    parser.add_argument(
        "--files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="files of references instead of a review",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="for files: where to write them without duplicates (.ris, .bib, .json or .csv)",
    )
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Do it; return 0, or 1 when an answer could not be kept or a file not read."""
    if args.files:
        from firsthand.config.reviewing import merging

        return merging.run(args)
    from firsthand.config.reviewing import duplicates

    return duplicates.run(args)
