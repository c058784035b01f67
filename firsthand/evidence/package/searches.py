"""searches.csv: each search as it was run, as PRISMA-S asks."""

from collections.abc import Iterator

from firsthand.evidence import rules
from firsthand.evidence.models import SearchRun
from firsthand.evidence.package.going_in import Into, keep, moment, numbered
from firsthand.evidence.package.going_out import Out, on
from firsthand.evidence.package.tables import Cells, Resource, day, text, whole

_SAME = ("number", "source", "database", "platform", "ran_on", "string", "limits", "hits")
FIELDS = (
    whole("number", "The search's own number", required=True, least=1),
    text("source", "What was searched", required=True, within=tuple(rules.SOURCES)),
    text("database", "Its name", required=True, most=200),
    text("platform", most=200),
    day("ran_on", "On which day it was run", required=True),
    text("string", "The search exactly as it was run"),
    text("limits", "Such as years and languages"),
    whole("hits", "How many it said it found; empty: it did not say"),
    whole("strategy", "The version of the built search it was made from"),
    whole("reviewer", "Who wrote it down", required=True),
    day("on", "When it was written down", required=True),
)


def _rows(out: Out) -> Iterator[Cells]:
    for row in out.review.searches.select_related("strategy").order_by("number"):
        same = {name: getattr(row, name) for name in _SAME}
        same["strategy"] = row.strategy.number if row.strategy else None
        yield {**same, "reviewer": out.reviewer(row.by_id), "on": on(row.at)}


def _load(into: Into, rows: Iterator[Cells]) -> None:
    keep(
        SearchRun, (_search(into, row, turn) for turn, row in numbered(rows)), ["at"],
        lambda row: into.searches.__setitem__(row.number, row.id),
    )  # fmt: skip


def _search(into: Into, row: Cells, turn: int) -> SearchRun:
    built = row["strategy"]
    return SearchRun(
        strategy_id=None if built is None else into.strategies[built],
        review=into.review, by=into.members[row["reviewer"]], at=moment(row["on"], turn),
        **{name: row[name] for name in _SAME},
    )  # fmt: skip


RESOURCE = Resource(
    "searches", "Searches", FIELDS, _rows, _load, ("number",),
    {"reviewer": ("reviewers", "reviewer"), "strategy": ("strategies", "number")},
)  # fmt: skip
