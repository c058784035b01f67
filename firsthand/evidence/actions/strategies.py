"""Keeping a built search: each saving is a new version, and going back is one too."""

from typing import Any

from django.db import transaction

from firsthand.access.refused import not_now
from firsthand.evidence import trail
from firsthand.evidence.models import Member, Review, Strategy


@transaction.atomic
def save(by: Member, content: dict[str, Any], note: str = "", base: int = 0) -> Strategy:
    """Keep a search as the next version. The same again makes none.

    `base` is the version it was made from. Raises Refused when a later one is there by now.
    """
    review = Review.objects.select_for_update().get(id=by.review_id)
    last = review.strategies.select_related("by__user").last()
    if last is not None and last.content == content:
        return last
    number = last.number if last else 0
    if last is not None and base != number:
        raise not_now(
            f"{last.by.user.name} saved version {number} meanwhile. What you typed is below, and "
            "not saved yet. Look at theirs first. To make yours the next version, save again."
        )
    return _keep(by, review, number + 1, content, note)


@transaction.atomic
def go_back(by: Member, strategy: Strategy) -> Strategy:
    """Let an earlier version hold again, as a new one. Raises Refused when it is the last."""
    review = Review.objects.select_for_update().get(id=by.review_id)
    last = review.strategies.last()
    if last is None or last.content == strategy.content:
        raise not_now("This is how the search stands already.")
    note = f"Back to version {strategy.number}"
    return _keep(by, review, last.number + 1, strategy.content, note)


def _keep(by: Member, review: Review, number: int, content: dict[str, Any], note: str) -> Strategy:
    row = Strategy.objects.create(review=review, number=number, content=content, note=note, by=by)
    trail.leave(
        by, "search built", version=number, blocks=[each["name"] for each in content["blocks"]],
        note=note,
    )  # fmt: skip
    return row
