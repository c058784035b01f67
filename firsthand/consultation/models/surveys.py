"""A ranking survey, what it asks, who runs it, and what came in.

What people chose stands in the clear, as places and steps, under a random id, with the day it
came and nothing finer. Words of their own are sealed to the keys of those who run the survey. An
answer that is not sent yet is sealed whole: only its own code opens it.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.consultation import survey_rules as rules


class _Row(models.Model):
    """A row with a random key: it says nothing of when it was made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Survey(_Row):
    """One version of a survey. `first` is the one that its versions go back to.

    `link` is in the address that people answer at. `keyring` opens words; `seed` draws the sets
    of best-worst questions and the samples of the results.
    """

    title = models.CharField(max_length=200)
    about = models.TextField()
    ways_in = models.CharField(max_length=8, choices=list(rules.WAYS_IN.items()))
    layout = models.CharField(max_length=8, choices=list(rules.LAYOUTS.items()))
    stage = models.CharField(max_length=8, choices=list(rules.STAGES.items()), default=rules.DRAFT)
    link = models.SlugField(max_length=24, unique=True)
    first = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="versions"
    )
    version = models.PositiveIntegerField(default=1)
    model = models.ForeignKey(
        "harms.ModelVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    keyring = models.OneToOneField("vault.Keyring", on_delete=models.PROTECT, related_name="+")
    seed = models.PositiveIntegerField()
    made_on = models.DateField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["title", "version"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="survey_has_a_title"),
            models.CheckConstraint(
                condition=Q(stage__in=list(rules.STAGES)), name="survey_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(ways_in__in=list(rules.WAYS_IN), layout__in=list(rules.LAYOUTS)),
                name="survey_way_in_and_layout_known",
            ),
            models.UniqueConstraint(fields=["first", "version"], name="survey_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    @property
    def stage_words(self) -> str:
        return rules.STAGES[self.stage]

    @property
    def is_easy(self) -> bool:
        return self.layout == rules.EASY


class Surveyor(_Row):
    """Someone who runs a survey. Whoever leaves stays named on what they did."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="surveyors")
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    since = models.DateField(auto_now_add=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["since", "user__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "user"], name="surveyor_once"),
        ]

    def __str__(self) -> str:
        return str(self.user.name)


class Question(_Row):
    """A question. `items` are [{key, label}], with `entry` where one is a line of the model.

    `most`: how many may be put in order; `size`, `times`: how large a best-worst set is and how
    often each item is shown; `steps`: of a rating. `additions`: own ones may be written beside.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=list(rules.KINDS.items()))
    text = models.CharField(max_length=300)
    help = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    items = models.JSONField(default=list)
    most = models.PositiveSmallIntegerField(default=5)
    size = models.PositiveSmallIntegerField(default=4)
    times = models.PositiveSmallIntegerField(default=3)
    steps = models.PositiveSmallIntegerField(default=5)
    additions = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "position"], name="question_place_once"),
            models.CheckConstraint(
                condition=Q(kind__in=list(rules.KINDS)), name="question_kind_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="question_asks"),
            models.CheckConstraint(
                condition=~Q(kind=rules.ABOUT) | ~Q(reason=""), name="about_you_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def keys(self) -> list[str]:
        return [item["key"] for item in self.items]

    @property
    def labels(self) -> dict[str, str]:
        return {item["key"]: item["label"] for item in self.items}


class InvitationCode(_Row):
    """A code that lets one person in, once. Only its mark is kept, and nothing of who came by it.

    There is no column here, nor in Answer, by which the two could be put together.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="codes")
    mark = models.BinaryField(max_length=32, unique=True)
    used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return "used" if self.used else "not used yet"


class Answer(_Row):
    """What one person answered. `mark` is that of the code by which they can come back.

    `draft`: all of it, sealed under the code, until it is sent. `chosen` then holds what was
    chosen, {question: answer}; `words` what was written, sealed, and `words_key` its key, sealed
    to the survey. Days only: no time, no address, no name.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="answers")
    mark = models.BinaryField(max_length=32, unique=True)
    stage = models.CharField(max_length=8, default=rules.BEGUN)
    came = models.CharField(max_length=8, choices=list(rules.CAME.items()))
    simulated = models.BooleanField(default=False)
    draft = models.BinaryField(blank=True, default=b"")
    chosen = models.JSONField(default=dict)
    words = models.BinaryField(blank=True, default=b"")
    words_key = models.BinaryField(blank=True, default=b"")
    begun_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stage=rules.BEGUN, sent_on=None)
                | Q(stage=rules.SENT, sent_on__isnull=False, draft=b""),
                name="answer_sent_once",
            ),
            models.CheckConstraint(
                condition=Q(came__in=list(rules.CAME)), name="answer_came_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["survey", "stage"], name="answers_by_stage")]

    def __str__(self) -> str:
        return f"An answer, {self.stage}"


class SurveyTrail(_Row):
    """What was done with a survey, by whom, when. What people answer leaves no line here."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="trail")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("people.User", on_delete=models.PROTECT, null=True, related_name="+")
    did = models.CharField(max_length=40)
    about = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(did=""), name="survey_trail_says_what"),
        ]

    def __str__(self) -> str:
        return self.did
