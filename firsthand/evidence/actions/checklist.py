"""Writing down where an item of the checklist is met, or why it does not apply."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from firsthand.evidence import trail
from firsthand.evidence.checklist_items import Item
from firsthand.evidence.models import Member, Reported, Review


@transaction.atomic
def say(by: Member, item: Item, said: Mapping[str, Any]) -> None:
    """Keep what is said of an item; the trail keeps how it was."""
    review = Review.objects.select_for_update().get(id=by.review_id)
    row = Reported.objects.filter(review=review, item=item.number).first()
    row = row or Reported(review=review, item=item.number)
    before = {name: getattr(row, name) for name in said if getattr(row, name) != said[name]}
    if not before:
        return
    for name in before:
        setattr(row, name, said[name])
    row.save()
    trail.leave(by, "checklist item written", item=item.number, before=before)
