"""In which order a stage's records are put before reviewers, and the top of a learned order."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.evidence import rules
from firsthand.evidence.models.review import Member, Review, Row
from firsthand.evidence.models.screening import Screening


class Ordering(Row):
    """An owner's choice of an order for a stage; it has ended once another was made.

    Where none was made, records come as they were imported. Of a learned order: `asked_at` while
    a new ranking waits to be made, `ranked_at` when the last was, `learned` the settled records it
    was learned from, `trouble` what kept it from being made.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="orderings")
    stage = models.CharField(max_length=9, choices=list(rules.STAGES.items()))
    how = models.CharField(max_length=8, choices=list(rules.ORDERS.items()))
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    ranked_at = models.DateTimeField(null=True, blank=True)
    learned = models.PositiveIntegerField(default=0)
    trouble = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["review", "stage"], condition=Q(ended_at=None), name="ordering_one_a_stage"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=list(rules.STAGES)), name="ordering_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(how__in=list(rules.ORDERS)), name="ordering_way_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.how} order at {self.stage}"


class Ranked(Row):
    """A record's place near the top of a learned order, and why it is there.

    Only the top is kept: writing 100,000 places after every decision would take longer than
    making them. `why` holds words and numbers of settled records, and nothing of this record's
    own decisions: nobody's choice can be read from its place.
    """

    ordering = models.ForeignKey(Ordering, on_delete=models.CASCADE, related_name="ranked")
    screening = models.OneToOneField(Screening, on_delete=models.CASCADE, related_name="ranked")
    rank = models.PositiveIntegerField()
    why = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["rank"]
        indexes: ClassVar = [models.Index(fields=["ordering", "rank"], name="ranked_in_order")]

    def __str__(self) -> str:
        return f"place {self.rank} of {self.ordering_id}"
