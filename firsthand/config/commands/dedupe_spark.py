"""`firsthand dedupe-spark`: find duplicates among more records than one machine holds.

A CSV table is read on this machine; for more than that, give a Parquet file or folder, which Spark
reads in parts. Both have the columns that `dedupe-eval` reads. Where and how Spark runs is said by
SPARK_MASTER or Spark's own settings.
"""

import argparse
import sys
from pathlib import Path

HELP = "Find duplicates on Spark, for more records than one machine holds."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    parser.add_argument(
        "records",
        type=Path,
        metavar="RECORDS",
        help="A CSV table (.csv, .tsv) or Parquet, one record a row: ID and title, and any of "
        "author, year, journal, volume, number, pages, abstract, doi, pmid.",
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help="The CSV file to write: what was merged, put to a person or linked, and why.",
    )


def run(args: argparse.Namespace) -> int:
    """Write the file; return 0, or 1 with a sentence that says what to mend."""
    from firsthand.config import spark

    try:
        found = spark.dedupe(args.records)
        spark.write(found, args.out)
    except (ValueError, OSError) as why:
        sys.stderr.write(f"{why}\n")
        return 1
    records = sum(len(each.ids) for each in found.groups)
    print(
        f"{len(found.groups)} groups of {records} records merged, "
        f"{len(found.pairs)} pairs for a person, {len(found.links)} links: {args.out}"
    )
    return 0
