"""Ballots in a CSV file, in one of two forms, with what is wrong told by its line.

Places: a column for each item, in its cells the place: 1 for the first, the same number for equal
ones, nothing for what was left behind, n/a for what was not compared. Orders: no heading, or one
of numbers (1, 2, 3…); a cell for each place, in it the item's name, equal ones joined by "=".
In orders, what is not named was left behind where all items are ranked together (`whole`), else
it was not compared. RFC 4180 (2005) for the file itself.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from firsthand.methods.ranking.ballots import MOST_TIED

_AWAY = {"n/a", "na", "not-apply", "-"}
_MOST_LINES, _MOST_ITEMS = 1_000_000, 200


@dataclass(frozen=True)
class Line:
    """One ballot: {item: place}, and what was not compared."""

    places: Mapping[str, int]
    away: tuple[str, ...]


@dataclass(frozen=True)
class Read:
    """All items in the order of the file, the ballots, and a sentence for each wrong line."""

    items: tuple[str, ...]
    ballots: tuple[Line, ...]
    problems: tuple[str, ...]


def read(text: str, known: Sequence[str] = (), whole: bool = False) -> Read:
    """Read ballots. `known`: the only items there may be. Raises ValueError for no ballots."""
    try:
        lines = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), strict=True))
    except csv.Error as wrong:
        raise ValueError(f"This is not a CSV file: {wrong}.") from wrong
    rows = [(n, [cell.strip() for cell in row]) for n, row in enumerate(lines, 1)]
    full = [(n, row) for n, row in rows if any(row)]
    if not full:
        raise ValueError("There is nothing in this file.")
    if len(rows) > _MOST_LINES:
        raise ValueError(f"A file has {_MOST_LINES:,} lines at most.")
    return _places(rows, full, known) if _is_places(full, known) else _orders(full, known, whole)


def _is_places(rows: Sequence[tuple[int, list[str]]], known: Sequence[str]) -> bool:
    """Whether the first line names items, and the second gives places."""
    heading, second = rows[0][1], rows[1][1] if len(rows) > 1 else []
    if known and set(heading) <= set(known) and len(rows) == 1:
        return True
    cells = [cell.lower() for cell in second if cell]
    numbers = all(re.fullmatch(r"[0-9.,+-]+", cell) or cell in _AWAY for cell in cells)
    return bool(numbers and not all(cell.isdigit() for cell in heading if cell))


# -- a column for each item -----------------------------------------------------------------------


def _places(
    rows: Sequence[tuple[int, list[str]]], full: Sequence[tuple[int, list[str]]],
    known: Sequence[str],
) -> Read:  # fmt: skip
    start, heading = full[0]
    _check_items(heading, known)
    ballots, problems = [], []
    for n, row in rows:
        if n <= start or not any(row):
            continue
        try:
            ballots.append(_placed(heading, row))
        except ValueError as wrong:
            problems.append(f"Line {n}: {wrong}")
    return Read(tuple(heading), tuple(ballots), tuple(problems))


def _check_items(items: Sequence[str], known: Sequence[str]) -> None:
    if len(items) > _MOST_ITEMS:
        raise ValueError(f"There are more than {_MOST_ITEMS} items.")
    twice = sorted({each for each in items if items.count(each) > 1})
    if twice or "" in items:
        raise ValueError(f"A heading is empty, or stands twice: {', '.join(filter(None, twice))}.")
    strange = [each for each in items if known and each not in known]
    if strange:
        raise ValueError(f"These are no items of the question: {', '.join(strange)}.")


def _placed(heading: Sequence[str], row: Sequence[str]) -> Line:
    if len(row) > len(heading):
        raise ValueError("it has more cells than the heading.")
    cells = dict(zip(heading, row, strict=False))
    away = tuple(item for item, cell in cells.items() if cell.lower() in _AWAY)
    places = {item: _place(cell) for item, cell in cells.items() if cell and item not in away}
    return _checked(places, away)


def _place(cell: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", cell) or int(cell) < 1:
        raise ValueError(f"“{cell[:20]}” is no place. Places are 1, 2, 3 and so on.")
    return int(cell)


def _checked(places: dict[str, int], away: tuple[str, ...]) -> Line:
    levels = sorted(set(places.values()))
    found = {item: levels.index(at) + 1 for item, at in places.items()}
    if any(list(found.values()).count(n) > MOST_TIED for n in set(found.values())):
        raise ValueError(f"more than {MOST_TIED} items share a place.")
    return Line(found, away)


# -- a cell for each place ------------------------------------------------------------------------


def _orders(full: Sequence[tuple[int, list[str]]], known: Sequence[str], whole: bool) -> Read:
    heading = [cell for cell in full[0][1] if cell]
    counted = heading == [str(n) for n in range(1, len(heading) + 1)] and len(full) > 1
    body = full[1:] if counted and not _same_names(full) else full
    items = list(known) or list(dict.fromkeys(
        name for _, row in body for cell in row for name in _names(cell)))  # fmt: skip
    if len(items) > _MOST_ITEMS:
        raise ValueError(f"There are more than {_MOST_ITEMS} items.")
    ballots, problems = [], []
    for n, row in body:
        try:
            ballots.append(_ordered(row, items, whole))
        except ValueError as wrong:
            problems.append(f"Line {n}: {wrong}")
    return Read(tuple(items), tuple(ballots), tuple(problems))


def _same_names(full: Sequence[tuple[int, list[str]]]) -> bool:
    """Whether numbers are the names of items, so that a first line 1, 2, 3 is a ballot."""
    return all(name.isdigit() for _, row in full for cell in row for name in _names(cell))


def _names(cell: str) -> list[str]:
    return [name.strip() for name in cell.split("=") if name.strip()]


def _ordered(row: Sequence[str], items: Sequence[str], whole: bool) -> Line:
    groups = [names for names in map(_names, row) if names]
    named = [name for names in groups for name in names]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise ValueError(f"{', '.join(twice)} stands twice.")
    strange = [name for name in named if name not in items]
    if strange:
        raise ValueError(f"{', '.join(strange)} is no item of the question.")
    away = () if whole else tuple(item for item in items if item not in named)
    return _checked({name: n for n, names in enumerate(groups, 1) for name in names}, away)
