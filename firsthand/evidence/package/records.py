"""records.csv: every record with every field, and each field of its file as it came (`raw`)."""

from collections.abc import Iterator

from firsthand.evidence.models import Record
from firsthand.evidence.package.files import numbers
from firsthand.evidence.package.going_in import Into, keep
from firsthand.evidence.package.going_out import Out
from firsthand.evidence.package.tables import Cells, Field, Resource, text, whole

_SAME = (
    "number", "kind", "title", "authors", "year", "container", "volume", "issue", "pages",
    "abstract", "doi", "pmid", "isbn_issn", "url", "keywords", "language", "raw", "line",
    "source_format",
)  # fmt: skip
_OTHER = {
    "number": whole("number", "The record's own number", required=True, least=1),
    "kind": text("kind", "A CSL type, such as article-journal", most=60),
    "authors": Field("authors", "array", "Names in the paper's order", required=True),
    "year": Field("year", "integer"),
    "keywords": Field("keywords", "array", required=True),
    "raw": Field("raw", "array", "[tag, value] for each field as it came", required=True),
    "line": whole("line", "Where in its file it begins", required=True),
    "source_format": text("source_format", most=40),
}
FIELDS = (
    *(_OTHER.get(name, text(name)) for name in _SAME),
    whole("file", "The file it came from", required=True),
)


def _rows(out: Out) -> Iterator[Cells]:
    of = numbers(out)
    rows = Record.objects.filter(review=out.review).order_by("number")
    for row in rows.only("file_id", *_SAME).iterator(500):
        yield {**{name: getattr(row, name) for name in _SAME}, "file": of[row.file_id]}


def _load(into: Into, rows: Iterator[Cells]) -> None:
    keep(
        Record, (_record(into, row) for row in rows),
        note=lambda row: into.records.__setitem__(row.number, row.id),
    )  # fmt: skip


def _record(into: Into, row: Cells) -> Record:
    same = {name: row[name] for name in _SAME}
    return Record(review=into.review, file_id=into.files[row["file"]], **same)


RESOURCE = Resource(
    "records", "Records", FIELDS, _rows, _load, ("number",), {"file": ("files", "file")}
)
