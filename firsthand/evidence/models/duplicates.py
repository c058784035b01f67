"""Duplicates: what holds between two records, the groups that follow from it, and each look."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from firsthand.evidence import rules
from firsthand.evidence.models.review import Member, Review, Row
from firsthand.evidence.models.searching import Record


class Look(Row):
    """One time of looking for duplicates among records that were not compared before.

    `by` is who asked for it; nobody, after an import.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="looks")
    stage = models.CharField(
        max_length=8, choices=list(rules.LOOKS.items()), default=rules.LOOK_WAITING
    )
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    records = models.PositiveIntegerField(default=0)
    merged = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    linked = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["review"], condition=Q(stage=rules.LOOK_WAITING), name="look_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=list(rules.LOOKS)), name="look_stage_known"
            ),
        ]

    def __str__(self) -> str:
        return f"a look for duplicates in {self.review_id}"


class Pair(Row):
    """Two records and what holds between them: by whom (nobody: by itself), why, since when.

    An answer that was undone, or took another's place, has ended and is kept. `first` and
    `second` stand in the order of their keys, so that two records are one pair.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="pairs")
    first = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    holds = models.CharField(max_length=8, choices=list(rules.PAIRS.items()))
    kind = models.CharField(max_length=8, choices=list(rules.LINKS.items()), blank=True)
    rule = models.CharField(max_length=80, blank=True)
    reason = models.TextField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["review", "holds", "ended_at", "-at"], name="pair_by_answer"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(ended_at=None), name="pair_holds_one_thing"
            ),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="pair_says_why"),
            models.CheckConstraint(
                condition=Q(holds__in=list(rules.PAIRS)), name="pair_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["", *rules.LINKS]), name="pair_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None) | Q(ended_at__isnull=False), name="pair_ended_by_whom"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holds}: {self.first_id} and {self.second_id}"

    @property
    def two(self) -> tuple[Record, Record]:
        """Both records, the one that came first in front."""
        one, other = self.first, self.second
        return (one, other) if one.number < other.number else (other, one)


class Trace(Row):
    """What a record that was compared can be found again by (`methods.dedupe.traces`)."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="trace")
    keys = models.BinaryField()

    def __str__(self) -> str:
        return f"trace of {self.record_id}"


class Group(Row):
    """Records that are one report. It follows from the pairs that are the same report.

    `shown` maps a field to the number of the record whose value someone chose to show.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="groups")
    shown = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"group {self.id}"


class Grouped(Row):
    """A record's place in its group, of which there is one at most. One stands for the group."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="places")
    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="grouped")
    stands = models.BooleanField()

    class Meta:
        ordering: ClassVar = ["record__number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group"], condition=Q(stands=True), name="group_has_one_that_stands"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} in {self.group_id}"
