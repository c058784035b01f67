"""Coding twice: the draw that said which sources two people code, and what settled a difference."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from firsthand.codebook import rules
from firsthand.codebook.models.codes import Code
from firsthand.codebook.models.passages import Passage
from firsthand.codebook.models.project import Coder, Project, Row
from firsthand.codebook.models.sources import Source


class DoubleDraw(Row):
    """One drawing of sources that two code. `seed` draws the same again: see `methods.doubling`.

    `pool` are the numbers of the sources it was drawn from, `among` the names of the coders it
    drew from, both in the order that they were in.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="draws")
    percent = models.PositiveSmallIntegerField()
    seed = models.PositiveBigIntegerField()
    pool = models.JSONField()
    among = models.JSONField()
    by = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100), name="double_draw_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} % of {len(self.pool)}"


class Doubled(Row):
    """A source that was drawn, and the two who were drawn to code it."""

    draw = models.ForeignKey(DoubleDraw, on_delete=models.CASCADE, related_name="drawn")
    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="doubled")
    first = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["source__number"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(first=F("second")), name="doubled_by_two"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} by {self.first_id} and {self.second_id}"


class Settlement(Row):
    """What settled one difference between coders of a source, with the reason. Theirs stays.

    The difference is `passages` (what each marked with `code` there). `takes` is whose coding was
    taken. `start` and `end` are those of a new stretch, in the text of `digest`. Undone, it stays
    in the history.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="settlements")
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="+")
    passages = models.ManyToManyField(Passage, related_name="settlements")
    choice = models.CharField(max_length=7, choices=list(rules.SETTLES.items()))
    takes = models.ForeignKey(
        Coder, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    reason = models.TextField()
    by = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        Coder, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="settlement_says_why"),
            models.CheckConstraint(
                condition=Q(choice=rules.ONE, takes__isnull=False)
                | (Q(choice__in=[rules.ALL, rules.NEITHER, rules.NEW], takes=None)),
                name="settlement_of_whom",
            ),
            models.CheckConstraint(
                condition=Q(choice=rules.NEW, start__lt=F("end"))
                | (~Q(choice=rules.NEW) & Q(start=None, end=None)),
                name="settlement_new_stretch",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="settlement_undone_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.choice} for {self.code_id} in {self.source_id}"
