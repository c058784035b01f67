"""Taking files in, and reading them in the background.

The same file twice is said, and nothing of it is imported again. A file that cannot be read says
why and is kept, so that it can be tried again.
"""

import io
import logging
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import IO

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from firsthand.access import tries
from firsthand.access.refused import not_now
from firsthand.evidence import pieces, rules, trail
from firsthand.evidence.actions import duplicates, ordering
from firsthand.evidence.formats import columns
from firsthand.evidence.formats.reading import File, Unreadable, read
from firsthand.evidence.keeping import BATCH, Overtaken, Read, keep
from firsthand.evidence.models import ImportFile, Member, SearchRun

log = logging.getLogger(__name__)
STUCK = timedelta(minutes=5)  # without a step forward: whoever read it is gone
_SAMPLE, _LONGEST = 5, 300  # rows that are shown of a table, letters of each cell
_BROKEN = "Something went wrong on this site while the file was read. Try again."


@dataclass(frozen=True)
class Taken:
    """What became of the files that were sent: the new ones, and those that were here before."""

    new: tuple[ImportFile, ...]
    again: tuple[tuple[str, ImportFile], ...]


@transaction.atomic
def take(by: Member, run: SearchRun, files: Iterable[tuple[str, bytes | IO[bytes]]]) -> Taken:
    """Take files (name, content) under a search run, and have the new ones read.

    A content that can be read and sought in is never whole in memory.
    """
    new, again = [], []
    for name, content in files:
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        row, fresh = _take(by, run, name, stream)
        if fresh:
            pieces.keep(row, stream)
            new.append(row)
            said = {"file": name, "search": run.number, "fingerprint": row.fingerprint}
            trail.leave(by, "file imported", **said)
            read_file.enqueue(str(row.id))
        else:
            again.append((name, row))
    return Taken(tuple(new), tuple(again))


def _take(by: Member, run: SearchRun, name: str, stream: IO[bytes]) -> tuple[ImportFile, bool]:
    fingerprint, size = pieces.sign(stream)
    return ImportFile.objects.defer("content").get_or_create(
        review=by.review,
        fingerprint=fingerprint,
        defaults={
            "run": run, "name": name[-255:], "size": size, "by": by,
            "content": pieces.begin(stream, size),
        },
    )  # fmt: skip


@transaction.atomic
def again(by: Member, file: ImportFile) -> None:
    """Have a file that could not be read tried once more: it goes on where it stopped."""
    rows = ImportFile.objects.filter(id=file.id, stage=rules.FAILED)
    if not rows.update(stage=rules.WAITING, tries=0, why_failed="", moved_at=timezone.now()):
        raise not_now("This file is being read, or has been read already.")
    trail.leave(by, "file tried again", file=file.name)
    read_file.enqueue(str(file.id))


@transaction.atomic
def leave_out(by: Member, file: ImportFile) -> None:
    """Forget a file that could not be read and of which no record is here. Raises Refused."""
    rows = ImportFile.objects.filter(id=file.id, stage=rules.FAILED, records_read=0)
    if not rows.delete()[0]:
        raise not_now("Records of this file are here, or it is being read. So it stays.")
    trail.leave(by, "file left out", file=file.name, fingerprint=file.fingerprint)


@task()
def read_file(file: str) -> None:
    """Read a file that waits, batch by batch; say why if it cannot be."""
    row = ImportFile.objects.select_related("run").filter(id=uuid.UUID(file)).first()
    if row is None or row.stage not in rules.UNFINISHED:
        return
    if not tries.begin(ImportFile.objects.filter(id=row.id, stage__in=rules.UNFINISHED)):
        return _give_up(row)
    try:
        if not _wait_for_columns(row):
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
    every = read(pieces.opened(row), row.name, columns=row.columns or None)
    found: Iterator[Read] = islice(every, row.passed, None)
    begin = row.passed
    while batch := list(islice(found, BATCH)):
        keep(row, batch, begin)
        begin += len(batch)
    _finish(row, begin)


@transaction.atomic
def _finish(row: ImportFile, passed: int) -> None:
    rows = ImportFile.objects.filter(id=row.id, stage__in=rules.UNFINISHED, passed=passed)
    if rows.update(stage=rules.READ, content=None, moved_at=timezone.now()):
        pieces.drop(row)
        kept = ImportFile.objects.defer("content").get(id=row.id)
        trail.note(row.review, None, "file read", file=row.name, records=kept.records_read)
        if kept.records_read:
            duplicates.begin(row.review)
            ordering.ask(row.review_id)


# -- the columns of a table -----------------------------------------------------------------------


def _wait_for_columns(row: ImportFile) -> bool:
    """Look at a table's header once: known, said before of the same header, or to be asked."""
    if row.columns or row.passed:
        return False
    file = File(pieces.opened(row), row.name)
    if not file.is_table:
        return False
    header, *rows = file.first_rows(1 + _SAMPLE) or [[]]
    said = [] if columns.all_known(header) else _said_before(row, header)
    asks = not said and not columns.all_known(header)
    cut = [[cell[:_LONGEST] for cell in each] for each in rows]
    still = ImportFile.objects.filter(id=row.id, stage__in=rules.UNFINISHED, passed=0)
    still.update(
        header=header, sample=cut, columns=said, moved_at=timezone.now(),
        stage=rules.COLUMNS if asks else row.stage,
    )  # fmt: skip
    row.columns = said
    return asks


def _said_before(row: ImportFile, header: list[str]) -> list[str]:
    """Return what someone in this review said of the columns of a file with the same header."""
    rows = ImportFile.objects.filter(review_id=row.review_id, header=header).exclude(columns=[])
    return rows.order_by("at").values_list("columns", flat=True).last() or []


@transaction.atomic
def say_columns(by: Member, file: ImportFile, parts: Sequence[str]) -> None:
    """Keep what someone says of a table's columns, and have it read. Raises Refused."""
    row = ImportFile.objects.select_for_update().defer("content").get(id=file.id)
    if row.stage != rules.COLUMNS:
        raise not_now("Someone has said what is in these columns, and the file is being read.")
    row.columns, row.stage, row.tries = list(parts), rules.WAITING, 0
    row.save(update_fields=["columns", "stage", "tries", "moved_at"])
    said = [f"{name}: {part or 'kept as it came'}"
            for name, part in zip(row.header, parts, strict=True)]  # fmt: skip
    trail.leave(by, "columns said", file=row.name, columns=said)
    read_file.enqueue(str(row.id))


def _fail(row: ImportFile, why: str) -> bool:
    rows = ImportFile.objects.filter(id=row.id, stage__in=rules.UNFINISHED)
    return bool(rows.update(stage=rules.FAILED, why_failed=why, moved_at=timezone.now()))


@transaction.atomic
def _give_up(row: ImportFile) -> None:
    if _fail(row, tries.GIVEN_UP):
        trail.note(row.review, None, "file given up", file=row.name, tries=tries.MOST)
