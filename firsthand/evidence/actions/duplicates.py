"""Looking for duplicates in the background; answering what is unsure; undoing, at any time."""

import logging
import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from firsthand.access.refused import Refused, not_now
from firsthand.evidence import comparing, rules, trail
from firsthand.evidence.grouping import regroup
from firsthand.evidence.models import Group, Grouped, Look, Member, Pair, Record, Review
from firsthand.evidence.side_by_side import FIELDS

log = logging.getLogger(__name__)
STUCK = timedelta(minutes=10)  # longer than the longest look: whoever looked is gone


@transaction.atomic
def begin(review: Review, by: Member | None = None) -> Look:
    """Have what is new looked through, unless that waits to be done already."""
    row = Review.objects.select_for_update().get(id=review.id)
    look, fresh = Look.objects.get_or_create(
        review=row, stage=rules.LOOK_WAITING, defaults={"by": by}
    )
    if fresh:
        look_through.enqueue(str(look.id))
    return look


@task()
def look_through(look: str) -> None:
    """Look through what is new, and again when records came meanwhile."""
    row = Look.objects.select_related("review", "by__user").filter(id=uuid.UUID(look)).first()
    if row is None or row.stage != rules.LOOK_WAITING:
        return
    try:
        more = comparing.carry_out(row, comparing.compare(row.review))
    except comparing.Overtaken:
        return
    except Exception as error:  # whatever it is, the page says so and nothing is half done
        log.warning(
            "", extra={"event": "looking for duplicates failed", "why": type(error).__name__}
        )
        rows = Look.objects.filter(id=row.id, stage=rules.LOOK_WAITING)
        rows.update(stage=rules.LOOK_FAILED, moved_at=timezone.now())
        return
    if more:
        begin(row.review)


def pick_up() -> None:
    """Have looks done whose worker was killed. A chore."""
    late = timezone.now() - STUCK
    rows = Look.objects.filter(stage=rules.LOOK_WAITING, moved_at__lte=late)
    for look in rows.values_list("id", flat=True):
        Look.objects.filter(id=look).update(moved_at=timezone.now())
        look_through.enqueue(str(look))


# -- what a person says -------------------------------------------------------------------------


@transaction.atomic
def answer(by: Member, pair: Pair, said: str) -> Pair:
    """Keep what someone says of a pair that was put to people. Raises Refused."""
    review, row = _locked(by, pair)
    if row.ended_at is not None or row.holds != rules.ASKED:
        raise not_now("Someone has answered this pair meanwhile.")
    if said == rules.SAME:
        _check_not_apart(row)
    return _instead(by, review, row, said, f"{by.user.name} looked at both. {row.reason}")


@transaction.atomic
def put_to_people(by: Member, one: Record, other: Record) -> Pair:
    """Put two records to people as perhaps one report; what holds already is given back.

    Two that are in one group by way of a third are told so. Raises Refused.
    """
    review = Review.objects.select_for_update().get(id=by.review_id)
    if {one.review_id, other.review_id} != {review.id}:
        raise Refused
    if one.id == other.id:
        raise not_now("This is the same record. Find the other one.")
    first, second = comparing.ordered(one.id, other.id)
    known = Pair.objects.filter(first=first, second=second, ended_at=None).first()
    if known is not None:
        return known
    if second in _mates(first):
        raise not_now("These two are one report already, by way of another record.")
    row = Pair.objects.create(
        review=review, first_id=first, second_id=second, holds=rules.ASKED, by=by,
        reason=f"{by.user.name} asked whether they are one report",
    )  # fmt: skip
    trail.leave(by, "pair put to people", records=sorted((one.number, other.number)))
    return row


@transaction.atomic
def undo(by: Member, pair: Pair) -> Pair:
    """Take apart what is merged or linked, or an answer back. Each keeps its own decisions.

    What the site did by itself is kept apart from then on; a person's answer is asked anew.
    """
    review, row = _locked(by, pair)
    if row.ended_at is not None or row.holds == rules.ASKED:
        raise not_now("This was undone already.")
    if row.by is None:
        return _instead(by, review, row, rules.APART, f"{by.user.name} undid it. {row.reason}")
    return _instead(by, review, row, rules.ASKED, f"{by.user.name} undid an answer. {row.reason}")


def _locked(by: Member, pair: Pair) -> tuple[Review, Pair]:
    review = Review.objects.select_for_update().get(id=by.review_id)
    row = Pair.objects.select_related("first", "second", "by").get(id=pair.id)
    if row.review_id != review.id:
        raise Refused
    return review, row


def _check_not_apart(pair: Pair) -> None:
    """Refuse to join two groups between which someone has said otherwise."""
    one, other = _mates(pair.first_id), _mates(pair.second_id)
    rows = Pair.objects.filter(ended_at=None, by__isnull=False).exclude(id=pair.id)
    rows = rows.exclude(holds=rules.SAME).select_related("first", "second")
    between = [*rows.filter(first__in=one, second__in=other)[:1],
               *rows.filter(first__in=other, second__in=one)[:1]]  # fmt: skip
    for each in between:
        first, second = each.two
        raise not_now(
            f"These would become one report with records {first.number} and {second.number}, "
            "which someone has kept apart. Undo that first."
        )


def _mates(record: uuid.UUID) -> list[uuid.UUID]:
    groups = Grouped.objects.filter(record=record).values("group_id")
    rows = Grouped.objects.filter(group__in=groups).values_list("record_id", flat=True)
    return list(rows) or [record]


def _instead(by: Member, review: Review, row: Pair, holds: str, reason: str) -> Pair:
    """Let something else hold between two records, from now on; how it was is kept."""
    comparing.end(Pair.objects.filter(id=row.id), by)
    new = Pair.objects.create(
        review=review, first=row.first, second=row.second, holds=holds, rule=row.rule,
        reason=reason, by=by, kind=row.kind if holds == rules.VERSIONS else "",
    )  # fmt: skip
    if rules.SAME in (row.holds, holds):
        regroup(review, [row.first_id, row.second_id])
    one, other = new.two
    trail.leave(
        by, "duplicates answered" if row.holds == rules.ASKED else "duplicates undone",
        records=[one.number, other.number], was=rules.PAIRS[row.holds], now=rules.PAIRS[holds],
    )  # fmt: skip
    return new


@transaction.atomic
def show(by: Member, record: Record, field: str, number: int) -> None:
    """Choose whose value of a field is shown for a report; 0: the best again. Raises Refused."""
    Review.objects.select_for_update().get(id=by.review_id)
    place = Grouped.objects.select_related("group").filter(record=record).first()
    if place is None or place.group.review_id != by.review_id:
        raise not_now("This record is not merged with another, so there is nothing to choose.")
    group, before = place.group, place.group.shown.get(field, 0)
    if field not in FIELDS or not _has(group, number):
        raise not_now("There is no such value among these records.")
    group.shown = {name: each for name, each in group.shown.items() if name != field}
    if number:
        group.shown[field] = number
    group.save(update_fields=["shown"])
    said = {"record": record.number, "field": FIELDS[field], "was": before, "now": number}
    trail.leave(by, "shown value chosen", **said)


def _has(group: Group, number: int) -> bool:
    return number == 0 or group.places.filter(record__number=number).exists()
