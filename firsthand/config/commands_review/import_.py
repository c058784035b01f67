r"""Reads files of references, says what is in each, and writes them as one file if asked.

RIS, PubMed (nbib), Web of Science, EndNote (XML and tagged), BibTeX, CSL-JSON, CSV and Excel. The
format and the encoding are found out. What is odd is said with its line; no record is lost over it.
It ends with exit code 1 when a file could not be read; the others are read all the same.

With --review the files go into a review: under a search that is written down already (--search), or
under a new one. The same file twice is said, and nothing of it is imported again.

    firsthand review import a.ris b.nbib --review "Harm in care" --as Ada --search 1
    firsthand review import c.ciw --review "Harm in care" --as Ada --database SSCI \
        --platform "Web of Science" --ran-on 2026-03-02 --string-file ssci.txt --hits 120
"""

import argparse
from pathlib import Path

from firsthand.config.reviewing.acting import review_argument

HELP = "Read files of references, into one file or into a review"
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
    review_argument(parser, optional=True)
    parser.add_argument("--search", type=int, metavar="N", help="the search they came from")
    parser.add_argument(
        "--source",
        choices=("database", "register", "other"),
        default="database",
        help="for a new search: what was searched",
    )
    parser.add_argument("--database", metavar="NAME", help="for a new search: its name")
    parser.add_argument("--platform", default="", help="for a new search, such as Ovid")
    parser.add_argument("--ran-on", metavar="DAY", help="for a new search, such as 2026-03-02")
    parser.add_argument(
        "--string-file",
        type=Path,
        metavar="FILE",
        help="for a new search: the search exactly as it was run",
    )
    parser.add_argument("--limits", default="", help="for a new search, such as years")
    parser.add_argument("--hits", metavar="N", help="for a new search: how many it said it found")


def chosen(said: str) -> dict[str, str]:
    """Return "title=Titel,year=Jahr" as parts and headings."""
    pairs = [pair.partition("=") for pair in said.split(",") if pair.strip()]
    if not pairs or not all(part.strip() and heading.strip() for part, _, heading in pairs):
        raise argparse.ArgumentTypeError("write it as title=Titel,year=Jahr")
    return {part.strip(): heading.strip() for part, _, heading in pairs}


def run(args: argparse.Namespace) -> int:
    """Read every file; return 0, or 1 when one could not be read."""
    if args.review or args.who:
        from firsthand.config.reviewing import importing

        return importing.run(args)
    from firsthand.config.review_import import Importing  # no other command needs it

    return Importing(args).run()
