"""Eligibility criteria: numbered statements, and every wording they have had."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.evidence import rules
from firsthand.evidence.models.review import Member, Review, Row


class Criterion(Row):
    """One criterion. Its number stays its own, also after it was retired or deleted."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="criteria")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=7, choices=list(rules.KINDS.items()))

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "number"], name="criterion_number_once"),
            models.CheckConstraint(
                condition=Q(kind__in=list(rules.KINDS)), name="criterion_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"criterion {self.number}"


class Wording(Row):
    """What a criterion says from one version of the review's criteria on, and why it was changed.

    The last wording of a criterion that is no longer used has `change` retired.
    """

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="wordings")
    since = models.PositiveIntegerField()
    change = models.CharField(max_length=8, choices=list(rules.CHANGES.items()))
    text = models.TextField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["since"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["criterion", "since"], name="wording_once_a_version"),
            models.CheckConstraint(
                condition=Q(change__in=list(rules.CHANGES)), name="wording_change_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="wording_says_something"),
            models.CheckConstraint(condition=Q(since__gte=1), name="wording_of_a_version"),
            models.CheckConstraint(
                condition=Q(change=rules.ADDED) | ~Q(reason=""), name="wording_changed_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id} since {self.since}"
