"""Meetings of a group, who comes, and what was said there by whom."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.consultation import rules
from firsthand.consultation.models.groups import Group, GroupMember, GroupRow


class GroupMeeting(GroupRow):
    """One meeting. `source` is what its notes are in coding, while they are."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meetings")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    agenda = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=list(rules.HOW_MET.items()))
    place = models.TextField(blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    notes = models.CharField(
        max_length=10, choices=[(key, key) for key in rules.NOTE_KINDS], blank=True
    )
    source = models.ForeignKey(
        "codebook.Source", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["starts_at", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "number"], name="group_meeting_number_once"),
            models.CheckConstraint(
                condition=Q(how__in=list(rules.HOW_MET)), name="group_meeting_how_known"
            ),
            models.CheckConstraint(
                condition=Q(notes__in=["", *rules.NOTE_KINDS]), name="group_meeting_notes_known"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="group_meeting_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Coming(GroupRow):
    """Whether a member comes, whether they came, and whether they were paid for it."""

    meeting = models.ForeignKey(GroupMeeting, on_delete=models.CASCADE, related_name="coming")
    member = models.ForeignKey(GroupMember, on_delete=models.CASCADE, related_name="coming")
    says = models.CharField(
        max_length=8, choices=list(rules.COMING.items()), default=rules.NOT_SAID
    )
    came = models.BooleanField(null=True, blank=True)
    paid_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "member"], name="coming_once"),
            models.CheckConstraint(
                condition=Q(says__in=list(rules.COMING)), name="coming_says_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} at {self.meeting_id}"


class Turn(GroupRow):
    """What one person said. Without a `member` it was a facilitator, or nobody in particular.

    Taken out, its words are gone and its place stays. `start` and `end` are where it stands in the
    coding source (code points, the end exclusive), while it does.
    """

    meeting = models.ForeignKey(GroupMeeting, on_delete=models.CASCADE, related_name="turns")
    position = models.PositiveIntegerField()
    member = models.ForeignKey(
        GroupMember, on_delete=models.PROTECT, null=True, blank=True, related_name="turns"
    )
    facilitator = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    taken_out_on = models.DateField(null=True, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "position"], name="said_position_once"),
            models.CheckConstraint(
                condition=Q(member__isnull=True) | Q(facilitator=False),
                name="said_by_a_member_or_a_facilitator",
            ),
            models.CheckConstraint(
                condition=Q(taken_out_on__isnull=True) | Q(text=""),
                name="said_and_taken_out_has_no_words",
            ),
        ]

    def __str__(self) -> str:
        return f"turn {self.position} of {self.meeting_id}"
