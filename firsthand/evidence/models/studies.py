"""Studies: the pieces of research that included reports come from."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.evidence.models.review import Review, Row
from firsthand.evidence.models.searching import Record

MOST_CHARTERS = 2


class Study(Row):
    """A study. `needed` is how many people chart it, apart from each other.

    A study whose reports were all joined to another, or left out later, is set aside: it keeps its
    number and all that was charted.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="studies")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    needed = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "number"], name="study_number_once"),
            models.CheckConstraint(condition=~Q(name=""), name="study_has_a_name"),
            models.CheckConstraint(
                condition=Q(needed__gte=1, needed__lte=MOST_CHARTERS),
                name="study_charters_in_bounds",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StudyReport(Row):
    """A report's place in a study, of which there is one. `home` is where it goes when taken out.

    `chosen`: someone made it the study's main report; otherwise it is the first of them.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="reports")
    home = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="+")
    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="of_study")
    chosen = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["record__number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study"], condition=Q(chosen=True), name="study_has_one_main_report"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} of {self.study_id}"

    @property
    def joined(self) -> bool:
        return self.study_id != self.home_id
