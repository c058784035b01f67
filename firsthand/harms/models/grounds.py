"""What stands beneath the lines of a version, who looked at it before it was published, and which
version people's accounts are linked with."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from firsthand.harms import rules
from firsthand.harms.models.model import FrozenModel, ModelVersion

_WHO = "people.User"


class Ground(FrozenModel):
    """Something that a line of the model stands on, from one kind of source.

    `count` is of papers, passages, answers and so on; None when it is held back or there is
    nothing to count. `low` and `high` are an interval, such as that of a rank. `detail` is
    {name: value} to be shown beside it. `at` is the path to what stands beneath, or "".
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(ModelVersion, on_delete=models.CASCADE, related_name="grounds")
    code = models.CharField(max_length=12)
    kind = models.CharField(
        max_length=9, choices=[(kind, said[0]) for kind, said in rules.GROUNDS.items()]
    )
    title = models.CharField(max_length=300)
    count = models.PositiveIntegerField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    detail = models.JSONField(default=dict)
    at = models.CharField(max_length=300, blank=True, default="")
    by = models.ForeignKey(_WHO, on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField(auto_now_add=True)

    version_path = "version__"

    class Meta:
        ordering: ClassVar = ["code", "kind", "title"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "code", "kind", "title"], name="ground_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=list(rules.GROUNDS)), name="ground_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(title=""), name="ground_says_what_and_where"
            ),
            models.CheckConstraint(
                condition=Q(low=None) | Q(high=None) | Q(low__lte=F("high")),
                name="ground_interval_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} beneath {self.code}"

    @property
    def owner(self) -> uuid.UUID | None:
        return self.version_id


class SignOff(FrozenModel):
    """Someone outside the editors looked at the draft, on a day, as it was then (`digest`).

    `who` is a group or a role, never somebody's name: what is published names nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(ModelVersion, on_delete=models.CASCADE, related_name="sign_offs")
    who = models.CharField(max_length=200)
    capacity = models.CharField(max_length=200)
    said = models.CharField(max_length=8, choices=list(rules.SIGNED.items()))
    remarks = models.TextField(blank=True, default="")
    signed_on = models.DateField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(_WHO, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    version_path = "version__"

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(said__in=list(rules.SIGNED)), name="sign_off_said_known"
            ),
            models.CheckConstraint(
                condition=~Q(who="") & ~Q(capacity="") & ~Q(digest=""),
                name="sign_off_says_who_and_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}: {rules.SIGNED[self.said]}"

    @property
    def owner(self) -> uuid.UUID | None:
        return self.version_id


class Switch(models.Model):
    """A steward let people's accounts be linked with, and figures counted by, another version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="switches")
    by = models.ForeignKey(_WHO, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"In use: {self.version}"
