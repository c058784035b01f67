"""Gives back what came in: a file's records with every raw field, and what was odd in it.

A batch at a time, so that a file may be as large as it likes.
"""

import csv
import io
from collections.abc import Iterator

from firsthand.evidence.formats.reference import Reference
from firsthand.evidence.formats.writing import CSV_COLUMNS, write
from firsthand.evidence.models import ImportFile, Record

_BATCH = 500
FORMS = {  # of `formats.writing`: the file's ending, and its media type
    "ris": ("ris", "application/x-research-info-systems"),
    "bibtex": ("bib", "application/x-bibtex"),
    "csl-json": ("json", "application/vnd.citationstyles.csl+json"),
    "csv": ("csv", "text/csv"),
}
_SAME = tuple(name for name in CSV_COLUMNS if name not in ("authors", "keywords", "raw"))


def records(file: ImportFile, to: str) -> Iterator[str]:
    """Yield a file's records in a format. In the format it came in, nothing of it is lost; the
    table has every raw field of any format in its last column."""
    return write(references(file), to)


def references(file: ImportFile) -> Iterator[Reference]:
    """Yield a file's records as they were read, in their order."""
    rows = Record.objects.filter(file=file).order_by("number")
    after = 0
    while batch := list(rows.filter(number__gt=after)[:_BATCH]):
        yield from map(_reference, batch)
        after = batch[-1].number


def _reference(row: Record) -> Reference:
    said = {name: getattr(row, name) for name in _SAME}
    raw = tuple((str(name), str(value)) for name, value in row.raw)
    authors, keywords = tuple(row.authors), tuple(row.keywords)
    return Reference(**said, authors=authors, keywords=keywords, raw=raw, line=row.line)


def problems(file: ImportFile) -> Iterator[str]:
    """Yield a table of a file's problems, a row a piece."""
    yield "\ufeff" + _row("File", "Line", "What was found", "What was kept")
    rows, after = file.problems.order_by("place"), 0
    while batch := list(rows.filter(place__gt=after)[:_BATCH]):
        for each in batch:
            yield _row(file.name, each.line, each.said, each.kept)
        after = batch[-1].place


def _row(*cells: object) -> str:
    held = io.StringIO()
    csv.writer(held, lineterminator="\r\n").writerow(map(_harmless, cells))
    return held.getvalue()


def _harmless(cell: object) -> object:
    """What a spreadsheet would take for a formula is text: it may have come with the file."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t") else cell
