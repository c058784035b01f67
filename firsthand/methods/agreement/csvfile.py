"""Coding as a table: one row a span, and what is wrong with a file that is none.

Columns (RFC 4180, in any order, others are passed over): document, length, coder, code, start, end.
A coder who finished a document and coded nothing there has a row without code. Optional: sentences,
the places where sentences end, with spaces between, on any row of the document.
"""

import csv
import io
from dataclasses import dataclass, field

from firsthand.methods.agreement.coded import Document, Span

COLUMNS = ("document", "length", "coder", "code", "start", "end")
_MOST = 2_000_000  # rows


class Unusable(ValueError):
    """The file is no such table. The sentence says where and what to mend."""


@dataclass
class _Text:
    length: int
    coders: dict[str, None] = field(default_factory=dict)
    sentences: tuple[int, ...] = ()


@dataclass(frozen=True)
class Table:
    """What a file holds: documents, spans, and the codes in the order they came."""

    documents: tuple[Document, ...]
    spans: tuple[Span, ...]
    codes: tuple[str, ...]


def read(text: str) -> Table:
    """Read a table of coding. Raises Unusable, saying in which line and why."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        return _read(rows)
    except csv.Error as why:
        raise Unusable(f"Line {rows.line_num} cannot be read as CSV: {why}.") from None


def _read(rows: "csv.DictReader[str]") -> Table:
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise Unusable(f"There is no column {', '.join(missing)}. Wanted: {', '.join(COLUMNS)}.")
    texts: dict[str, _Text] = {}
    spans: list[Span] = []
    for row in rows:
        if len(spans) > _MOST:
            raise Unusable(f"There are more than {_MOST:,} rows.")
        _add(row, rows.line_num, texts, spans)
    documents = (Document(n, t.length, tuple(t.coders), t.sentences) for n, t in texts.items())
    codes = dict.fromkeys(each.code for each in spans)
    return Table(tuple(documents), tuple(spans), tuple(codes))


def _add(row: dict[str, str], line: int, texts: dict[str, _Text], spans: list[Span]) -> None:
    said = {name: (row.get(name) or "").strip() for name in (*COLUMNS, "sentences")}
    for name in ("document", "coder"):
        if not said[name]:
            raise Unusable(f"Line {line} has no {name}.")
    length = _number(said, "length", line)
    text = texts.setdefault(said["document"], _Text(length))
    if text.length != length:
        raise Unusable(f"Line {line}: {said['document']} had {text.length} characters before.")
    text.coders[said["coder"]] = None
    if said["sentences"]:
        text.sentences = tuple(_whole(each, line) for each in said["sentences"].split())
    if said["code"]:
        start, end = _number(said, "start", line), _number(said, "end", line)
        if not 0 <= start < end <= length:
            raise Unusable(f"Line {line}: {start} to {end} is no part of {length} characters.")
        spans.append(Span(said["document"], said["coder"], said["code"], start, end))


def _number(said: dict[str, str], name: str, line: int) -> int:
    if not said[name]:
        raise Unusable(f"Line {line} has no {name}.")
    return _whole(said[name], line)


def _whole(text: str, line: int) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 12:
        raise Unusable(f"Line {line}: “{text[:40]}” is no whole number.")
    return int(text)
