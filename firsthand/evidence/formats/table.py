"""Tables of references: CSV with any separator, and rows of a spreadsheet.

Source: RFC 4180, and how it is broken. A row is read by itself: a quotation mark that is never
closed costs its own row's parting into cells, and no other row.
"""

import csv
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from firsthand.evidence.formats import kinds, lists
from firsthand.evidence.formats.building import Plan, Read, build, checked
from firsthand.evidence.formats.columns import HEADINGS, Chosen, Matched, match
from firsthand.evidence.formats.reference import Format, Problem, Raw

Row = tuple[int, list[str]]
Columns = Chosen
_SEPARATORS = ",;\t|"
_MOST_LINES = 500  # physical lines in one row
_MOST_LETTERS = 4_000_000
_COMMA = re.compile(r",(?![^()]*\))")
# Embase puts it all in one cell: "Cancer (2004) 102:4 (253-258). Date of Publication: 2004".
_SOURCE = re.compile(
    r"(?P<container>.+?) \((?P<year>\d{4})\)"
    r"(?: (?P<volume>[^\s:()]+)(?::(?P<issue>[^\s()]+))?)?(?: \((?P<pages>[^()]+)\))?"
)
_COMMA = re.compile(r",(?![^()]*\))")
# Embase puts it all in one cell: "Cancer (2004) 102:4 (253-258). Date of Publication: 2004".
_SOURCE = re.compile(
    r"(?P<container>.+?) \((?P<year>\d{4})\)"
    r"(?: (?P<volume>[^\s:()]+)(?::(?P<issue>[^\s()]+))?)?(?: \((?P<pages>[^()]+)\))?"
)
csv.field_size_limit(max(csv.field_size_limit(), _MOST_LETTERS))


def plan(of: Format) -> Plan:
    """A table's parts have the names that `columns` gives them."""
    parts = {part: (part,) for part in HEADINGS if part != "kind"}
    made = Plan(format=of.value, linked_doi=("url",), to_names=lists.all_names, to_words=_words)
    return replace(made, **parts)  # type: ignore[arg-type]  # every part is a tuple of names


def _words(values: Sequence[str]) -> tuple[str, ...]:
    """Keywords parted by commas, where nothing else parts them and a comma is not in brackets."""
    found = lists.words(values)
    return found if len(found) > 1 else lists.unique(map(str.strip, _COMMA.split("".join(found))))


def read(lines: Iterable[str], columns: Columns = None) -> Read:
    """Yield the references and problems of a CSV file, given with its line ends."""
    yield from references(rows(lines), columns, Format.CSV)


def references(found: Iterable[Row | Problem], columns: Columns, of: Format) -> Read:
    """Yield the references in rows. The first row with two cells or more says what is in each."""
    header: list[str] = []
    matched = Matched({})
    made = plan(of)
    for row in found:
        if isinstance(row, Problem):
            yield row
            continue
        line, cells = row
        if not header:
            header, matched = cells, match(cells, columns)
        elif any(cell.strip() for cell in cells):
            yield from _reference(made, header, cells, matched, line)


def _reference(
    made: Plan, header: Sequence[str], cells: list[str], matched: Matched, line: int
) -> Read:
    names = [*header, *[""] * (len(cells) - len(header))]
    raw = tuple(zip(names, cells, strict=False))
    if (kept := _ours(raw)) is not None:
        raw, made = kept[0], replace(made, format=kept[1])
    fields = {
        part: [cells[at] for at in places if at < len(cells)]
        for part, places in matched.parts.items()
    }
    if "year" not in fields and (whole := _SOURCE.match("".join(fields.get("container", [])[:1]))):
        fields |= {part: [value] for part, value in whole.groupdict(default="").items()}
    kind = kinds.from_words("".join(fields.get("kind", [])[:1]))
    yield from checked(made, fields, build(made, fields, raw, line, kind))
    if len(cells) > len(header):
        said = f"This row has {len(cells)} cells; the table has {len(header)} columns."
        yield Problem(line, said, "All cells; those beyond the last column without a name.")


def _ours(raw: Raw) -> tuple[Raw, str] | None:
    """A table that we wrote holds each record's own fields in its column "raw"."""
    cells = dict(raw)
    if not cells.get("raw") or not cells.get("source_format"):
        return None
    try:
        kept = json.loads(cells["raw"])
        return tuple((str(name), str(value)) for name, value in kept), cells["source_format"]
    except (ValueError, TypeError):
        return None


def separator(line: str) -> str:
    """Return the sign that parts the cells of a header line."""
    bare = "".join(line.split('"')[::2])  # what is quoted does not count
    return max(_SEPARATORS, key=bare.count)


def rows(lines: Iterable[str]) -> Iterator[Row | Problem]:
    """Yield each row's first line and cells."""
    waiting = _Lines(lines)
    mark = ""
    while waiting:
        line, number = waiting.take()
        if line.strip():
            if not mark and line.lower().startswith("sep=") and len(line.strip()) == 5:
                mark = line[4]
                continue
            mark = mark or separator(line)
            yield from _row(line, number, mark, waiting)


class _Lines:
    """Lines that can be given back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._back: deque[str] = deque()
        self._number = 0

    def __bool__(self) -> bool:
        if not self._back and (line := next(self._lines, None)) is not None:
            self._back.append(line)
        return bool(self._back)

    def take(self) -> tuple[str, int]:
        self._number += 1
        return self._back.popleft(), self._number

    def give_back(self, lines: Sequence[str]) -> None:
        self._number -= len(lines)
        self._back.extendleft(reversed(lines))


def _row(line: str, number: int, mark: str, waiting: _Lines) -> Iterator[Row | Problem]:
    if line.count('"') % 2 == 0:
        yield number, _cells(line, mark)
        return
    taken, letters, open_mark = [line], len(line), True
    while open_mark or (cells := _strict("".join(taken), mark)) is None:
        if len(taken) == 1 and (cells := _strict(line, mark)) is not None:
            break
        if len(taken) >= _MOST_LINES or letters > _MOST_LETTERS or not (open_mark and waiting):
            waiting.give_back(taken[1:])
            yield number, _cells(line.replace('"', ""), mark)
            said = "A quotation mark in this row is not closed."
            yield Problem(number, said, "The row, read without quotation marks.")
            return
        taken.append(waiting.take()[0])
        letters += len(taken[-1])
        open_mark ^= bool(taken[-1].count('"') % 2)
    yield number, cells


def _strict(text: str, mark: str) -> list[str] | None:
    """Return the cells of a row that is as the rule says; None otherwise."""
    try:
        return next(csv.reader([text], delimiter=mark, strict=True))
    except csv.Error:
        return None


def _cells(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return line.rstrip("\r\n").split(mark)
