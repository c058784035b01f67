"""Getting reports and reading their PDFs: marking, attaching, taking away, putting back.

The text of a PDF is read in the background, by a process apart with limits (`pdfs`).
"""

import hashlib
import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from firsthand.access.refused import Refused, not_now
from firsthand.evidence import moving, pdfs, rules, trail
from firsthand.evidence.models import (
    FullText,
    Member,
    PageText,
    Record,
    Retrieval,
    Review,
    Screening,
)

log = logging.getLogger(__name__)
STUCK = timedelta(minutes=20)  # longer than the longest reading: whoever read it is gone
NO_TEXT = (
    "This PDF has no text in it: it is a scan, made of pictures of pages. Open the PDF itself to "
    "read it, or have its text recognised (OCR) and attach that."
)
_BROKEN = "Something went wrong on this site while its text was read. Open the PDF itself."
_FOUND_READ = "Someone has read this report already, so it was got. Nothing is changed."


@transaction.atomic
def mark(by: Member, record: Record, status: str, on: date, note: str = "") -> Retrieval:
    """Write down how far getting a report is. Raises Refused."""
    Review.objects.select_for_update().get(id=by.review_id)
    if record.review_id != by.review_id:
        raise Refused
    before = Retrieval.objects.filter(record=record).first()
    if status == rules.GIVEN_UP:
        _check_not_here(record)
    row, _ = Retrieval.objects.update_or_create(
        record=record, defaults={"status": status, "on": on, "note": note, "by": by}
    )
    _move(record, status)
    trail.leave(
        by, "report marked", record=record.number, now=rules.RETRIEVALS[status], day=on.isoformat(),
        note=note, was=rules.RETRIEVALS[before.status if before else rules.SOUGHT],
    )  # fmt: skip
    return row


def _check_not_here(record: Record) -> None:
    if record.full_texts.filter(taken_away_at=None).exists():
        raise not_now("A PDF is attached, so this report was got. Take the PDF away first.")


def _move(record: Record, status: str) -> None:
    """Let how the record stands at full text follow: nobody is asked to decide without a report."""
    screening = Screening.objects.filter(record=record, stage=rules.FULL_TEXT).first()
    if screening is None:
        return
    row = moving.locked(screening.id)
    if status == rules.GIVEN_UP and row.state != rules.NOT_GOT:
        if row.state != rules.UNSEEN:
            raise not_now(_FOUND_READ)
        moving.step(row, rules.GIVE_UP)
    elif status != rules.GIVEN_UP and row.state == rules.NOT_GOT:
        moving.step(row, rules.FIND)


# -- PDFs -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Taken:
    """What became of the files that were sent: attached, there before, and not taken (why)."""

    new: tuple[FullText, ...] = ()
    again: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


def attach(by: Member, record: Record, files: Iterable[tuple[str, bytes]]) -> Taken:
    """Attach PDFs (name, content) to a record; what cannot be taken is told, the rest is taken."""
    if record.review_id != by.review_id:
        raise Refused
    new, again, wrong = [], [], []
    for name, content in files:
        try:
            row, fresh = _attach(by, record, name, content, pdfs.check(content))
        except pdfs.BadPdf as bad:
            wrong.append(f"{name}: {bad}")
            continue
        if fresh:
            new.append(row)
        else:
            again.append(name)
    return Taken(tuple(new), tuple(again), tuple(wrong))


@transaction.atomic
def _attach(
    by: Member, record: Record, name: str, content: bytes, pages: int
) -> tuple[FullText, bool]:
    Review.objects.select_for_update().get(id=by.review_id)
    row, fresh = FullText.objects.defer("content").get_or_create(
        record=record,
        fingerprint=hashlib.sha256(content).hexdigest(),
        defaults={
            "name": name[-255:], "size": len(content), "content": content, "pages": pages, "by": by,
        },
    )  # fmt: skip
    if not fresh:
        missing = FullText.objects.filter(id=row.id, content=b"")  # it came in a package, bare
        fresh = bool(missing.update(content=content, stage=rules.WAITING, why_not="", pages=pages))
    if not fresh and row.taken_away_at is None:
        return row, False
    FullText.objects.filter(id=row.id).update(taken_away_at=None)
    trail.leave(
        by, "full text attached", record=record.number, file=row.name, fingerprint=row.fingerprint
    )
    if fresh:
        read_text.enqueue(str(row.id))
    _is_got(by, record)
    return row, True


def _is_got(by: Member, record: Record) -> None:
    """A report whose PDF is here was got, without anybody having to say so."""
    row = Retrieval.objects.filter(record=record).first()
    if row is None or row.status != rules.GOT:
        mark(by, record, rules.GOT, timezone.localdate(), row.note if row else "")


@transaction.atomic
def take_away(by: Member, file: FullText) -> None:
    """Take a PDF away; it is kept, so that it can be put back."""
    rows = FullText.objects.filter(id=file.id, record__review=by.review_id, taken_away_at=None)
    if rows.update(taken_away_at=timezone.now()):
        trail.leave(by, "full text taken away", record=file.record.number, file=file.name)


@transaction.atomic
def put_back(by: Member, file: FullText) -> None:
    """Put a PDF back that was taken away."""
    rows = FullText.objects.filter(id=file.id, record__review=by.review_id)
    if rows.exclude(taken_away_at=None).update(taken_away_at=None):
        trail.leave(by, "full text put back", record=file.record.number, file=file.name)
        _is_got(by, file.record)


# -- its text -------------------------------------------------------------------------------------


@task()
def read_text(file: str) -> None:
    """Read the text of a PDF that waits; say why if there is none."""
    row = FullText.objects.filter(id=uuid.UUID(file), stage=rules.WAITING).first()
    if row is None:
        return
    try:
        found = pdfs.texts(bytes(row.content), row.pages)
    except Exception as error:  # whatever it is, the page says so and the PDF is still here
        log.warning("", extra={"event": "reading a PDF failed", "why": type(error).__name__})
        return _end(row, rules.FAILED, _BROKEN)
    _keep(row, found)


@transaction.atomic
def _keep(row: FullText, found: pdfs.Texts) -> None:
    PageText.objects.filter(file=row).delete()
    PageText.objects.bulk_create(
        (PageText(file=row, number=at, text=text) for at, text in enumerate(found.pages, start=1)),
        batch_size=200,
    )
    words = any(text.strip() for text in found.pages)
    if words:
        _end(row, rules.READ, "" if found.whole else pdfs.CUT_OFF)
    else:
        _end(row, rules.FAILED, NO_TEXT if found.whole else pdfs.TOOK_TOO_MUCH)


def _end(row: FullText, stage: str, why: str) -> None:
    rows = FullText.objects.filter(id=row.id)
    rows.update(stage=stage, why_not=why, moved_at=timezone.now())


def pick_up() -> None:
    """Have PDFs read on whose reader was killed. A chore."""
    late = timezone.now() - STUCK
    rows = FullText.objects.filter(stage=rules.WAITING, moved_at__lte=late)
    for file in rows.values_list("id", flat=True):
        FullText.objects.filter(id=file).update(moved_at=timezone.now())
        read_text.enqueue(str(file))
