"""Beginning a calibration round: records drawn by chance, to be seen by all."""

import secrets

import numpy as np
from django.db import transaction

from firsthand.access.refused import not_now
from firsthand.evidence import queries, rules, trail
from firsthand.evidence.models import Member, Review, Round, Screening, Share


@transaction.atomic
def begin(by: Member, stage: str, size: int, seed: int | None = None) -> Round:
    """Draw `size` records nobody has decided yet, to be decided by every member. Raises Refused."""
    review = Review.objects.select_for_update().get(id=by.review_id)
    members = review.members.filter(left_on=None).count()
    if members < 2:
        raise not_now("A calibration round compares people: add a second member first.")
    if queries.open_round(review, stage):
        raise not_now("A calibration round is under way. It has to be finished first.")
    untouched = review.screenings.filter(stage=stage, state=rules.UNSEEN, round=None, stands=True)
    ids = list(untouched.order_by("number").values_list("id", flat=True))
    if not ids:
        raise not_now("There is no record left that nobody has decided yet.")
    seed = secrets.randbits(32) if seed is None else seed
    drawn = np.random.default_rng(seed).choice(len(ids), size=min(size, len(ids)), replace=False)
    row = Round.objects.create(
        review=review, stage=stage, number=review.rounds.filter(stage=stage).count() + 1,
        seed=seed, criteria_version=review.criteria_version, by=by,
    )  # fmt: skip
    chosen = Screening.objects.filter(id__in=[ids[place] for place in drawn])
    Share.objects.filter(screening__in=chosen.values("id")).delete()
    chosen.update(round=row, needed=members, pool=True)
    trail.leave(by, "calibration round begun", number=row.number, stage=stage, records=len(drawn))
    return row
