"""Sharing out what nobody has decided yet, and giving a share back when someone leaves."""

import secrets
import uuid
from collections.abc import Mapping

import numpy as np
from django.db import transaction
from django.db.models import QuerySet

from firsthand.access.refused import not_now
from firsthand.evidence import queries, rules, trail
from firsthand.evidence.models import Member, Review, Screening, Share, Split
from firsthand.methods.shares import draw, wrong

_MANY = 500


@transaction.atomic
def split(
    by: Member, stage: str, asked: int, percents: Mapping[uuid.UUID, float], seed: int | None = None
) -> Split:
    """Share out what nobody has decided yet, by chance. Raises Refused, saying why.

    `percents` is by member's key. What someone has begun stays with whom it is; earlier shares of
    the rest are drawn anew.
    """
    review = Review.objects.select_for_update().get(id=by.review_id)
    people = [
        each for each in queries.members(review).order_by("since", "id") if each.id in percents
    ]
    parts = [percents[each.id] for each in people]
    if said := wrong(parts, asked):
        raise not_now(said)
    rows = _untouched(review, stage)
    ids = list(rows.order_by("number").values_list("id", flat=True))
    if not ids:
        raise not_now("There is no record left that nobody has decided yet.")
    seed = secrets.randbits(32) if seed is None else seed
    drawn = draw(len(ids), parts, asked, np.random.default_rng(seed))
    row = Split.objects.create(
        review=review, stage=stage, asked=asked, seed=seed, records=len(ids), by=by,
        percents={str(each.id): percents[each.id] for each in people},
    )  # fmt: skip
    Share.objects.filter(screening__in=rows.values("id")).delete()
    Share.objects.bulk_create(
        (
            Share(split=row, screening_id=each, member=people[at])
            for each, asked_of in zip(ids, drawn.of, strict=True)
            for at in asked_of
        ),
        batch_size=_MANY,
    )
    rows.update(needed=asked, pool=False)
    counts = zip(people, drawn.counts(len(people)), strict=True)
    trail.leave(
        by, "shares drawn", stage=stage, asked=asked, seed=seed, records=len(ids),
        shares=[f"{each}: {count}" for each, count in counts],
    )  # fmt: skip
    return row


@transaction.atomic
def join(by: Member, stage: str) -> int:
    """Put all shares that nobody has begun together again: everyone is asked as before."""
    review = Review.objects.select_for_update().get(id=by.review_id)
    rows = _untouched(review, stage).filter(pool=False)
    Share.objects.filter(screening__in=rows.values("id")).delete()
    count = rows.update(pool=True, needed=review.each)
    if count:
        trail.leave(by, "shares put together", stage=stage, records=count)
    return count


def give_back(by: Member, leaving: Member) -> None:
    """Let others be asked what someone who leaves has not decided of their share."""
    rows = Share.objects.filter(member=leaving, screening__state__in=rules.OPEN)
    rows = rows.exclude(screening__decisions__member=leaving)
    ids = list(rows.values_list("screening_id", flat=True))
    for place in range(0, len(ids), _MANY):
        some = ids[place : place + _MANY]
        Share.objects.filter(member=leaving, screening__in=some).delete()
        Screening.objects.filter(id__in=some).update(pool=True)
    if ids:
        trail.leave(by, "share given back", name=leaving.user.name, records=len(ids))


def _untouched(review: Review, stage: str) -> QuerySet[Screening]:
    return Screening.objects.filter(
        review=review, stage=stage, state=rules.UNSEEN, round=None, stands=True
    )
