"""Files that are brought into a project: taken at once, read in the background.

The same file twice is said, and imported once. A file that cannot be read says why and what to do;
it costs no other.
"""

import hashlib
import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from firsthand.access import tries
from firsthand.access.refused import Refused, not_now
from firsthand.codebook import pdf, rules, trail
from firsthand.codebook.actions import sources
from firsthand.codebook.documents.document import Document, Unreadable
from firsthand.codebook.documents.reading import read
from firsthand.codebook.models import Arrival, Coder, Project, Source

log = logging.getLogger(__name__)
STUCK = timedelta(minutes=20)  # longer than the longest reading: whoever read it is gone
_BROKEN = "Something went wrong on this site while the file was read. Try again."


@dataclass(frozen=True)
class Taken:
    """What became of the files that were sent: the new ones, and those that were here before."""

    new: tuple[Arrival, ...]
    again: tuple[tuple[str, Arrival], ...]


@transaction.atomic
def take(
    by: Coder, files: Iterable[tuple[str, bytes]], kind: str = rules.DOCUMENT, study: str = ""
) -> Taken:
    """Take files (name, content) into a project, and have the new ones read."""
    Project.objects.select_for_update().get(id=by.project_id)
    new: list[Arrival] = []
    again: list[tuple[str, Arrival]] = []
    for name, content in files:
        row, fresh = _take(by, name, content, kind, study)
        if not fresh:
            again.append((name, row))
            continue
        new.append(row)
        trail.leave(by, "file brought", file=row.name, fingerprint=row.fingerprint)
        read_file.enqueue(str(row.id))
    return Taken(tuple(new), tuple(again))


def _take(by: Coder, name: str, content: bytes, kind: str, study: str) -> tuple[Arrival, bool]:
    """Return a file's arrival, and whether it has to be read: it is not here, or failed before."""
    said = {
        "by": by, "name": _plain(name)[-255:], "size": len(content), "content": content,
        "kind": kind, "study": study, "stage": rules.WAITING, "tries": 0,
    }  # fmt: skip
    mark = hashlib.sha256(content).hexdigest()
    rows = Arrival.objects.select_related("source").defer("content", "source__text")
    row = rows.filter(project=by.project_id, fingerprint=mark).first()
    if row is None:
        return Arrival.objects.create(project=by.project, fingerprint=mark, **said), True
    gone = row.source is None or row.source.removed_on is not None
    if row.stage == rules.WAITING or (row.stage == rules.READ and not gone):
        return row, False
    Arrival.objects.filter(id=row.id).update(
        **said, source=None, why_failed="", moved_at=timezone.now()
    )
    return Arrival.objects.get(id=row.id), True


def _plain(name: str) -> str:
    return " ".join(name.replace("\0", "").split()) or "file"


@transaction.atomic
def again(by: Coder, arrival: Arrival) -> None:
    """Have a file that could not be read tried once more."""
    rows = Arrival.objects.filter(id=arrival.id, project=by.project_id, stage=rules.FAILED)
    if not rows.update(stage=rules.WAITING, tries=0, why_failed="", moved_at=timezone.now()):
        raise not_now("This file is being read, or has been read already.")
    trail.leave(by, "file tried again", file=arrival.name)
    read_file.enqueue(str(arrival.id))


@transaction.atomic
def leave_out(by: Coder, arrival: Arrival) -> None:
    """Forget a file that could not be read."""
    rows = Arrival.objects.filter(id=arrival.id, project=by.project_id, stage=rules.FAILED)
    if rows.delete()[0]:
        trail.leave(by, "file left out", file=arrival.name)


@task()
def read_file(arrival: str) -> None:
    """Read a file that waits; say why if it cannot be."""
    rows = Arrival.objects.select_related("by__user", "by__project")
    row = rows.filter(id=uuid.UUID(arrival), stage=rules.WAITING).first()
    if row is None:
        return
    if not tries.begin(Arrival.objects.filter(id=row.id, stage=rules.WAITING)):
        return _give_up(row)
    try:
        _keep(row, read(bytes(row.content or b""), row.name, pdf.pages))
    except Unreadable as error:
        _fail(row, str(error))
    except Refused as refused:
        _fail(row, refused.sentence)
    except Exception as error:  # whatever it is, the page says so and the file is still here
        log.warning("", extra={"event": "reading a document failed", "why": type(error).__name__})
        _fail(row, _BROKEN)


@transaction.atomic
def _keep(row: Arrival, found: Document) -> None:
    waits = Arrival.objects.select_for_update().filter(id=row.id, stage=rules.WAITING)
    if not waits.values("id"):
        return  # someone else has read it meanwhile
    made = add(row.by, found, row.name, row.kind, row.study, row.fingerprint)
    rows = Arrival.objects.filter(id=row.id)
    rows.update(stage=rules.READ, content=None, source=made, moved_at=timezone.now())


def add(
    by: Coder, found: Document, name: str, kind: str, study: str = "", fingerprint: str = ""
) -> Source:
    """Make a source of what was read. Raises Refused."""
    turns = [rules.TurnOf(each.start, each.end, each.name, each.kind) for each in found.turns]
    origin = {
        "file": name, "format": found.format, "dropped": list(found.dropped),
        "fingerprint": fingerprint,
    }  # fmt: skip
    return sources.add(
        by, kind=kind, title=found.title, text=found.text, turns=turns, origin=origin, study=study
    )


def _fail(row: Arrival, why: str) -> bool:
    rows = Arrival.objects.filter(id=row.id, stage=rules.WAITING)
    return bool(rows.update(stage=rules.FAILED, why_failed=why, moved_at=timezone.now()))


@transaction.atomic
def _give_up(row: Arrival) -> None:
    if _fail(row, tries.GIVEN_UP):
        trail.note(row.by.project, None, "file given up", file=row.name, tries=tries.MOST)


def pick_up() -> None:
    """Have files read on whose reader was killed. A chore."""
    late = timezone.now() - STUCK
    rows = Arrival.objects.filter(stage=rules.WAITING, moved_at__lte=late)
    for arrival in rows.values_list("id", flat=True):
        Arrival.objects.filter(id=arrival).update(moved_at=timezone.now())
        read_file.enqueue(str(arrival))
