"""A review with its protocol, who takes part in it, and the trail of what was done."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.evidence import rules


class Row(models.Model):
    """A row with a random key: it says nothing of when it was made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Review(Row):
    """A scoping review and its protocol.

    `each` is how many reviewers decide a record. `criteria_version` grows with every change of
    the criteria. The counters give criteria, searches and records their numbers, never again.
    Records up to number `compared` have been looked through for duplicates.
    """

    title = models.CharField(max_length=300)
    question = models.TextField()
    population = models.TextField(blank=True)
    concept = models.TextField(blank=True)
    context = models.TextField(blank=True)
    aims = models.TextField(blank=True)
    databases = models.TextField(blank=True)
    dates = models.CharField(max_length=200, blank=True)
    languages = models.CharField(max_length=200, blank=True)
    each = models.PositiveSmallIntegerField(default=2)
    made_at = models.DateTimeField(auto_now_add=True)
    criteria_version = models.PositiveIntegerField(default=0)
    criteria_made = models.PositiveIntegerField(default=0)
    searches_made = models.PositiveIntegerField(default=0)
    records_made = models.PositiveIntegerField(default=0)
    compared = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="review_has_a_title"),
            models.CheckConstraint(condition=~Q(question=""), name="review_has_a_question"),
            models.CheckConstraint(
                condition=Q(each__gte=1, each__lte=rules.MOST_REVIEWERS),
                name="review_each_in_bounds",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Member(Row):
    """Someone who takes part in a review. Whoever leaves stays named on what they decided.

    `highlights`: whether words of the review's blocks are marked for them while they screen.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=list(rules.MEMBERS.items()))
    since = models.DateField(auto_now_add=True)
    left_on = models.DateField(null=True, blank=True)
    highlights = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["since", "user__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "user"], name="review_member_once"),
            models.CheckConstraint(
                condition=Q(role__in=list(rules.MEMBERS)), name="review_member_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.user.name

    @property
    def is_owner(self) -> bool:
        return self.role == rules.OWNER


class Trail(Row):
    """What was done in a review, by whom, when. Written beside the doing; never changed.

    `about` says what: which thing, how it was before. A reviewer's decision is told to nobody
    through here before it is told on the pages.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="trail")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("people.User", on_delete=models.PROTECT, null=True, related_name="+")
    did = models.CharField(max_length=40)
    about = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [models.Index(fields=["review", "at"], name="review_trail_by_time")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(did=""), name="review_trail_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.did} in {self.review_id}"
