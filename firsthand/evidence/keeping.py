"""Keeps what was read from a file, a batch at a time: all of a batch or none of it.

A file says how much of it has `passed`. Whoever reads it again, after a killed process say, goes
on from there, and two who read it at once do not keep anything twice.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from firsthand.evidence import rules
from firsthand.evidence.formats.reference import Problem, Reference
from firsthand.evidence.models import ImportFile, ImportProblem, Record, Review, Screening

BATCH = 500
Read = Reference | Problem


class Overtaken(Exception):
    """Someone else is reading the same file, and is further."""


@transaction.atomic
def keep(file: ImportFile, batch: Sequence[Read], begin: int) -> None:
    """Keep a batch that begins at `begin` (0: the file's first). Raises Overtaken."""
    review = Review.objects.select_for_update().get(id=file.review_id)
    row = ImportFile.objects.select_for_update().defer("content").get(id=file.id)
    if row.passed != begin or row.stage not in rules.UNFINISHED:
        raise Overtaken
    records = [
        _record(review, row, each, review.records_made + number)
        for number, each in enumerate((r for r in batch if isinstance(r, Reference)), start=1)
    ]
    Record.objects.bulk_create(records)
    Screening.objects.bulk_create([_first_stage(review, each) for each in records])
    ImportProblem.objects.bulk_create(
        ImportProblem(file=row, place=place, **{k: _storable(v) for k, v in asdict(each).items()})
        for place, each in enumerate(batch, start=begin + 1)
        if isinstance(each, Problem)
    )
    review.records_made += len(records)
    review.save(update_fields=["records_made"])
    row.stage, row.passed, row.tries = rules.READING, begin + len(batch), 0
    row.records_read += len(records)
    row.save(update_fields=["stage", "passed", "tries", "records_read", "moved_at"])


def _record(review: Review, file: ImportFile, reference: Reference, number: int) -> Record:
    said = {name: _storable(value) for name, value in reference._asdict().items()}
    return Record(review=review, file=file, number=number, **said)


def _storable(value: Any) -> Any:
    """Return it without NUL, which no database's text takes, and with lists for JSON."""
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd")
    return [_storable(each) for each in value] if isinstance(value, list | tuple) else value


def _first_stage(review: Review, record: Record) -> Screening:
    return Screening(
        review=review, record=record, stage=rules.ABSTRACT, number=record.number,
        needed=review.each,
    )  # fmt: skip
