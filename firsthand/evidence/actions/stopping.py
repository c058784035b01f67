"""Writing down what is aimed at, drawing records for an audit, stopping and going on."""

import secrets

import numpy as np
from django.db import transaction
from django.utils import timezone

from firsthand.access.refused import not_now
from firsthand.evidence import ordering, queries, rules, stopping, trail
from firsthand.evidence.models import Audit, AuditRecord, Member, Plan, Review, Stop


@transaction.atomic
def aim(by: Member, stage: str, recall: int, sure: int, looks: int) -> Plan:
    """Write down what is aimed at; the one before has ended and is kept. Raises Refused."""
    review = Review.objects.select_for_update().get(id=by.review_id)
    now = stopping.reading(review, stage)
    if not now.unread:
        raise not_now("There is nothing left to read here, so there is nothing to aim at.")
    Plan.objects.filter(review=review, stage=stage, ended_at=None).update(ended_at=timezone.now())
    row = Plan.objects.create(
        review=review, stage=stage, recall=recall, sure=sure, by=by, begun=now.read,
        total=now.total, every=max(1, -(-now.unread // looks)),
    )  # fmt: skip
    trail.leave(
        by, "aim of screening written down", stage=rules.STAGES[stage], recall=recall, sure=sure,
        looks_after_every=row.every, already_read=now.read,
    )  # fmt: skip
    return row


@transaction.atomic
def draw(by: Member, stage: str, size: int, seed: int | None = None) -> Audit:
    """Draw records by chance from all that were not settled when the audit began.

    Draws more for the audit that runs; begins another one where its records are no longer these.
    Raises Refused.
    """
    review = Review.objects.select_for_update().get(id=by.review_id)
    now = stopping.reading(review, stage)
    if not now.unread:
        raise not_now("There is nothing left to read here, so there is nothing to draw from.")
    run = stopping.audit(review, stage)
    if run is None or stopping.broken(run, now.total):
        run = _begin(by, review, stage, now, seed)
    drawn = run.draws.count()
    left = list(
        stopping.population(run).exclude(draws__audit=run).order_by("number").values("id", "number")
    )
    if not left:
        raise not_now("Every record there was to draw from has been drawn.")
    dice = np.random.default_rng([run.seed, drawn])
    chosen = dice.choice(len(left), size=min(size, len(left)), replace=False)
    AuditRecord.objects.bulk_create(
        AuditRecord(audit=run, screening_id=left[at]["id"], place=drawn + place)
        for place, at in enumerate(chosen, start=1)
    )
    trail.leave(
        by, "records drawn for an audit", stage=rules.STAGES[stage], audit=run.number,
        records=len(chosen), of=run.population,
    )  # fmt: skip
    return run


def _begin(
    by: Member, review: Review, stage: str, now: stopping.Reading, seed: int | None
) -> Audit:
    before = Audit.objects.filter(review=review, stage=stage)
    number = before.count() + 1
    before.filter(ended_at=None).update(ended_at=timezone.now())
    return Audit.objects.create(
        review=review, stage=stage, number=number, by=by, total=now.total,
        seed=secrets.randbits(32) if seed is None else seed,
        population=now.unread, before=now.found,
    )  # fmt: skip


@transaction.atomic
def stop(by: Member, stage: str, reason: str) -> Stop:
    """Stop here: what nobody has decided is left unread. What was begun is still finished.

    Only titles and abstracts: every report that was sought in full is read (PRISMA 2020 has no
    box for one that was not). Where it had stopped and records came since, as in an update, this
    one takes the place of the stop before, which is kept. Raises Refused.
    """
    review = Review.objects.select_for_update().get(id=by.review_id)
    if stage != rules.ABSTRACT:
        raise not_now("Every report that was sought in full is read. Only titles can be left.")
    before = stopping.stop(review, stage)
    waiting = stopping.unseen(review, stage)
    if before and not waiting:
        raise not_now("Screening has stopped here already.")
    if queries.open_round(review, stage):
        raise not_now("A calibration round is under way. It has to be finished first.")
    if not waiting:
        raise not_now("There is no record left that nobody has decided.")
    review.stops.filter(stage=stage, ended_at=None).update(ended_at=timezone.now())
    unread = stopping.unseen(review, stage)
    row = Stop.objects.create(
        review=review, stage=stage, until=review.records_made, unread=unread, reason=reason, by=by,
        how=ordering.how(ordering.current(review, stage)),
    )  # fmt: skip
    trail.leave(
        by, "screening stopped", stage=rules.STAGES[stage], reason=reason, left_unread=unread,
        order=rules.ORDERS[row.how],
    )  # fmt: skip
    return row


@transaction.atomic
def go_on(by: Member, stage: str) -> None:
    """Go on screening. That it had stopped stays in the trail."""
    review = Review.objects.select_for_update().get(id=by.review_id)
    rows = Stop.objects.filter(review=review, stage=stage, ended_at=None)
    if rows.update(ended_at=timezone.now()):
        trail.leave(by, "screening goes on", stage=rules.STAGES[stage])
