"""De-duplication on Spark, for more records than one machine holds: the same answers.

Candidates come from the method's own keys (`methods/dedupe/candidates`): what shares a key is
gathered, and each key is worked through in the records' order, since one key has no bearing on
another. Pairs are compared where they lie. Only pairs about which something was decided, a small
share, come to one machine, where the method's own code unites them: whether a merge may stand
depends on the surer ones of its group, which connected components would not ask.

pyspark, pandas and pyarrow are an extra: `pip install firsthand[spark]`, and Java 17 or later.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from firsthand.methods.dedupe.candidates import Block, finer, keys
from firsthand.methods.dedupe.facts import Facts, facts
from firsthand.methods.dedupe.tables import columns, report
from firsthand.methods.dedupe.uniting import Uniting, edge
from firsthand.methods.dedupe.values import Found, Report

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyspark.sql import DataFrame

RECORDS = "place long, id string, report string"  # a report is written as JSON
Rows = Iterator[dict[str, Any]]


def written(place: int, report: Report) -> dict[str, Any]:
    """A row of `RECORDS`: `place` is the record's in the order of all."""
    return {"place": place, "id": report.id, "report": json.dumps(asdict(report))}


def from_columns(
    names: Sequence[str], name: str
) -> "Callable[[Iterator[RecordBatch]], Iterator[RecordBatch]]":
    """Make rows of `RECORDS` of tables with the columns `row` (cells as text) and `place`.

    Rows without an id are left out. Raises ValueError when there is no column ID or title.
    """
    places = columns(list(names), name)

    def work(rows: Rows) -> Rows:
        for row in rows:
            one = report([each or "" for each in row["row"]], places)
            if one.id:
                yield written(row["place"], one)

    return _by_rows(work)


def found(records: "DataFrame") -> Found:
    """The three outcomes, as `methods.dedupe.find` gives them for records in order of `place`.

    `records` has the columns of `RECORDS`, and gives the same rows however often it is asked.
    Raises ValueError for an id that stands more than once.
    """
    _check(records)
    decided = _pairs(records, _candidates(records)).collect()
    known = {}
    for row in decided:
        known[row.one], known[row.other] = _facts(row.report), _facts(row.other_report)
    edges = (edge(known, row.one, row.other) for row in decided)
    return Uniting(known).found([each for each in edges if each])


def _check(records: "DataFrame") -> None:
    twice = records.groupBy("id").count().where("count > 1").head()
    if twice:
        raise ValueError(f"The id {twice.id!r} stands more than once; ids must be unique.")


def _candidates(records: "DataFrame") -> "DataFrame":
    """Places of two records worth comparing, the earlier first, each pair once."""
    from pyspark.sql import functions as f

    keyed = records.mapInArrow(_by_rows(_keyed), "key string, place long, steps array<string>")
    blocks = keyed.groupBy("key").agg(
        f.array_sort(f.collect_list(f.struct("place", "steps"))).alias("members")
    )
    several = blocks.where(f.size("members") > 1)
    return several.mapInArrow(_by_rows(_near), "one long, other long").distinct()


def _pairs(records: "DataFrame", near: "DataFrame") -> "DataFrame":
    """The pairs about which something was decided, with their records."""
    first = records.selectExpr("place one", "report")
    second = records.selectExpr("place other", "report other_report")
    both = near.join(first, "one").join(second, "other")
    both = both.select("one", "other", "report", "other_report")
    return both.mapInArrow(_by_rows(_decided), both.schema)


def _by_rows(
    work: Callable[[Rows], Rows],
) -> "Callable[[Iterator[RecordBatch]], Iterator[RecordBatch]]":
    """Let `work` see rows: Spark hands on tables, and wants tables."""

    def batches(tables: "Iterable[RecordBatch]") -> "Iterator[RecordBatch]":
        from pyarrow import RecordBatch

        for table in tables:
            if rows := list(work(iter(table.to_pylist()))):
                yield RecordBatch.from_pylist(rows)

    return batches


def _keyed(rows: Rows) -> Rows:
    """Each key of each record, with the finer keys that a large block is cut by."""
    for row in rows:
        mine = _facts(row["report"])
        steps = [repr(each) for each in finer(mine)]
        for key in set(keys(mine)):
            yield {"key": repr(key), "place": row["place"], "steps": steps}


def _near(rows: Rows) -> Rows:
    """What the method compares within each key."""
    for row in rows:
        steps = {each["place"]: tuple((step,) for step in each["steps"]) for each in row["members"]}
        block = Block(steps.__getitem__)
        for place in steps:
            for one in block.enter((row["key"],), place):
                yield {"one": one, "other": place}


def _decided(rows: Rows) -> Rows:
    for row in rows:
        both = {0: _facts(row["report"]), 1: _facts(row["other_report"])}
        if edge(both, 0, 1):
            yield row


@lru_cache(maxsize=8192)
def _facts(text: str) -> Facts:
    said = json.loads(text)
    return facts(Report(**{**said, "authors": tuple(said["authors"])}))
