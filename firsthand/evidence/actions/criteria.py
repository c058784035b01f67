"""Adding, rewording, retiring and deleting criteria: each makes a new version of them all."""

from django.db import transaction

from firsthand.access.refused import not_now
from firsthand.evidence import policies, queries, rules, trail
from firsthand.evidence.models import Criterion, Member, Review, Wording


@transaction.atomic
def add(by: Member, kind: str, text: str, reason: str = "") -> Criterion:
    """Add a criterion under the next number."""
    review = _next_version(by)
    review.criteria_made += 1
    review.save(update_fields=["criteria_version", "criteria_made"])
    row = Criterion.objects.create(review=review, number=review.criteria_made, kind=kind)
    _word(by, row, review, rules.ADDED, text, reason)
    return row


@transaction.atomic
def reword(by: Member, criterion: Criterion, text: str, reason: str) -> None:
    """Say a criterion anew; what was decided keeps the wording it was decided under."""
    review = _next_version(by)
    last = _last(criterion)
    if last.text == text:
        return
    review.save(update_fields=["criteria_version"])
    _word(by, criterion, review, rules.REWORDED, text, reason)


@transaction.atomic
def retire(by: Member, criterion: Criterion, reason: str) -> None:
    """Use a criterion no longer from now on."""
    review = _next_version(by)
    last = _last(criterion)
    review.save(update_fields=["criteria_version"])
    _word(by, criterion, review, rules.RETIRED, last.text, reason)


@transaction.atomic
def delete(by: Member, criterion: Criterion) -> None:
    """Delete a criterion that nothing was ever decided under. Raises Refused when it is in use."""
    review = _next_version(by)
    policies.check_not_in_use(criterion, queries.decided_under(criterion))
    review.save(update_fields=["criteria_version"])
    last = criterion.wordings.last()
    trail.leave(by, "criterion deleted", number=criterion.number, text=last.text if last else "")
    criterion.delete()


def _next_version(by: Member) -> Review:
    """Return the review, locked, at its next version of the criteria; not kept yet."""
    review = Review.objects.select_for_update().get(id=by.review_id)
    review.criteria_version += 1
    return review


def _last(criterion: Criterion) -> Wording:
    last = criterion.wordings.order_by("since").last()
    if last is None or last.change == rules.RETIRED:
        raise not_now("This criterion has been retired. Add it again as a new one if you need it.")
    return last


def _word(
    by: Member, criterion: Criterion, review: Review, change: str, text: str, reason: str
) -> None:
    Wording.objects.create(
        criterion=criterion, since=review.criteria_version, change=change, text=text,
        reason=reason, by=by,
    )  # fmt: skip
    trail.leave(
        by, f"criterion {change}", number=criterion.number, version=review.criteria_version,
        text=text, reason=reason,
    )  # fmt: skip
