"""Asking about duplicates: what was merged, linked, kept apart, and what waits for a person."""

import uuid

from django.db.models import Count, QuerySet

from firsthand.access.refused import Refused
from firsthand.evidence import rules
from firsthand.evidence.models import Grouped, Look, Pair, Record, Review


def pairs(review: Review, holds: str) -> QuerySet[Pair]:
    """Return the pairs of which this holds, the newest first."""
    rows = Pair.objects.filter(review=review, holds=holds, ended_at=None)
    return rows.select_related("first", "second", "by__user").order_by("-at", "id")


def queue(review: Review) -> QuerySet[Pair]:
    """Return what waits for a person, the oldest first."""
    return pairs(review, rules.ASKED).order_by("at", "id")


def pair(review: Review, pair: uuid.UUID) -> Pair:
    """Return one pair, be it ended. Raises Refused."""
    rows = Pair.objects.select_related("first", "second", "by__user")
    row = rows.filter(review=review, id=pair).first()
    if row is None:
        raise Refused
    return row


def counts(review: Review) -> dict[str, int]:
    """Return of how many pairs each thing holds."""
    rows = Pair.objects.filter(review=review, ended_at=None).order_by()
    found = dict(rows.values_list("holds").annotate(Count("id")))
    return {holds: found.get(holds, 0) for holds in rules.PAIRS}


def last_look(review: Review) -> Look | None:
    return Look.objects.filter(review=review).first()


def is_looking(review: Review) -> bool:
    return Look.objects.filter(review=review, stage=rules.LOOK_WAITING).exists()


def set_aside(review: Review, **numbers: int) -> int:
    """Return how many records are duplicates: they do not stand for their group."""
    return Grouped.objects.filter(group__review=review, stands=False, **numbers).count()


def stands_for(record: Record) -> Record:
    """Return the record that stands for one's group: itself, when it is alone."""
    place = Grouped.objects.filter(record=record).first()
    if place is None or place.stands:
        return record
    return Grouped.objects.select_related("record").get(group=place.group_id, stands=True).record


def mates(record: Record) -> list[Grouped]:
    """Return the places of all records of one's group; none, when it is alone."""
    groups = list(Grouped.objects.filter(record=record).values_list("group_id", flat=True))
    if not groups:
        return []
    rows = Grouped.objects.filter(group__in=groups)
    return list(rows.select_related("record__file__run").defer("record__file__content"))


def around(record: Record) -> list[Pair]:
    """Return what holds between one record and others."""
    rows = Pair.objects.filter(review=record.review_id, ended_at=None)
    rows = rows.filter(first=record) | rows.filter(second=record)
    return list(rows.select_related("first", "second", "by__user").order_by("at"))
