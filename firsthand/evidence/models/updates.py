"""Updates of a review: from here on, what is found is new, and what was included stands before."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.evidence.models.review import Member, Review, Row


class Update(Row):
    """The beginning of an update. Records up to number `after` belong to what went before it."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="updates")
    number = models.PositiveIntegerField()
    after = models.PositiveIntegerField()
    searches = models.PositiveIntegerField()
    why = models.TextField(blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "number"], name="review_update_number_once"),
            models.CheckConstraint(condition=Q(after__gte=1), name="review_update_after_something"),
        ]

    def __str__(self) -> str:
        return f"update {self.number}"
