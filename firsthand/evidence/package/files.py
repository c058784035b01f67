"""files.csv: the files that were imported, and problems.csv: what was odd in each, by line.

What stood in a file is in the records, field by field; the file itself is not in the package.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from firsthand.evidence import rules
from firsthand.evidence.models import ImportFile, ImportProblem
from firsthand.evidence.package.going_in import Into, keep, moment, numbered
from firsthand.evidence.package.going_out import Out, on
from firsthand.evidence.package.tables import Bad, Cells, Field, Resource, day, text, whole

_SAME = ("name", "fingerprint", "size", "stage", "passed", "records_read", "why_failed",
         "header", "sample", "columns")  # fmt: skip
FIELDS = (
    whole("file", "Its number in this package", required=True, least=1),
    whole("search", "The search it came from", required=True),
    text("name", required=True, most=255),
    text("fingerprint", "SHA-256 of the file", required=True, most=64),
    whole("size", "In bytes", required=True, highest=2**63 - 1),
    text("stage", required=True, within=(rules.READ, rules.FAILED)),
    whole("passed", "How many records and problems were read", required=True),
    whole("records_read", required=True),
    text("why_failed"),
    Field("header", "array", "Of a table, its headings", required=True),
    Field("sample", "array", "Its first rows", required=True),
    Field("columns", "array", "Which part of a reference each column holds", required=True),
    whole("reviewer", "Who imported it", required=True),
    day("on", required=True),
)
PROBLEM_FIELDS = (
    whole("file", required=True),
    whole("place", "Where among the file's records and problems", required=True),
    whole("line", required=True),
    text("said", "What was odd"),
    text("kept", "What was kept all the same"),
)


def files(out: Out) -> QuerySet[ImportFile]:
    """Return the files in the order of their numbers."""
    return out.review.files.defer("content").select_related("run").order_by("at", "name", "id")


def numbers(out: Out) -> dict[Any, int]:
    """Return each file's number, by its id."""
    return {row: at for at, row in enumerate(files(out).values_list("id", flat=True), start=1)}


def _rows(out: Out) -> Iterator[Cells]:
    for at, row in enumerate(files(out), start=1):
        same = {name: getattr(row, name) for name in _SAME}
        by = {"reviewer": out.reviewer(row.by_id), "on": on(row.at)}
        yield {"file": at, "search": row.run.number, **same, **by}


def _load(into: Into, rows: Iterator[Cells]) -> None:
    order = iter(range(1, 10**9))
    keep(
        ImportFile, (_file(into, row, turn) for turn, row in numbered(rows)), ["at"],
        lambda row: into.files.__setitem__(next(order), row.id),
    )  # fmt: skip


def _file(into: Into, row: Cells, turn: int) -> ImportFile:
    if not all(map(_are_words, (row["header"], row["columns"], *row["sample"]))):
        raise Bad("header, sample and columns are not those of a table.")
    return ImportFile(
        review=into.review, run_id=into.searches[row["search"]],
        by=into.members[row["reviewer"]], at=moment(row["on"], turn),
        content=None if row["stage"] == rules.READ else b"",
        **{name: row[name] for name in _SAME},
    )  # fmt: skip


def _are_words(row: Any) -> bool:
    return isinstance(row, list) and all(isinstance(each, str) for each in row)


def _problem_rows(out: Out) -> Iterator[Cells]:
    of = numbers(out)
    for file in of:
        for row in ImportProblem.objects.filter(file=file).order_by("place").iterator(500):
            said = {"place": row.place, "line": row.line, "said": row.said, "kept": row.kept}
            yield {"file": of[row.file_id], **said}


def _load_problems(into: Into, rows: Iterator[Cells]) -> None:
    keep(ImportProblem, (_problem(into, row) for row in rows))


def _problem(into: Into, row: Cells) -> ImportProblem:
    said = {name: row[name] for name in ("place", "line", "said", "kept")}
    return ImportProblem(file_id=into.files[row["file"]], **said)


RESOURCE = Resource(
    "files", "Imported files", FIELDS, _rows, _load, ("file",),
    {"search": ("searches", "number"), "reviewer": ("reviewers", "reviewer")},
)  # fmt: skip
PROBLEMS = Resource(
    "problems", "What was odd in the files", PROBLEM_FIELDS, _problem_rows, _load_problems,
    ("file", "place"), {"file": ("files", "file")},
)  # fmt: skip
