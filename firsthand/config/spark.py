"""Spark for commands: a session, tables in, outcomes out.

pyspark, pandas and pyarrow are the extra `firsthand[spark]`; Java 17 or later runs it. Nothing is
fetched while it runs.
"""

import csv
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from firsthand.methods.dedupe import tables
from firsthand.methods.dedupe.values import Found, Link, Merge, Pair, Report

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

COLUMNS = ("outcome", "group", "first", "second", "kind", "rule", "why")


def session() -> "SparkSession":
    """A session where SPARK_MASTER says, or else on all cores here.

    Raises ValueError where Spark is not installed or Java is missing.
    """
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as why:
        raise ValueError("Spark is not here: pip install 'firsthand[spark]'.") from why
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    maker = SparkSession.builder.appName("firsthand").config("spark.ui.enabled", "false")
    try:
        return maker.master(os.environ.get("SPARK_MASTER", "local[*]")).getOrCreate()
    except PySparkRuntimeError as why:
        raise ValueError("Spark did not start. It needs Java 17 or later.") from why


def dedupe(place: Path) -> Found:
    """Duplicates among the records of a CSV or Parquet table. Raises ValueError, OSError."""
    from firsthand.evidence import spark_dedupe

    if not place.exists():
        raise ValueError(f"{place} is not there.")
    with tempfile.TemporaryDirectory() as held:
        if place.suffix.lower() in (".csv", ".tsv"):
            return spark_dedupe.found(in_order(_reports(place), Path(held) / "records.parquet"))
        return spark_dedupe.found(_from_parquet(place, Path(held) / "records.parquet"))


def _reports(place: Path) -> tuple[Report, ...]:
    read = tables.records(tables.decoded(place.read_bytes()), place.name)
    for line in read.wrong:
        sys.stderr.write(f"Left out: {line}\n")
    return read.reports


def in_order(reports: Sequence[Report], place: Path) -> "DataFrame":
    """Records of this machine as a table for Spark; `place` is the file to hold it."""
    spark = session()
    import pyarrow as pa
    from pyarrow import parquet

    from firsthand.evidence.spark_dedupe import written

    rows = [written(at, each) for at, each in enumerate(reports)]
    parquet.write_table(pa.Table.from_pylist(rows), place)
    return spark.read.parquet(str(place))


def _from_parquet(place: Path, held: Path) -> "DataFrame":
    """The same of a Parquet table; kept on disk, so that places stay what they are."""
    from pyspark.sql import functions as f

    from firsthand.evidence.spark_dedupe import RECORDS, from_columns

    spark = session()
    table = spark.read.parquet(str(place))
    names = table.columns
    tables.columns(names, place.name)  # says what is missing
    texts = table.select(
        f.array(*(f.col(f"`{name}`").cast("string") for name in names)).alias("row")
    )
    numbered = texts.withColumn("place", f.monotonically_increasing_id())
    numbered.mapInArrow(from_columns(names, place.name), RECORDS).write.parquet(str(held))
    return spark.read.parquet(str(held))


def write(found: Found, place: Path) -> None:
    """Write what was found as CSV, a merge, pair or link a row."""
    with place.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(COLUMNS)
        rows.writerows(_rows(found))


def _rows(found: Found) -> Iterator[tuple[Any, ...]]:
    for number, group in enumerate(found.groups, 1):
        for merge in group.merges:
            yield _row("merged", number, merge)
    for pair in found.pairs:
        yield _row("for a person", "", pair)
    for link in found.links:
        yield _row("linked", "", link, link.kind)


def _row(
    outcome: str, group: int | str, each: Merge | Pair | Link, kind: str = ""
) -> tuple[Any, ...]:
    why = each.reason
    return outcome, group, each.first, each.second, kind, why.rule, why.sentence()
