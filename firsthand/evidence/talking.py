"""Asking about what is talked over: which conflicts were, which are for the meeting."""

import uuid

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from firsthand.access.refused import Refused
from firsthand.evidence import rules
from firsthand.evidence.models import Meeting, Member, Note, Review, Screening
from firsthand.evidence.screening import opened

DISCUSSED, FOR_MEETING = "discussed", "meeting"
_STANDING = Note.objects.filter(screening=OuterRef("id"), taken_back_at=None)
_LISTED = Meeting.objects.filter(screening=OuterRef("id"))


def conflicts(review: Review, stage: str = "", show: str = "") -> QuerySet[Screening]:
    """Return what is to be settled: all, those talked over already, or those for the meeting."""
    rows = Screening.objects.filter(review=review, state=rules.CONFLICT, stands=True)
    rows = rows.filter(stage=stage) if stage else rows
    if show == DISCUSSED:
        rows = rows.filter(Exists(_STANDING))
    elif show == FOR_MEETING:
        rows = rows.filter(Exists(_LISTED))
    talked = Count("notes", filter=Q(notes__taken_back_at=None))
    return opened(rows).select_related("meeting").annotate(talked=talked)


def thread(member: Member, stage: str, record: uuid.UUID) -> Screening:
    """Return a record that all have decided, with its notes. Raises Refused before that."""
    rows = Screening.objects.filter(review=member.review_id, stage=stage, record_id=record)
    row = opened(rows).select_related("meeting").first()
    if row is None:
        raise Refused
    return row


def note(member: Member, note: uuid.UUID) -> Note:
    """Return a note of the member's review. Raises Refused."""
    rows = Note.objects.select_related("screening")
    row = rows.filter(screening__review=member.review_id, id=note).first()
    if row is None:
        raise Refused
    return row
