"""Screening: a record at a stage, who decided what, what settled it, calibration rounds."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.evidence import rules
from firsthand.evidence.models.criteria import Criterion
from firsthand.evidence.models.review import Member, Review, Row
from firsthand.evidence.models.searching import Record


class Round(Row):
    """A calibration round: records seen by all, to find out whether everyone means the same.

    The records were drawn by chance; `seed` draws the same ones again.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="rounds")
    stage = models.CharField(max_length=9, choices=list(rules.STAGES.items()))
    number = models.PositiveIntegerField()
    seed = models.PositiveBigIntegerField()
    criteria_version = models.PositiveIntegerField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["stage", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["review", "stage", "number"], name="calibration_round_number_once"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=list(rules.STAGES)), name="calibration_round_stage_known"
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.number}"


class Screening(Row):
    """One record at one stage: how it stands, and how many reviewers are to decide it.

    `number` is the record's, beside the state, so that the next one is found at once. A record
    that does not stand for its group of duplicates is set aside: what was decided on it stays.
    `settled_at` is since when it has been included or excluded, by all who were to decide it.
    Record ids are random (UUID 4), so records in the order of their ids are in an order of chance.
    `pool`: anyone may be asked it; otherwise only those in whose share it is.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="screenings")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="screenings")
    stage = models.CharField(max_length=9, choices=list(rules.STAGES.items()))
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=list(rules.STATES.items()), default=rules.UNSEEN)
    needed = models.PositiveSmallIntegerField()
    stands = models.BooleanField(default=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    pool = models.BooleanField(default=True)
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, null=True, blank=True, related_name="screenings"
    )

    class Meta:
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [
            models.Index(fields=["review", "stage", "state"], name="screening_by_state"),
            models.Index(fields=["review", "stage", "number"], name="screening_in_order"),
            models.Index(fields=["review", "stage", "record"], name="screening_by_chance"),
            models.Index(fields=["review", "stage", "settled_at"], name="screening_by_settling"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "stage"], name="screening_once_a_stage"),
            models.CheckConstraint(
                condition=Q(stage__in=list(rules.STAGES)), name="screening_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(rules.STATES)), name="screening_state_known"
            ),
            models.CheckConstraint(condition=Q(needed__gte=1), name="screening_needs_someone"),
        ]

    def __str__(self) -> str:
        return f"record {self.number} at {self.stage}"


class Decision(Row):
    """What one reviewer decided, under which version of the criteria.

    `revealed` once they have been shown what another decided: it is theirs, blind, for good.
    """

    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="decisions")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="decisions")
    choice = models.CharField(max_length=7, choices=list(rules.CHOICES.items()))
    note = models.TextField(blank=True)
    reasons = models.ManyToManyField(Criterion, through="DecisionReason", related_name="+")
    criteria_version = models.PositiveIntegerField()
    revealed = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [models.Index(fields=["member", "-at"], name="decision_newest")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["screening", "member"], name="decision_once_a_reviewer_a_record_a_stage"
            ),
            models.CheckConstraint(
                condition=Q(choice__in=list(rules.CHOICES)), name="decision_choice_known"
            ),
        ]

    def __str__(self) -> str:
        return f"a decision on {self.screening_id}"


class Resolution(Row):
    """The further decision that settled a record on which its reviewers differed."""

    screening = models.OneToOneField(Screening, on_delete=models.PROTECT, related_name="resolution")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(
        max_length=7, choices=[(each, rules.CHOICES[each]) for each in rules.FINAL]
    )
    note = models.TextField(blank=True)
    reasons = models.ManyToManyField(Criterion, through="ResolutionReason", related_name="+")
    criteria_version = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(choice__in=list(rules.FINAL)), name="resolution_choice_known"
            ),
        ]

    def __str__(self) -> str:
        return f"what settled {self.screening_id}"


class DecisionReason(Row):
    """A criterion that a decision names. The criterion cannot go while it is named."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="+")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "criterion"], name="decision_reason_once"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id} named by {self.decision_id}"


class ResolutionReason(Row):
    """A criterion that what settled a record names."""

    resolution = models.ForeignKey(Resolution, on_delete=models.CASCADE, related_name="+")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["resolution", "criterion"], name="resolution_reason_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id} named by {self.resolution_id}"
