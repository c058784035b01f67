"""What is talked over: notes on a record that reviewers differ on, the meeting list, reopenings."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.evidence import rules
from firsthand.evidence.models.review import Member, Row
from firsthand.evidence.models.screening import Screening


class Note(Row):
    """What a member wrote of a record once all had decided it. One taken back leaves its trace."""

    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="notes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
        ]

    def __str__(self) -> str:
        return f"a note on {self.screening_id}"


class Meeting(Row):
    """A record's place on the list for the next meeting, until it is taken off or settled."""

    screening = models.OneToOneField(Screening, on_delete=models.CASCADE, related_name="meeting")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.screening_id} for the meeting"


class Reopening(Row):
    """A settled record that an owner opened again, why, and what had settled it.

    `choice` and all after it are of what settled it; empty where its reviewers had agreed.
    """

    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="reopenings")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    choice = models.CharField(max_length=7, blank=True)
    note = models.TextField(blank=True)
    criteria = models.JSONField(default=list)
    criteria_version = models.PositiveIntegerField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="reopening_says_why"),
            models.CheckConstraint(
                condition=Q(choice__in=["", *rules.FINAL]), name="reopening_choice_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.screening_id} opened again"

    @property
    def said(self) -> str:
        """Return what had settled it, in a word."""
        return rules.CHOICES.get(self.choice, "")
