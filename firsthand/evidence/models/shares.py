"""Shares: which records each reviewer is asked, and the drawing that said so."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.evidence import rules
from firsthand.evidence.models.review import Member, Review, Row
from firsthand.evidence.models.screening import Screening


class Split(Row):
    """One drawing of shares: `seed` draws it again from the same records in order of number, and
    the same people in order of the day they joined and their keys.

    `asked` is how many decide each record; `percents` is by member's key what was asked of whom.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="splits")
    stage = models.CharField(max_length=9, choices=list(rules.STAGES.items()))
    asked = models.PositiveSmallIntegerField()
    percents = models.JSONField()
    seed = models.PositiveBigIntegerField()
    records = models.PositiveIntegerField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(asked__in=list(rules.SHARED_BY)), name="split_asked_known"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=list(rules.STAGES)), name="split_stage_known"
            ),
        ]

    def __str__(self) -> str:
        return f"shares at {self.stage}"


class Share(Row):
    """A record at a stage that one member is asked."""

    split = models.ForeignKey(Split, on_delete=models.CASCADE, related_name="shares")
    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="shares")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["screening", "member"], name="share_once_a_member"),
        ]

    def __str__(self) -> str:
        return f"{self.screening_id} for {self.member_id}"
