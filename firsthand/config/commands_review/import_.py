"""Reads files of references, says what is in each, and writes them as one file if asked.

RIS, PubMed (nbib), Web of Science, EndNote (XML and tagged), BibTeX, CSL-JSON, CSV and Excel. The
format and the encoding are found out. What is odd is said with its line; no record is lost over it.
It ends with exit code 1 when a file could not be read; the others are read all the same.
"""

import argparse
from pathlib import Path

HELP = "read files of references, and write them as one file"
TO = ("ris", "bibtex", "csl-json", "csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files to read")
    parser.add_argument("--to", choices=TO, help="write what was read in this format")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="where to write it; without it, to the screen"
    )
    parser.add_argument(
        "--columns",
        type=chosen,
        metavar="PART=HEADING,…",
        help="for tables: which column holds what, such as title=Titel,year=Jahr",
    )
    parser.add_argument("--json", action="store_true", help="say what was found as JSON")


def chosen(said: str) -> dict[str, str]:
    """Return "title=Titel,year=Jahr" as parts and headings."""
    pairs = [pair.partition("=") for pair in said.split(",") if pair.strip()]
    if not pairs or not all(part.strip() and heading.strip() for part, _, heading in pairs):
        raise argparse.ArgumentTypeError("write it as title=Titel,year=Jahr")
    return {part.strip(): heading.strip() for part, _, heading in pairs}


def run(args: argparse.Namespace) -> int:
    """Read every file; return 0, or 1 when one could not be read."""
    from firsthand.config.review_import import Importing  # no other command needs it

    return Importing(args).run()
