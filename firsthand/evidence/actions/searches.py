"""Writing down a search run, as PRISMA-S asks."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from firsthand.evidence import trail
from firsthand.evidence.models import Member, Review, SearchRun


@transaction.atomic
def add(by: Member, said: Mapping[str, Any]) -> SearchRun:
    """Write a search run down under the next number."""
    review = Review.objects.select_for_update().get(id=by.review_id)
    review.searches_made += 1
    review.save(update_fields=["searches_made"])
    run = SearchRun.objects.create(review=review, number=review.searches_made, by=by, **said)
    trail.leave(by, "search written down", number=run.number, database=run.database)
    return run


@transaction.atomic
def change(by: Member, run: SearchRun, said: Mapping[str, Any]) -> None:
    """Mend what was written down of a search; the trail keeps how it was."""
    row = SearchRun.objects.select_for_update().get(id=run.id)
    before = {name: getattr(row, name) for name in said if getattr(row, name) != said[name]}
    if not before:
        return
    for name in before:
        setattr(row, name, said[name])
    row.save(update_fields=list(before))
    trail.leave(by, "search changed", number=row.number, before=_plain(before))


def _plain(before: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v if v is None or isinstance(v, int) else str(v) for k, v in before.items()}
