"""Having a review's package made in the background, and giving it to who asks for it.

What is made is kept in the database, in pieces, and goes with the review. While it is written it
lies in a file without a name, which is gone with its process: a worker that is killed leaves
nothing behind, and the package is made from the beginning.
"""

import logging
import tempfile
import uuid
from datetime import timedelta
from typing import IO

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from firsthand.access.refused import Refused, found
from firsthand.evidence import packed, pieces, rules, trail
from firsthand.evidence.actions import studies
from firsthand.evidence.actions.packages import check_read
from firsthand.evidence.actions.screening import reveal_all
from firsthand.evidence.models import Member, Packing, PackingPiece, Review
from firsthand.evidence.package.trail import ASKED, TAKEN
from firsthand.evidence.package.writing import write
from firsthand.evidence.snapshot import as_of_now

log = logging.getLogger(__name__)
STUCK = timedelta(minutes=10)  # longer than the largest table takes: whoever wrote it is gone
_IN_MEMORY = 8 * 1024 * 1024  # bytes; a larger package is written to a file
_LEFT_OPEN = timedelta(minutes=10)  # for whoever is still downloading the one before
_BROKEN = "Something went wrong on this site while the file was made. Try again."


@transaction.atomic
def ask(by: Member) -> Packing:
    """Have a package made, unless one is being made or still tells of all. Raises Refused."""
    review = Review.objects.select_for_update().get(id=by.review_id)
    check_read(review)
    waiting = Packing.objects.filter(review=review, stage=rules.PACK_WAITING).first()
    kept = waiting or packed.ready(review)
    if kept and (waiting or kept.made_of == packed.made_of(review)):
        return kept
    Packing.objects.filter(review=review, stage=rules.PACK_FAILED).delete()
    row = Packing.objects.create(review=review, by=by)
    trail.leave(by, ASKED)
    make.enqueue(str(row.id))
    return row


@transaction.atomic
def give(by: Member) -> Packing:
    """Return the package that is ready. Whoever takes it is shown what others decided.

    Raises Refused when there is none.
    """
    review = Review.objects.select_for_update().get(id=by.review_id)
    row = found(packed.ready(review))
    reveal_all(by)
    trail.leave(by, TAKEN)
    return row


# -- in the background --------------------------------------------------------------------------


@task()
def make(packing: str) -> None:
    """Make a package that waits; say why if that cannot be."""
    row = Packing.objects.select_related("review").filter(id=uuid.UUID(packing)).first()
    if row is None or row.stage != rules.PACK_WAITING:
        return
    try:
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as out:
            _write(row, out)
            _keep(row, out)
    except Refused as refused:
        _fail(row, refused.sentence)
    except Exception as error:  # whatever it is, the page says so and nothing is half made
        log.warning("", extra={"event": "making a package failed", "why": type(error).__name__})
        _fail(row, _BROKEN)


def _write(row: Packing, out: IO[bytes]) -> None:
    """Write all of it as of one moment. Nobody who works in the review has to wait for that."""
    _follow(row.review)
    with as_of_now() as beside:
        review = Review.objects.get(id=row.review_id)
        check_read(review)
        row.made_of, row.withdrawn = packed.made_of(review), packed.withdrawn(review)
        row.made_at = timezone.now()
        rows = Packing.objects.using(beside).filter(id=row.id)
        write(review, out, lambda done: rows.update(done=done, moved_at=timezone.now()))


@transaction.atomic
def _follow(review: Review) -> None:
    studies.follow(Review.objects.select_for_update().get(id=review.id))


@transaction.atomic
def _keep(row: Packing, out: IO[bytes]) -> None:
    """Keep what was written: all of it, or nothing when it was kept or let go meanwhile."""
    held = Packing.objects.select_for_update().filter(id=row.id, stage=rules.PACK_WAITING)
    if not held.exists():
        return
    size = 0
    for place, piece in enumerate(pieces.each(out)):
        PackingPiece.objects.create(packing=row, place=place, content=piece)
        size += len(piece)
    held.update(
        stage=rules.PACK_READY, size=size, made_of=row.made_of, withdrawn=row.withdrawn,
        made_at=row.made_at, moved_at=timezone.now(),
    )  # fmt: skip


def _fail(row: Packing, why: str) -> None:
    rows = Packing.objects.filter(id=row.id, stage=rules.PACK_WAITING)
    rows.update(stage=rules.PACK_FAILED, why_failed=why, moved_at=timezone.now())


# -- chores -------------------------------------------------------------------------------------


def pick_up() -> None:
    """Have packages made whose worker was killed, and let old ones go. A chore."""
    now = timezone.now()
    _let_go(Q(at__lte=now - packed.KEPT_FOR))
    late = Packing.objects.filter(stage=rules.PACK_WAITING, moved_at__lte=now - STUCK)
    for each in late.values_list("id", flat=True):
        Packing.objects.filter(id=each).update(moved_at=now)
        make.enqueue(str(each))
    newer = Packing.objects.filter(stage=rules.PACK_READY, moved_at__lte=now - _LEFT_OPEN)
    for review, at in newer.values_list("review", "at"):
        _let_go(Q(review=review, at__lt=at))


def _let_go(which: Q) -> None:
    Packing.objects.filter(which).exclude(stage=rules.PACK_WAITING).delete()
