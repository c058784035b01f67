"""Asking in which order the records of a stage are put before reviewers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from firsthand.evidence import rules
from firsthand.evidence.models import Member, Ordering, Ranked, Review, Screening

_WINDOW = 8  # records at the front of which someone's share is looked for


def current(review: Review, stage: str) -> Ordering | None:
    """Return the choice that holds; None where none was made: as they were imported."""
    return Ordering.objects.filter(review=review, stage=stage, ended_at=None).first()


def how(order: Ordering | None) -> str:
    return order.how if order else rules.IMPORTED


def first(
    rows: QuerySet[Screening], order: Ordering | None, after: int, past: Sequence[int], by: Member
) -> Screening | None:
    """Return the first of `rows` in an order; begins again at the front when it is through.

    In an order that stands still one goes on behind record number `after`. In a learned one, the
    best of now comes first, but for records numbered `past`, which were skipped.
    """
    if order is None or order.how == rules.IMPORTED:
        rows = rows.order_by("number")
        return rows.filter(number__gt=after).first() or rows.first()
    if order.how == rules.CHANCE:
        at = Screening.objects.filter(review=by.review, stage=order.stage, number=after)
        record = at.values_list("record_id", flat=True).first() if after else None
        rows = rows.order_by("record_id")
        return (_share(rows.filter(record_id__gt=record), by) if record else None) or _share(
            rows, by
        )
    waiting = rows.exclude(number__in=past) if past else rows
    top = waiting.filter(ranked__ordering=order).order_by("ranked__rank")
    found = _share(top, by) or _share(waiting.order_by("number"), by)
    return found or (_share(rows.order_by("number"), by) if past else None)


def _share(rows: QuerySet[Screening], by: Member) -> Screening | None:
    """Return the first that falls to someone, or else the very first: nobody waits for another.

    Looked for among a few at the front only, so that what others leave undone is not put off.
    """
    members = _members(by)
    if len(members) <= by.review.each or by.id not in members:
        return rows.first()
    few, place = list(rows[:_WINDOW]), members.index(by.id)
    mine = (r for r in few if rules.is_share_of(r.number, place, len(members), r.needed))
    return next(mine, few[0] if few else None)


def _members(by: Member) -> list[object]:
    return list(by.review.members.filter(left_on=None).order_by("id").values_list("id", flat=True))


@dataclass(frozen=True)
class Why:
    """The words that speak for a record and against it, and settled records it is like."""

    rank: int
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]
    like: tuple[Screening, ...]


def why(row: Screening, order: Ordering | None) -> Why | None:
    """Return why a record is near the top of a learned order; None when it is not.

    Only records that are included now, by all who were to decide them, are named as alike: what
    was taken back since, or set aside, is not.
    """
    if order is None:
        return None
    place = Ranked.objects.filter(ordering=order, screening=row).first()
    if place is None:
        return None
    told = place.why
    rows = Screening.objects.filter(review=row.review_id, stage=row.stage, number__in=told["like"])
    alike = rows.filter(state=rules.INCLUDED, stands=True).select_related("record")
    return Why(place.rank + 1, tuple(told["for"]), tuple(told["against"]), tuple(alike))
