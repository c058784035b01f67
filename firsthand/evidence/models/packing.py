"""A review's package that is being made in the background, or is ready to be downloaded."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.evidence import rules
from firsthand.evidence.models.review import Member, Review, Row


class Packing(Row):
    """A package of a review: how many of its tables are written, and which review it tells of.

    `made_of` counts what had been done in the review then, and `withdrawn` what people had taken
    back: with these, a later change is noticed. `by` is who asked for it.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="packings")
    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    stage = models.CharField(
        max_length=8, choices=list(rules.PACKINGS.items()), default=rules.PACK_WAITING
    )
    done = models.PositiveIntegerField(default=0)
    made_of = models.CharField(max_length=60, blank=True)
    withdrawn = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    why_failed = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["review"], condition=Q(stage=rules.PACK_WAITING), name="packing_one_a_time"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=list(rules.PACKINGS)), name="packing_stage_known"
            ),
            models.CheckConstraint(
                condition=~Q(stage=rules.PACK_READY) | Q(made_at__isnull=False, size__gte=1),
                name="packing_ready_has_something",
            ),
            models.CheckConstraint(
                condition=~Q(stage=rules.PACK_FAILED) | ~Q(why_failed=""),
                name="packing_says_why_failed",
            ),
        ]

    def __str__(self) -> str:
        return f"a package of {self.review_id}"


class PackingPiece(Row):
    """A piece of a package that is ready: so that no more of it is ever in memory at one time."""

    packing = models.ForeignKey(Packing, on_delete=models.CASCADE, related_name="pieces")
    place = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["packing", "place"], name="packing_piece_in_order"),
        ]

    def __str__(self) -> str:
        return f"piece {self.place} of {self.packing_id}"
