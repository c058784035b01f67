"""When to stop: what was aimed at beforehand, records drawn to find out what is left, stopping."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.evidence import rules
from firsthand.evidence.models.review import Member, Review, Row
from firsthand.evidence.models.screening import Screening


class Plan(Row):
    """What is aimed at when screening of a stage stops, written down before looking.

    `recall` and `sure` in per cent; a look is taken after every `every` records from `begun`, the
    records settled then, of `total`. It has ended once another was made.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="plans")
    stage = models.CharField(max_length=9, choices=list(rules.STAGES.items()))
    recall = models.PositiveSmallIntegerField()
    sure = models.PositiveSmallIntegerField()
    every = models.PositiveIntegerField()
    begun = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["review", "stage"], condition=Q(ended_at=None), name="plan_one_a_stage"
            ),
            models.CheckConstraint(
                condition=Q(recall__gte=1, recall__lte=100), name="plan_recall_in_bounds"
            ),
            models.CheckConstraint(
                condition=Q(sure__gte=50, sure__lte=99), name="plan_sure_in_bounds"
            ),
            models.CheckConstraint(condition=Q(every__gte=1), name="plan_looks_now_and_then"),
        ]

    def __str__(self) -> str:
        return f"{self.recall} % at {self.sure} %"


class Audit(Row):
    """Records drawn by chance from all that were not settled, to find out how many are left.

    `population` were not settled then, `before` were included by then, of `total` in all; `seed`
    draws the same ones again. It has ended once another was begun.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="audits")
    stage = models.CharField(max_length=9, choices=list(rules.STAGES.items()))
    number = models.PositiveIntegerField()
    seed = models.PositiveBigIntegerField()
    population = models.PositiveIntegerField()
    before = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "stage", "number"], name="audit_number_once"),
            models.UniqueConstraint(
                fields=["review", "stage"], condition=Q(ended_at=None), name="audit_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="audit_numbers_from_one"),
        ]

    def __str__(self) -> str:
        return f"audit {self.number}"


class AuditRecord(Row):
    """A record drawn for an audit, and as which: only draws in their order count."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="draws")
    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="draws")
    place = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["audit", "place"], name="draw_place_once"),
            models.UniqueConstraint(fields=["audit", "screening"], name="draw_record_once"),
        ]

    def __str__(self) -> str:
        return f"draw {self.place} of {self.audit_id}"


class Stop(Row):
    """Screening of a stage stopped here, because of `reason`; undone once it has ended.

    It speaks of records up to number `until`: what is imported later waits for its reviewers.
    `unread` nobody had decided then; `how` was the order.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="stops")
    stage = models.CharField(max_length=9, choices=list(rules.STAGES.items()))
    until = models.PositiveIntegerField()
    unread = models.PositiveIntegerField()
    how = models.CharField(max_length=8, choices=list(rules.ORDERS.items()))
    reason = models.TextField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["review", "stage"], condition=Q(ended_at=None), name="stop_one_a_stage"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="stop_says_why"),
        ]

    def __str__(self) -> str:
        return f"stopped at {self.stage}"
