"""Where the report of a review meets each item of the PRISMA-ScR checklist."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.evidence.checklist_items import ITEMS
from firsthand.evidence.models.review import Review, Row


class Reported(Row):
    """What someone wrote to one item: where it is met, or why it does not apply here."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="reported")
    item = models.PositiveSmallIntegerField()
    where = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    applies = models.BooleanField(default=True)
    why = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["item"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "item"], name="reported_item_once"),
            models.CheckConstraint(
                condition=Q(item__gte=1, item__lte=len(ITEMS)), name="reported_item_known"
            ),
            models.CheckConstraint(
                condition=Q(applies=True) | ~Q(why=""), name="reported_says_why_not"
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.item} of {self.review_id}"
