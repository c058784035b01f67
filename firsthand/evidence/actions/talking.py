"""Talking over what reviewers differ on: notes, never before all have decided; the meeting list."""

from django.db import transaction
from django.utils import timezone

from firsthand.access.refused import Refused, not_now
from firsthand.evidence import moving, policies, trail
from firsthand.evidence.models import Meeting, Member, Note, Screening


@transaction.atomic
def write(by: Member, screening: Screening, text: str) -> Note:
    """Keep what someone writes of a record that all have decided. Raises Refused."""
    row = _opened(by, screening)
    note = Note.objects.create(screening=row, member=by, text=text)
    trail.leave(by, "note written", record=row.number, stage=row.stage, text=text)
    return note


@transaction.atomic
def take_back(by: Member, note: Note) -> None:
    """Take one's own note back: that it was there stays. Raises Refused."""
    if note.member_id != by.id:
        raise not_now("Only whoever wrote a note takes it back.")
    row = _opened(by, note.screening)
    if Note.objects.filter(id=note.id, taken_back_at=None).update(taken_back_at=timezone.now()):
        trail.leave(by, "note taken back", record=row.number, stage=row.stage)


@transaction.atomic
def put_on_list(by: Member, screening: Screening) -> None:
    """Put a record on the list for the next meeting."""
    row = _opened(by, screening)
    _, fresh = Meeting.objects.get_or_create(screening=row, defaults={"by": by})
    if fresh:
        trail.leave(by, "put on the meeting list", record=row.number, stage=row.stage)


@transaction.atomic
def take_off_list(by: Member, screening: Screening) -> None:
    """Take a record off the list for the next meeting."""
    row = _opened(by, screening)
    if Meeting.objects.filter(screening=row).delete()[0]:
        trail.leave(by, "taken off the meeting list", record=row.number, stage=row.stage)


def _opened(by: Member, screening: Screening) -> Screening:
    row = moving.locked(screening.id)
    if row.review_id != by.review_id:
        raise Refused
    policies.check_talking(row)
    return row
