"""Beginning an update of a review, and taking that back while nothing has come of it."""

from django.db import transaction

from firsthand.access.refused import not_now
from firsthand.evidence import rules, stopping, trail
from firsthand.evidence.models import Member, Review, Screening, Update


@transaction.atomic
def begin(by: Member, why: str = "") -> Update:
    """From now on what is found is new. Raises Refused while the last version is not finished."""
    review = Review.objects.select_for_update().get(id=by.review_id)
    last = review.updates.last()
    if review.records_made <= (last.after if last else 0):
        raise not_now("Nothing has been found since the last version, so there is none to update.")
    _check_finished(review)
    row = Update.objects.create(
        review=review, number=(last.number if last else 0) + 1, after=review.records_made,
        searches=review.searches_made, why=why, by=by,
    )  # fmt: skip
    trail.leave(by, "update begun", number=row.number, records_before=row.after, why=why)
    return row


@transaction.atomic
def take_back(by: Member, update: Update) -> None:
    """Take back the beginning of the last update. Raises Refused once anything was found in it."""
    review = Review.objects.select_for_update().get(id=by.review_id)
    last = review.updates.last()
    if last is None or last.id != update.id:
        raise not_now("This update was taken back already, or another one has begun since.")
    if (review.records_made, review.searches_made) != (last.after, last.searches):
        raise not_now("Searches have been written down in this update, so it stays.")
    trail.leave(by, "update taken back", number=last.number)
    last.delete()


def _check_finished(review: Review) -> None:
    rows = Screening.objects.filter(review=review, stands=True)
    left = rows.filter(state__in=(*rules.OPEN, rules.CONFLICT)).count()
    left -= sum(stopping.not_screened(review, stage) for stage in rules.STAGES)
    if left:
        said = "One record is" if left == 1 else f"{left:,} records are"
        raise not_now(
            f"{said} still to be decided or settled. Finish this version first: its diagram then "
            "says what the next one begins with."
        )
