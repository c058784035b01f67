"""`firsthand dedupe-eval`: how good de-duplication is on anybody's labelled records."""

import argparse
import json
import sys
import time
from pathlib import Path

HELP = "Measure how well duplicates are found, on records grouped by hand."
_MOST_WRONG = 20  # rows told one by one


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument(
        "records",
        type=Path,
        metavar="RECORDS",
        help="A CSV table, one record a row: ID and title, and any of author, year, journal, "
        "volume, number, pages, abstract, doi, pmid.",
    )
    parser.add_argument(
        "truth",
        type=Path,
        metavar="TRUTH",
        help='A CSV table, one true group a row: its records\' ids as "id1;id2;id3".',
    )
    parser.add_argument("--json", action="store_true", help="Figures, groups and pairs as JSON.")


def run(args: argparse.Namespace) -> int:
    """Print the figures; return 0, or 1 with a sentence that says what to mend."""
    from firsthand.methods.dedupe import find, measuring, tables

    try:
        read = tables.records(_text(args.records), args.records.name)
        known = {each.id: each for each in read.reports}
        true = tables.truth(_text(args.truth), args.truth.name, known)
        _tell([*read.wrong, *true.wrong])
        begun = time.process_time()
        found = find(read.reports)
        took = time.process_time() - begun
        result = measuring.measured(read.reports, true.groups, found)
    except ValueError as why:
        sys.stderr.write(f"{why}\n")
        return 1
    if args.json:
        print(json.dumps({**measuring.as_json(result, found), "cpu_seconds": took}, indent=1))
    else:
        print("\n".join([*measuring.lines(result), f"CPU: {took:.2f} s"]))
    return 0


def _text(place: Path) -> str:
    from firsthand.methods.dedupe import tables

    try:
        return tables.decoded(place.read_bytes())
    except OSError as why:
        raise ValueError(f"{place.name} cannot be read: {why.strerror}.") from why


def _tell(wrong: list[str]) -> None:
    for line in wrong[:_MOST_WRONG]:
        sys.stderr.write(f"Left out: {line}\n")
    if len(wrong) > _MOST_WRONG:
        sys.stderr.write(f"Left out: {len(wrong) - _MOST_WRONG} more like these.\n")
