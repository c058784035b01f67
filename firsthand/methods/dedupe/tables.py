"""Records and true groups out of tables, as benchmark sets come (CSV of RFC 4180).

One bad row never costs another: what cannot be used is told by line and left out; a table that
cannot be used at all raises ValueError with a sentence that says what to mend.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from firsthand.methods.dedupe.values import Report

_COLUMNS = {
    "id": ("id", "record_id", "recordid", "label"),
    "authors": ("author", "authors", "au"),
    "year": ("year", "py", "date", "publication year"),
    "title": ("title", "ti", "primary_title", "article title"),
    "container": ("journal", "booktitle", "container", "secondary_title", "source", "source title"),
    "volume": ("volume", "vl"),
    "issue": ("number", "issue"),
    "pages": ("pages", "page"),
    "abstract": ("abstract", "ab"),
    "doi": ("doi",),
    "pmid": ("pmid", "pubmed_id", "pubmed id"),
    "kind": ("entrytype", "type", "kind"),
}
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
_AND = re.compile(r"\s+and\s+|\s*;\s*|\n")
# "Pala A.Schmitz A. L.Knoll A.": a spreadsheet lost what stood between the names.
_RUN_TOGETHER = re.compile(r"(?<=[A-Z]\.)(?=[A-Z][^\W\d_]*[a-z'\u2019])|(?<=[a-z])(?<=\.)(?=[A-Z])")
_FIELD = 2**31 - 1  # letters a cell may have


@dataclass(frozen=True, slots=True)
class Read:
    """Records in file order, and what could not be used."""

    reports: tuple[Report, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """True groups of ids, and what could not be used."""

    groups: tuple[tuple[str, ...], ...]
    wrong: tuple[str, ...]


def decoded(raw: bytes) -> str:
    """Text out of bytes: UTF-8 or UTF-16 by their marks, then UTF-8, then Windows-1252."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace").replace("\0", "")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    return text.replace("\0", "")


def records(text: str, name: str) -> Read:
    """The records of a table. Raises ValueError when it is empty, has no ids, or an id twice."""
    rows = _rows(text)
    places = columns(next(rows, (0, []))[1], name)
    reports: dict[str, Report] = {}
    wrong = []
    for line, row in rows:
        found = report(row, places)
        if not found.id:
            wrong.append(f"{name}, line {line}: the row has no id.")
        elif found.id in reports:
            raise ValueError(
                f"{name}, line {line}: the id {found.id!r} stands there a second time."
            )
        else:
            reports[found.id] = found
    if not reports:
        raise ValueError(f"{name} has no records.")
    return Read(tuple(reports.values()), tuple(wrong))


def truth(text: str, name: str, known: Mapping[str, object]) -> Truth:
    """True groups, "id1;id2;…" in the first column below a heading. Unknown ids are told."""
    rows = _rows(text)
    if next(rows, None) is None:
        raise ValueError(f"{name} is empty.")
    groups: list[tuple[str, ...]] = []
    wrong = []
    for line, row in rows:
        ids = [each.strip() for each in row[0].split(";") if each.strip()]
        wrong += [
            f"{name}, line {line}: no record has the id {x!r}." for x in ids if x not in known
        ]
        groups.append(tuple(each for each in ids if each in known))
    return Truth(tuple(groups), tuple(wrong))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, each with the line where it ends."""
    csv.field_size_limit(_FIELD)
    head = text[: text.find("\n") + 1 or len(text)]
    comma = "\t" if "\t" in head and "," not in head else ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=comma)
    for row in lines:
        if any(each.strip() for each in row):
            yield lines.line_num, row


def columns(head: list[str], name: str) -> dict[str, list[int]]:
    """Where each field stands; the first of its columns that is filled counts."""
    if not head:
        raise ValueError(f"{name} is empty.")
    place = {each.strip().lower(): at for at, each in reversed(list(enumerate(head)))}
    found = {
        field: [place[each] for each in names if each in place] for field, names in _COLUMNS.items()
    }
    if not found["id"]:
        raise ValueError(f"{name} has no column ID. Its columns are: {', '.join(head)[:200]}.")
    if not found["title"]:
        raise ValueError(f"{name} has no column title. Its columns are: {', '.join(head)[:200]}.")
    return found


def report(row: list[str], columns: Mapping[str, list[int]]) -> Report:
    def cell(field: str) -> str:
        cells = (row[at].strip() for at in columns[field] if at < len(row))
        return next((each for each in cells if each), "")

    found = _YEAR.search(cell("year"))
    plain = {field: cell(field) for field in columns if field not in ("authors", "year")}
    return Report(
        authors=authors(cell("authors")), year=int(found.group()) if found else None, **plain
    )


def authors(text: str) -> tuple[str, ...]:
    """Names out of one cell: between "and", ";" or line ends, or run together."""
    names = [each.strip() for each in _AND.split(text) if each.strip()]
    if len(names) == 1 and names[0].count(".") > 1 and "," not in names[0]:
        names = [each.strip() for each in _RUN_TOGETHER.split(names[0]) if each.strip()]
    return tuple(names)
