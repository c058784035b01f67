"""Taking files in, and reading them in the background.

The same file twice is said, and nothing of it is imported again. A file that cannot be read says
why and is kept, so that it can be tried again.
"""

import hashlib
import io
import logging
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from firsthand.access.refused import not_now
from firsthand.evidence import rules, trail
from firsthand.evidence.actions import duplicates, ordering
from firsthand.evidence.formats.reading import Unreadable, read
from firsthand.evidence.keeping import BATCH, Overtaken, Read, keep
from firsthand.evidence.models import ImportFile, Member, SearchRun

log = logging.getLogger(__name__)
STUCK = timedelta(minutes=5)  # without a step forward: whoever read it is gone
_BROKEN = "Something went wrong on this site while the file was read. Try again."


@dataclass(frozen=True)
class Taken:
    """What became of the files that were sent: the new ones, and those that were here before."""

    new: tuple[ImportFile, ...]
    again: tuple[tuple[str, ImportFile], ...]


@transaction.atomic
def take(by: Member, run: SearchRun, files: Iterable[tuple[str, bytes]]) -> Taken:
    """Take files (name, content) under a search run, and have the new ones read."""
    new, again = [], []
    for name, content in files:
        row, fresh = _take(by, run, name, content)
        if fresh:
            new.append(row)
            said = {"file": name, "search": run.number, "fingerprint": row.fingerprint}
            trail.leave(by, "file imported", **said)
            read_file.enqueue(str(row.id))
        else:
            again.append((name, row))
    return Taken(tuple(new), tuple(again))


def _take(by: Member, run: SearchRun, name: str, content: bytes) -> tuple[ImportFile, bool]:
    return ImportFile.objects.defer("content").get_or_create(
        review=by.review,
        fingerprint=hashlib.sha256(content).hexdigest(),
        defaults={
            "run": run, "name": name[-255:], "size": len(content), "content": content, "by": by,
        },
    )  # fmt: skip


@transaction.atomic
def again(by: Member, file: ImportFile) -> None:
    """Have a file that could not be read tried once more: it goes on where it stopped."""
    rows = ImportFile.objects.filter(id=file.id, stage=rules.FAILED)
    if not rows.update(stage=rules.WAITING, why_failed="", moved_at=timezone.now()):
        raise not_now("This file is being read, or has been read already.")
    trail.leave(by, "file tried again", file=file.name)
    read_file.enqueue(str(file.id))


@task()
def read_file(file: str) -> None:
    """Read a file that waits, batch by batch; say why if it cannot be."""
    row = ImportFile.objects.select_related("run").filter(id=uuid.UUID(file)).first()
    if row is None or row.stage not in rules.UNFINISHED:
        return
    try:
        _read(row)
    except Overtaken:
        return
    except Unreadable as error:
        _fail(row, str(error))
    except Exception as error:  # whatever it is, the page says so and the file is still here
        log.warning("", extra={"event": "import failed", "why": type(error).__name__})
        _fail(row, _BROKEN)


def pick_up() -> None:
    """Have files read on whose reader was killed. A chore."""
    late = timezone.now() - STUCK
    rows = ImportFile.objects.filter(stage__in=rules.UNFINISHED, moved_at__lte=late)
    for file in rows.values_list("id", flat=True):
        ImportFile.objects.filter(id=file).update(moved_at=timezone.now())
        read_file.enqueue(str(file))


def _read(row: ImportFile) -> None:
    found: Iterator[Read] = islice(read(io.BytesIO(row.content or b""), row.name), row.passed, None)
    begin = row.passed
    while batch := list(islice(found, BATCH)):
        keep(row, batch, begin)
        begin += len(batch)
    _finish(row, begin)


@transaction.atomic
def _finish(row: ImportFile, passed: int) -> None:
    rows = ImportFile.objects.filter(id=row.id, stage__in=rules.UNFINISHED, passed=passed)
    if rows.update(stage=rules.READ, content=None, moved_at=timezone.now()):
        kept = ImportFile.objects.defer("content").get(id=row.id)
        trail.note(row.review, None, "file read", file=row.name, records=kept.records_read)
        if kept.records_read:
            duplicates.begin(row.review)
            ordering.ask(row.review_id)


def _fail(row: ImportFile, why: str) -> None:
    rows = ImportFile.objects.filter(id=row.id, stage__in=rules.UNFINISHED)
    rows.update(stage=rules.FAILED, why_failed=why, moved_at=timezone.now())
