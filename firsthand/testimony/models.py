"""What people say happened. The words are in the vault; these rows say where, and how far."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.people.rules import SERVICE_KINDS
from firsthand.testimony import rules
from firsthand.vault.marked import Marked


class Testimony(Marked):
    """One telling. `told_on` is the day it was kept; before that it is a draft."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.OneToOneField("vault.Item", on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=list(rules.STAGES.items()), default=rules.DRAFT)
    begun_on = models.DateField()
    told_on = models.DateField(null=True)

    MARKED = ("id", "item_id")

    class Meta:
        verbose_name_plural = "testimonies"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stage__in=list(rules.STAGES)), name="testimony_stage_known"
            ),
            models.CheckConstraint(
                condition=~Q(stage=rules.KEPT) | Q(told_on__isnull=False),
                name="testimony_kept_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"testimony {self.id}"


class Attachment(Marked):
    """A file someone added. Its name and kind are sealed with it.

    Its id is made from the form's number and the file: sent twice, it is one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    testimony = models.ForeignKey(Testimony, on_delete=models.CASCADE, related_name="attachments")
    item = models.OneToOneField("vault.Item", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()

    MARKED = ("id", "testimony_id", "item_id")

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["testimony", "place"], name="attachment_once_a_place")
        ]

    def __str__(self) -> str:
        return f"attachment {self.place} of {self.testimony_id}"


class Counted(models.Model):
    """What may be counted of a testimony: here only while its owner wishes so.

    `month` is the one in which they said yes. `later` is what these columns are to hold from the
    day `later_from` on, the first of a quarter. `revision` is the item's as this row was written;
    `proof` is the server's mark of all the rest. A row that was changed from outside, or put back,
    is counted no more. See `counting` and `coded`.
    """

    testimony = models.OneToOneField(
        Testimony, on_delete=models.CASCADE, primary_key=True, related_name="counted"
    )
    model_version = models.CharField(max_length=20)
    codes = models.JSONField(default=list)
    month = models.DateField()
    service_kind = models.CharField(max_length=20, choices=list(SERVICE_KINDS.items()))
    place = models.CharField(max_length=100, blank=True)
    later = models.JSONField(null=True)
    later_from = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=0)
    proof = models.BinaryField(max_length=32, default=bytes)

    class Meta:
        verbose_name_plural = "counted"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(month__day=1), name="counted_by_the_month"),
            models.CheckConstraint(
                condition=Q(later__isnull=True, later_from__isnull=True)
                | Q(later__isnull=False, later_from__day=1, later_from__month__in=(1, 4, 7, 10)),
                name="counted_later_by_the_quarter",
            ),
        ]

    def __str__(self) -> str:
        return "one counted testimony"


class Tally(models.Model):
    """How often a code was suggested here, and how often it was taken. Never to whom.

    Only of those who let what they told be counted.
    """

    model_version = models.CharField(max_length=20)
    code = models.CharField(max_length=20)
    taken = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "tallies"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["model_version", "code"], name="tally_once_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.taken} taken, {self.left} left"
