"""A table of counts together with everything a reader may know about how its cells hang together.

The shape follows the general form used for cell suppression: non-negative whole numbers under
linear relations. M. Fischetti and J. J. Salazar-González, "Solving the cell suppression problem
on tabular data with linear constraints", Management Science 47 (2001), 1008-1027.

One form serves one-way tables, two-way tables, groups within groups and tables that share a cell:
a cell is named once, and each thing known about it is one relation.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Key = tuple[str, ...]  # a cell's name, such as ("S1", "2026 Q1")
TOTAL = "all"  # the name a margin has in place of a row's or a column's


@dataclass(frozen=True)
class Relation:
    """Known to every reader: low <= sum of (weight x cell) <= high."""

    weights: tuple[tuple[Key, int], ...]
    low: float
    high: float


@dataclass(frozen=True)
class Table:
    """True counts (whole, not negative) and the relations that hold between them.

    Raises ValueError when a count is negative, or a relation names no such cell or does not hold.
    """

    cells: Mapping[Key, int]
    relations: tuple[Relation, ...]

    def __post_init__(self) -> None:
        if any(count < 0 for count in self.cells.values()):
            raise ValueError("a count cannot be below nought")
        for relation in self.relations:
            _must_hold(relation, self.cells)


def adds_up(parts: Iterable[Key], whole: Key) -> Relation:
    """The parts make the whole, each thing counted in exactly one of them."""
    return Relation((*((part, 1) for part in parts), (whole, -1)), 0, 0)


def within(parts: Iterable[Key], whole: Key) -> Relation:
    """The parts, none of which overlap, are some of the whole and need not be all of it."""
    return Relation((*((part, 1) for part in parts), (whole, -1)), -math.inf, 0)


def covers(parts: Iterable[Key], whole: Key) -> Relation:
    """Everything in the whole is in one or more of the parts, which may overlap."""
    return Relation((*((part, 1) for part in parts), (whole, -1)), 0, math.inf)


def one_way(counts: Mapping[str, int]) -> Table:
    """Rows and their total. Keys: (row,), and (TOTAL,) for the total."""
    cells: dict[Key, int] = {(row,): count for row, count in counts.items()}
    _no_row_called_total(counts)
    total = (TOTAL,)
    return Table({**cells, total: sum(counts.values())}, (adds_up(cells, total),))


def two_way(counts: Mapping[tuple[str, str], int]) -> Table:
    """Rows by columns with every margin. A combination that is not named counts nought."""
    rows = list(dict.fromkeys(row for row, _ in counts))
    columns = list(dict.fromkeys(column for _, column in counts))
    _no_row_called_total([*rows, *columns])
    cells: dict[Key, int] = {(r, c): counts.get((r, c), 0) for r in rows for c in columns}
    for r in rows:
        cells[r, TOTAL] = sum(cells[r, c] for c in columns)
    for c in [*columns, TOTAL]:
        cells[TOTAL, c] = sum(cells[r, c] for r in rows)
    across = (adds_up([(r, c) for c in columns], (r, TOTAL)) for r in [*rows, TOTAL])
    down = (adds_up([(r, c) for r in rows], (TOTAL, c)) for c in [*columns, TOTAL])
    return Table(cells, (*across, *down))


def _must_hold(relation: Relation, cells: Mapping[Key, int]) -> None:
    missing = [key for key, _ in relation.weights if key not in cells]
    if missing:
        raise ValueError(f"a relation names cells that are not in the table: {missing}")
    found = sum(weight * cells[key] for key, weight in relation.weights)
    if not relation.low <= found <= relation.high:
        raise ValueError("a relation does not hold in the table")


def _no_row_called_total(names: Iterable[str]) -> None:
    if TOTAL in names:
        raise ValueError(f"no row or column may be called {TOTAL!r}")
