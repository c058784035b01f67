"""Labels that members put on records, and blocks of words that are marked in titles and abstracts.

Both have a colour and a line, so that nobody has to tell colours apart.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from firsthand.evidence import rules
from firsthand.evidence.models.review import Member, Review, Row
from firsthand.evidence.models.screening import Screening


class Label(Row):
    """A label of a review. One that was removed is on no page; put back, it is where it was."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="labels")
    name = models.CharField(max_length=60)
    colour = models.CharField(max_length=6, choices=list(rules.COLOURS.items()))
    line = models.CharField(max_length=6, choices=list(rules.LINES.items()))
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint("review", Lower("name"), name="label_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="label_has_a_name"),
            models.CheckConstraint(
                condition=Q(colour__in=list(rules.COLOURS), line__in=list(rules.LINES)),
                name="label_look_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LabelOn(Row):
    """A label that one member put on a record at a stage: theirs alone until all have decided."""

    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="places")
    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="labels")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["label__at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["label", "screening", "member"], name="label_on_once_a_member"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label_id} on {self.screening_id}"


class Block(Row):
    """Words of one idea that are marked while screening, one a line in `words`."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="blocks")
    name = models.CharField(max_length=60)
    words = models.TextField()
    colour = models.CharField(max_length=6, choices=list(rules.COLOURS.items()))
    line = models.CharField(max_length=6, choices=list(rules.LINES.items()))
    used = models.BooleanField(default=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint("review", Lower("name"), name="block_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="block_has_a_name"),
            models.CheckConstraint(condition=~Q(words=""), name="block_has_words"),
            models.CheckConstraint(
                condition=Q(colour__in=list(rules.COLOURS), line__in=list(rules.LINES)),
                name="block_look_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name
