"""Grants, and the log of who read what. Neither holds a word of what was told."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.access import rules


class Grant(models.Model):
    """The owner's signed word that a team may read an item, for one purpose, until a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey("vault.Item", on_delete=models.CASCADE, related_name="grants")
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="grants")
    purpose = models.CharField(max_length=12, choices=list(rules.PURPOSES.items()))
    made_on = models.DateField()
    until = models.DateField(null=True)
    signature = models.BinaryField(max_length=64)
    revoked_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "team"],
                condition=Q(revoked_on__isnull=True),
                name="grant_one_live_a_team",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=list(rules.PURPOSES)), name="grant_purpose_known"
            ),
        ]

    def __str__(self) -> str:
        return f"grant {self.id}"


class LogHead(models.Model):
    """How long an item's log is and what it ends in, under the server's mark."""

    item = models.OneToOneField("vault.Item", on_delete=models.CASCADE, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    last = models.BinaryField(max_length=32, default=bytes)
    proof = models.BinaryField(max_length=32, default=bytes)

    def __str__(self) -> str:
        return f"log of {self.item_id}"


class LogLine(models.Model):
    """One thing that was done, or refused, to an item or a part of it.

    `item` is the whole (a testimony) whose owner sees the line; `about` the part. What the
    owner does is kept to the day. `digest` stands with writes: the state the write left behind.
    """

    item = models.ForeignKey("vault.Item", on_delete=models.CASCADE, related_name="log")
    place = models.PositiveIntegerField()
    about = models.UUIDField()
    at = models.DateTimeField()
    done = models.CharField(max_length=12, choices=list(rules.DONE.items()))
    refused = models.BooleanField(default=False)
    by = models.ForeignKey("people.User", on_delete=models.PROTECT, null=True)
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True)
    digest = models.BinaryField(max_length=32, default=bytes)
    chained = models.BinaryField(max_length=32)

    class Meta:
        ordering: ClassVar = ["item", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "place"], name="log_line_once_a_place"),
            models.CheckConstraint(
                condition=Q(done__in=list(rules.DONE)), name="log_line_done_known"
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.place} of {self.item_id}"


class Tries(models.Model):
    """How full one bucket of `limits` is. `mark` is the server's: it names nobody and no place."""

    mark = models.BinaryField(primary_key=True, max_length=32)
    level = models.FloatField()
    at = models.DateTimeField()
    empty_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "some tries"
