"""Asking about labels: which there are, and which of them someone may see on a record.

Blind like decisions: a label that another member put on is seen once all have decided there.
"""

import uuid
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from firsthand.access.refused import Refused
from firsthand.evidence import rules
from firsthand.evidence.models import Label, LabelOn, Member, Record, Review, Screening
from firsthand.methods.typed import whole


def labels(review: Review) -> QuerySet[Label]:
    """Return the labels that are in use."""
    return Label.objects.filter(review=review, removed_at=None).select_related("by__user")


def removed(review: Review) -> QuerySet[Label]:
    return Label.objects.filter(review=review, removed_at__isnull=False)


def label(review: Review, label: uuid.UUID) -> Label:
    """Return one label, be it removed. Raises Refused."""
    row = Label.objects.filter(review=review, id=label).first()
    if row is None:
        raise Refused
    return row


def own(member: Member, screening: Screening) -> list[Label]:
    """Return the labels that someone put on a record at a stage themselves."""
    rows = LabelOn.objects.filter(screening=screening, member=member, label__removed_at=None)
    return [each.label for each in rows.select_related("label")]


def seen_by(member: Member) -> QuerySet[LabelOn]:
    """Return the labels on records that a member may see."""
    rows = LabelOn.objects.filter(screening__review=member.review_id, label__removed_at=None)
    rows = rows.filter(Q(member=member) | Q(screening__state__in=rules.DECIDED))
    return rows.select_related("label", "member__user", "screening")


def on_records(member: Member, records: Iterable[Record]) -> dict[uuid.UUID, list[LabelOn]]:
    """Return by record the labels on it that a member may see."""
    found: dict[uuid.UUID, list[LabelOn]] = {}
    for each in seen_by(member).filter(screening__record__in=list(records)):
        found.setdefault(each.screening.record_id, []).append(each)
    return found


def records(member: Member, label: Label | None = None, words: str = "") -> QuerySet[Record]:
    """Return the records with a label that the member may see, or all; by number, or by words."""
    rows = Record.objects.filter(review=member.review_id).defer("raw", "abstract")
    if label is not None:
        seen = seen_by(member).filter(label=label, screening__record=OuterRef("id"))
        rows = rows.filter(Exists(seen))
    return matching(rows, words).order_by("number")


def matching(rows: QuerySet[Record], words: str) -> QuerySet[Record]:
    """Return those with a number, or with each word in title, authors or year."""
    words = words.replace("\x00", "").strip()[:200]  # NUL: no database's text takes it
    rows = rows.annotate(by_whom=Cast("authors", TextField()))
    if (number := whole(words, None)) is not None:
        return rows.filter(Q(number=number) | Q(year=number) | Q(title__contains=words))
    for each in words.split():
        rows = rows.filter(Q(title__icontains=each) | Q(by_whom__icontains=each))
    return rows
