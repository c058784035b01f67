"""Charting: the form in its versions, each person's chart with every save of it, and what settled
where two differed. Fields and answers are kept as `methods.charting.plain` writes them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.evidence.models.review import Member, Review, Row
from firsthand.evidence.models.studies import Study


class ChartForm(Row):
    """One version of a review's charting form. Published, it never changes; a draft is not yet.

    `made` gives new fields and choices their keys: none is ever used again, in a later version
    either.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="chart_forms")
    version = models.PositiveIntegerField()
    fields = models.JSONField(default=list)
    made = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "version"], name="chart_form_version_once"),
            models.UniqueConstraint(
                fields=["review"], condition=Q(published_at=None), name="chart_form_one_draft"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="chart_form_version_counts"),
        ]

    def __str__(self) -> str:
        return f"charting form, version {self.version}"


class Chart(Row):
    """What one person charted of a study with one version of the form.

    `revision` grows with each save. Once as many have finished as are needed, all stay as they are.
    """

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="charts")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="charts")
    form = models.ForeignKey(ChartForm, on_delete=models.PROTECT, related_name="charts")
    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["begun_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study", "member", "form"], name="chart_once_a_person_a_version"
            ),
        ]

    def __str__(self) -> str:
        return f"a chart of {self.study_id}"


class ChartSave(Row):
    """A chart as it was saved once. Two windows are told apart by what each began from."""

    chart = models.ForeignKey(Chart, on_delete=models.CASCADE, related_name="saves")
    revision = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["revision"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chart", "revision"], name="chart_save_once"),
        ]

    def __str__(self) -> str:
        return f"save {self.revision} of {self.chart_id}"


class Draw(Row):
    """Studies drawn by chance to be charted by two people. Pool and seed draw the same again."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="draws")
    share = models.PositiveSmallIntegerField()
    seed = models.PositiveBigIntegerField()
    pool = models.JSONField(default=list)
    drawn = models.JSONField(default=list)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(share__gte=1, share__lte=100), name="draw_share_in_bounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share}% of {len(self.pool)}"


class Reconciled(Row):
    """The value that settled a field on which two charts differed, with the reason for it.

    One that another took the place of has ended and is kept. Both charts stay as they are.
    """

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="reconciled")
    form = models.ForeignKey(ChartForm, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=20)
    answer = models.JSONField()
    reason = models.TextField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study", "form", "field"],
                condition=Q(ended_at=None),
                name="reconciled_one_value",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="reconciled_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.study_id}"
