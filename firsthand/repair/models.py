"""Requests, conversations and promises. The words are in the vault; these rows say where.

What a person does is kept to the day, what a team does to the moment.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from firsthand.access.rules import REQUESTS
from firsthand.repair import rules
from firsthand.vault.marked import Marked

_REMINDERS = [(name, name) for name in rules.REMINDERS]


class Request(Marked):
    """One person asking one team, about one testimony.

    `next_due` is the next day something is owed (see `rules.next_due`). The counters and flags
    repeat what the other tables say, so that a long inbox is listed from this table alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    testimony = models.ForeignKey(
        "testimony.Testimony", on_delete=models.PROTECT, related_name="requests"
    )
    item = models.OneToOneField("vault.Item", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=12, choices=list(REQUESTS.items()))
    stage = models.CharField(max_length=10, choices=list(rules.STAGES.items()), default=rules.ASKED)
    made_on = models.DateField()
    until = models.DateField(null=True)
    answer_due = models.DateField()
    next_due = models.DateField(null=True)
    turns = models.PositiveIntegerField(default=0)
    promised = models.PositiveIntegerField(default=0)
    running = models.PositiveIntegerField(default=0)
    opened = models.BooleanField(default=False)
    answered = models.BooleanField(default=False)
    unread_by_team = models.BooleanField(default=True)
    unread_by_person = models.BooleanField(default=False)
    # The last reminder given of the day an answer is due: never the same one twice.
    reminded = models.CharField(max_length=10, choices=_REMINDERS, blank=True)

    MARKED = ("id", "testimony_id", "item_id", "team_id")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["team", "stage", "next_due"], name="request_by_due"),
            models.Index(fields=["team", "made_on"], name="request_by_day"),
            models.Index(fields=["testimony", "team"], name="request_of_testimony"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["testimony", "team"],
                condition=Q(stage__in=rules.SEEN_BY_TEAM),
                name="request_one_live_a_team",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=list(rules.STAGES)), name="request_stage_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=list(REQUESTS)), name="request_kind_known"),
            models.CheckConstraint(
                condition=Q(answer_due__gte=F("made_on")), name="request_due_after_asked"
            ),
            models.CheckConstraint(
                condition=Q(running__lte=F("promised")), name="request_runs_what_was_promised"
            ),
            models.CheckConstraint(
                condition=~Q(stage=rules.PROMISED) | Q(answered=True, running__gt=0),
                name="request_promised_has_promises",
            ),
            models.CheckConstraint(
                condition=~Q(stage=rules.ANSWERED) | Q(answered=True, running=0),
                name="request_answered_has_an_answer",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=rules.WAITING) | Q(answered=False),
                name="request_waiting_has_no_answer",
            ),
            models.CheckConstraint(
                condition=Q(reminded__in=["", *rules.REMINDERS]), name="request_reminder_known"
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.reference}"

    @property
    def reference(self) -> str:
        """The random letters staff and people call it by, such as 3F9A-21C4."""
        letters = self.id.hex[:8].upper()
        return f"{letters[:4]}-{letters[4:]}"

    @property
    def facts(self) -> rules.Facts:
        """What has happened so far."""
        return rules.Facts(self.opened, self.answered, self.running)


class Companion(models.Model):
    """A team the person let into a conversation beside them.

    The row makes lists and says what is new; whether the team may open anything, its grant says.
    """

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="companions")
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="+")
    unread = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "team"], name="companion_once_a_request")
        ]

    def __str__(self) -> str:
        return f"{self.team_id} in {self.request_id}"


class Message(models.Model):
    """One turn of a conversation.

    Its id is made from the form's number and all that was sent: sent twice, it is one.
    From a team (the one asked, or a companion): who and when exactly. From the person: the day.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="messages")
    item = models.OneToOneField("vault.Item", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=list(rules.TURNS.items()))
    by = models.ForeignKey("people.User", on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "place"], name="message_once_a_place"),
            models.CheckConstraint(
                condition=Q(kind__in=list(rules.TURNS)), name="message_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=True, team__isnull=True, at__isnull=True)
                | Q(by__isnull=False, team__isnull=False, at__isnull=False),
                name="message_from_one_side",
            ),
            models.CheckConstraint(
                condition=~Q(kind=rules.ANSWER_KIND) | Q(team__isnull=False),
                name="message_answers_come_from_teams",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.place} of {self.request_id}"


class MessageFile(models.Model):
    """A file sent with a message. Its name and kind are sealed in the message."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="files")
    item = models.OneToOneField("vault.Item", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "place"], name="message_file_once_a_place")
        ]

    def __str__(self) -> str:
        return f"file {self.place} of {self.message_id}"


class Promise(models.Model):
    """Something a team says it will do, by a day. What, and who will do it, is sealed.

    `verdict` repeats the last of its events: the person's word, and nobody else's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="promises")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="promises")
    item = models.OneToOneField("vault.Item", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    made_on = models.DateField()
    due = models.DateField()
    verdict = models.CharField(
        max_length=10, choices=list(rules.VERDICTS.items()), default=rules.RUNNING
    )
    reminded = models.CharField(max_length=10, choices=_REMINDERS, blank=True)

    class Meta:
        ordering: ClassVar = ["place"]
        indexes: ClassVar = [models.Index(fields=["verdict", "due"], name="promise_by_due")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "place"], name="promise_once_a_place"),
            models.CheckConstraint(
                condition=Q(verdict__in=list(rules.VERDICTS)), name="promise_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(due__gte=F("made_on")), name="promise_due_after_made"
            ),
            models.CheckConstraint(
                condition=Q(reminded__in=["", *rules.REMINDERS]), name="promise_reminder_known"
            ),
        ]

    def __str__(self) -> str:
        return f"promise {self.place} of {self.request_id}"


class PromiseEvent(models.Model):
    """The person saying how a promise went, signed with their own keys. Nothing is overwritten.

    Its id is made from the form's number: sent twice, it is one.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="events")
    place = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=list(rules.VERDICTS.items()))
    on = models.DateField()
    signature = models.BinaryField(max_length=64)

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["promise", "place"], name="promise_event_once_a_place"),
            models.CheckConstraint(
                condition=Q(verdict__in=list(rules.VERDICTS)), name="promise_event_verdict_known"
            ),
        ]

    def __str__(self) -> str:
        return f"event {self.place} of {self.promise_id}"
