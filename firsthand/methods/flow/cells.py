"""The boxes of a flow diagram as words and counts, before anybody decides where they stand.

Headings are the short labels of the PRISMA 2020 templates (Page et al. 2021, figure 1). What was
not reported has no box, and is told apart, so that a picture never shows a nought nobody counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from firsthand.methods.flow.counts import (
    Count,
    Flow,
    FromDatabases,
    FromElsewhere,
    Included,
    Named,
    Reports,
    told,
)

PREVIOUS, DATABASES, ELSEWHERE, INCLUDED = "previous", "databases", "elsewhere", "included"
STAGES = ("Identification", "Screening", "Included")
# Which stage each row of boxes stands beside.
STAGE_OF = {1: STAGES[0], 2: STAGES[1], 3: STAGES[1], 4: STAGES[1], 5: STAGES[2], 6: STAGES[2]}
_BEFORE = (
    "Studies included in previous version of review",
    "Reports of studies included in previous version of review",
)
_NEW = ("New studies included in review", "Reports of new included studies")
_ALL = ("Studies included in review", "Reports of included studies")
_TOTAL = ("Total studies included in review", "Reports of total included studies")
_BY = {DATABASES: "databases and registers", ELSEWHERE: "other methods"}


@dataclass(frozen=True)
class Part:
    """A line within a box. `named` is one that a person named, and stands without a count too."""

    label: str
    count: Count
    depth: int = 0
    named: bool = False


@dataclass(frozen=True)
class Cell:
    """A box: which way of searching, which row, beside the way or on it, and what it says."""

    key: str
    way: str
    row: int
    label: str
    count: Count = None
    parts: tuple[Part, ...] = ()
    side: bool = False

    @property
    def stage(self) -> str:
        return STAGE_OF[self.row]

    @property
    def says_something(self) -> bool:
        return self.count is not None or bool(self.parts)


def title(flow: Flow, way: str) -> str:
    """What stands over a way of searching."""
    if way == PREVIOUS:
        return "Previous studies"
    new = "new studies" if flow.previous else "studies"
    return f"Identification of {new} via {_BY[way]}"


def cells(flow: Flow) -> tuple[Cell, ...]:
    """Every box with something in it, from top to bottom, one way of searching after another."""
    return tuple(each for each in map(_reported, _all(flow)) if each.says_something)


def unreported(flow: Flow) -> tuple[str, ...]:
    """The label of every count that the template has and nobody reported."""
    missing = []
    for cell in _all(flow):
        for part in cell.parts:
            if part.count is None and not part.named:
                missing.append(part.label)
        if cell.count is None and not cell.parts:
            missing.append(cell.label)
    return tuple(dict.fromkeys(missing))


def _reported(cell: Cell) -> Cell:
    kept = tuple(each for each in cell.parts if each.named or each.count is not None)
    return Cell(cell.key, cell.way, cell.row, cell.label, cell.count, kept, cell.side)


def _all(flow: Flow) -> Iterator[Cell]:
    if flow.previous:
        yield _studies("previous", PREVIOUS, 1, flow.previous, _BEFORE)
    yield from _from_databases(flow.databases)
    yield from _reports(flow.databases.reports, DATABASES)
    if flow.elsewhere:
        yield _from_elsewhere(flow.elsewhere)
        yield from _reports(flow.elsewhere.reports, ELSEWHERE)
    yield from _included(flow)


def _from_databases(way: FromDatabases) -> Iterator[Cell]:
    found = (
        Part("Databases", told(way.databases, way.by_database)),
        *_named(way.by_database, 1),
        Part("Registers", told(way.registers, way.by_register)),
        *_named(way.by_register, 1),
        *_named(way.joined, 0),
    )
    yield Cell("identified", DATABASES, 1, "Records identified from", parts=found)
    removed = (
        Part("Duplicate records", way.duplicates),
        Part("Records marked as ineligible by automation tools", way.automation),
        Part("Records removed for other reasons", way.other_reasons),
    )
    yield Cell("removed", DATABASES, 1, "Records removed before screening", None, removed, True)
    yield Cell("screened", DATABASES, 2, "Records screened", way.screened)
    yield Cell("excluded", DATABASES, 2, "Records excluded", way.excluded, side=True)


def _from_elsewhere(way: FromElsewhere) -> Cell:
    found = (
        Part("Websites", way.websites),
        Part("Organisations", way.organisations),
        Part("Citation searching", way.citations),
    )
    return Cell("identified", ELSEWHERE, 1, "Records identified from", parts=found)


def _reports(way: Reports, by: str) -> Iterator[Cell]:
    yield Cell("sought", by, 3, "Reports sought for retrieval", way.sought)
    yield Cell("not_retrieved", by, 3, "Reports not retrieved", way.not_retrieved, side=True)
    yield Cell("assessed", by, 4, "Reports assessed for eligibility", way.assessed)
    why = _named(way.reasons, 0)
    yield Cell("reports_excluded", by, 4, "Reports excluded", way.left_out, why, side=True)


def _included(flow: Flow) -> Iterator[Cell]:
    new = _NEW if flow.previous else _ALL
    yield _studies("included", INCLUDED, 5, flow.included, new)
    if flow.total:
        yield _studies("total", INCLUDED, 6, flow.total, _TOTAL)


def _studies(key: str, way: str, row: int, counted: Included, labels: tuple[str, str]) -> Cell:
    parts = (Part(labels[0], counted.studies), Part(labels[1], counted.reports))
    return Cell(key, way, row, "", None, parts)


def _named(parts: tuple[Named, ...], depth: int) -> tuple[Part, ...]:
    return tuple(Part(each.name, each.count, depth, named=True) for each in parts)
