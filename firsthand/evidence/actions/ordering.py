"""Choosing the order of a stage, and having a learned one ranked anew in the background."""

import logging
import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from firsthand.evidence import ranking, rules, trail
from firsthand.evidence.models import Member, Ordering, Ranked, Review
from firsthand.evidence.ordering import current, how

log = logging.getLogger(__name__)
STUCK = timedelta(minutes=10)  # longer than setting up takes: whoever ranked is gone
_BROKEN = "Something went wrong on this site while records were put in order."


@transaction.atomic
def choose(by: Member, stage: str, chosen: str) -> Ordering | None:
    """Let records of a stage come in this order from now on. What was decided stays as it is."""
    review = Review.objects.select_for_update().get(id=by.review_id)
    before = current(review, stage)
    if how(before) == chosen:
        return before
    Ordering.objects.filter(review=review, stage=stage, ended_at=None).update(
        ended_at=timezone.now(), asked_at=None
    )
    Ranked.objects.filter(ordering__review=review, ordering__stage=stage).delete()
    order = Ordering.objects.create(review=review, stage=stage, how=chosen, by=by)
    said = {"was": rules.ORDERS[how(before)], "now": rules.ORDERS[chosen]}
    trail.leave(by, "order changed", stage=rules.STAGES[stage], **said)
    ask(review.id, stage)
    return order


def ask(review: uuid.UUID, stage: str | None = None) -> None:
    """Have what is learned ranked anew, unless that waits to be done already."""
    rows = Ordering.objects.filter(
        review_id=review, how=rules.LEARNED, ended_at=None, asked_at=None
    )
    if stage is not None:
        rows = rows.filter(stage=stage)
    for order in list(rows.values_list("id", flat=True)):
        if Ordering.objects.filter(id=order, asked_at=None).update(asked_at=timezone.now()):
            rank.enqueue(str(order))


@task()
def rank(order: str) -> None:
    """Rank what is open by what was settled so far. What is settled meanwhile asks once more."""
    rows = Ordering.objects.filter(id=uuid.UUID(order), ended_at=None, asked_at__isnull=False)
    if not rows.update(asked_at=None):
        return
    row = Ordering.objects.select_related("review").get(id=uuid.UUID(order))
    try:
        learned, trouble = ranking.rank(row), ""
    except ValueError as error:
        learned, trouble = 0, str(error)
    except Exception as error:  # whatever it is, screening goes on in the order of import
        log.warning("", extra={"event": "ranking failed", "why": type(error).__name__})
        ranking.forget(row.id)
        learned, trouble = 0, _BROKEN
    Ordering.objects.filter(id=row.id).update(
        learned=learned, trouble=trouble, ranked_at=timezone.now()
    )


def pick_up() -> None:
    """Have rankings made whose worker was killed. A chore."""
    late = timezone.now() - STUCK
    rows = Ordering.objects.filter(ended_at=None, asked_at__lte=late)
    for order in list(rows.values_list("id", flat=True)):
        Ordering.objects.filter(id=order).update(asked_at=timezone.now())
        rank.enqueue(str(order))
