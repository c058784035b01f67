"""The counts as a file in the columns of the PRISMA2020 package for R, so that both read both.

N. R. Haddaway, M. J. Page, C. C. Pritchard and L. A. McGuinness, "PRISMA2020: an R package and
Shiny app for producing PRISMA 2020-compliant flow diagrams", Campbell Systematic Reviews 18 (2022),
e1230. Only the columns `data` and `n` are read; a row of `joined_specific_results` is ours, and
that package passes over it.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from firsthand.methods.flow.build import flow_of, values_of
from firsthand.methods.flow.counts import Count, Flow, Named, Reports, told
from firsthand.methods.flow.names import FIELDS, LISTS

COLUMNS = ("data", "node", "box", "description", "boxtext", "tooltips", "url", "n")
_EMPTY = {"", "na", "n/a", "null", "none"}
_NUMBER = re.compile(r"(?:n\s*=\s*)?(\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+|\d+)(?:\.0+)?", re.I)
_MOST = 12  # digits: more than anything a review can count
_DECORATION = re.compile(r"na|identification|screening|included|", re.I)


class Unusable(ValueError):
    """The file cannot be read as counts; `wrong` has a sentence for each reason."""

    def __init__(self, wrong: list[str]) -> None:
        super().__init__("\n".join(wrong))
        self.wrong = tuple(wrong)


@dataclass(frozen=True)
class Read:
    """The counts, and a sentence for each thing in the file that was passed over."""

    flow: Flow
    passed_over: tuple[str, ...]


def read(text: str) -> Read:
    """Read a file's text. Raises Unusable with every reason at once."""
    rows, wrong = _rows(text)
    values: dict[str, Count | tuple[Named, ...]] = {}
    passed = []
    for number, name, said in rows:
        if name in values:
            wrong.append(f"Line {number}: {name} stands there a second time.")
        elif name in LISTS and _untouched(said):
            passed.append(f"Line {number}: {name} is still the template's xxx; passed over.")
        elif name in FIELDS or name in LISTS:
            try:
                values[name] = _value(name, said)
            except ValueError as why:
                wrong.append(f"Line {number}, {name}: {why}")
        elif not _DECORATION.fullmatch(name):
            passed.append(f"Line {number}: {name!r} is no count of the template; passed over.")
    if not values and not wrong:
        wrong.append("No row of the file is a count of the template.")
    if wrong:
        raise Unusable(wrong)
    flow, left = flow_of(values)
    return Read(flow, (*passed, *left))


def write(flow: Flow) -> str:
    """The file's text. Raises Unusable for a name that the file's form cannot hold."""
    values, out = values_of(flow), io.StringIO()
    written = csv.writer(out, lineterminator="\n")
    written.writerow(COLUMNS)
    wrong = [each for found in values.values() for each in _unwritable(found)]
    wrong += [_TWO.format(way.excluded) for way in flow.ways if _two(way)]
    if wrong:
        raise Unusable(wrong)
    for name, (box, label) in {**FIELDS, **LISTS}.items():
        said = _said(values.get(name))
        written.writerow((name, "NA", box, label, label, label, "NA", said))
    return out.getvalue()


def _rows(text: str) -> tuple[list[tuple[int, str, str]], list[str]]:
    """Line, name and count of each row, from a file split by commas, semicolons or tabs."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    try:
        table = list(csv.reader(io.StringIO(text.replace("\0", "")), delimiter=mark, strict=True))
    except csv.Error as why:
        return [], [f"The file is no table: {why}."]
    head = [each.strip().lower() for each in table[0]] if table else []
    if "data" not in head or "n" not in head:
        return [], ["The first line has to name the columns, data and n among them."]
    at, n = head.index("data"), head.index("n")
    short = [f"Line {i}: it has no column n." for i, row in _full(table) if len(row) <= max(at, n)]
    return [(i, row[at].strip(), row[n]) for i, row in _full(table) if len(row) > max(at, n)], short


def _full(table: list[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """The rows after the first that are not empty, with their place in the file."""
    return ((i, row) for i, row in enumerate(table[1:], 2) if any(each.strip() for each in row))


def _value(name: str, said: str) -> Count | tuple[Named, ...]:
    said = said.strip()
    if name not in LISTS:
        return _count(said)
    if said.lower() in _EMPTY or _NUMBER.fullmatch(said):
        return _count(said)
    return tuple(_named(each) for each in said.split(";") if each.strip())


def _count(said: str) -> Count:
    if said.lower() in _EMPTY:
        return None
    found = _NUMBER.fullmatch(said)
    digits = re.sub(r"\D", "", found[1]) if found else ""
    if not found or len(digits) > _MOST:
        raise ValueError(f"{said[:40]!r} is no count. Write a whole number, or nothing.")
    return int(digits)


def _untouched(said: str) -> bool:
    """Whether every part of a list still has the template's xxx in place of its count."""
    parts = [each.rpartition(",")[2].strip().lower() for each in said.split(";") if each.strip()]
    return bool(parts) and set(parts) == {"xxx"}


def _named(said: str) -> Named:
    """A name and, after its last comma, its count."""
    name, comma, count = said.strip().rpartition(",")
    if not comma:
        return Named(count.strip())
    if count.strip().lower() == "xxx":
        raise ValueError(f"{name.strip()!r} still has the template's xxx in place of a count.")
    try:
        counted = _count(count.strip())
    except ValueError:
        raise ValueError(f"no count stands after the last comma of {said[:60]!r}.") from None
    return Named(name.strip(), counted)


def _unwritable(found: Count | tuple[Named, ...]) -> list[str]:
    named = found if isinstance(found, tuple) else ()
    bad = [each.name for each in named if ";" in each.name or _bare(each)]
    return [f"{each!r} cannot be written: take out its semicolon or comma." for each in bad]


_TWO = "Reports excluded ({}) cannot be kept beside reasons that do not make the same number."


def _two(way: Reports) -> bool:
    """A total that would be lost, because the file's form has room for it or for the reasons."""
    return bool(way.reasons and way.excluded not in (None, told(None, way.reasons)))


def _bare(each: Named) -> bool:
    """A name without a count whose own comma would be taken for one before a count."""
    return each.count is None and "," in each.name


def _said(found: Count | tuple[Named, ...]) -> str:
    if isinstance(found, tuple):
        return "; ".join(e.name if e.count is None else f"{e.name}, {e.count}" for e in found)
    return "" if found is None else str(found)
