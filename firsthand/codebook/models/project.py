"""A coding project, who takes part in it, and the trail of what was done."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.codebook import rules


class Row(models.Model):
    """A row with a random key: it says nothing of when it was made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Project(Row):
    """A coding project: texts that some people code with one codebook.

    `review` and `version` are where its sources and codes may come from. `double` is the percent
    of sources that two people code. `codebook_version` grows with every change of a code. The
    counters give sources and codes their numbers, never again.
    """

    title = models.CharField(max_length=300)
    question = models.TextField()
    review = models.ForeignKey(
        "evidence.Review", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.ForeignKey(
        "harms.ModelVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    double = models.PositiveSmallIntegerField(default=20)
    codebook_version = models.PositiveIntegerField(default=0)
    sources_made = models.PositiveIntegerField(default=0)
    codes_made = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="coding_project_has_a_title"),
            models.CheckConstraint(condition=~Q(question=""), name="coding_project_has_a_question"),
            models.CheckConstraint(condition=Q(double__lte=100), name="coding_project_double"),
        ]

    def __str__(self) -> str:
        return self.title


class Coder(Row):
    """Someone who takes part in a project. Whoever leaves stays named on what they coded."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="coders")
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=list(rules.ROLES.items()))
    since = models.DateField(auto_now_add=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["since", "user__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "user"], name="coder_once"),
            models.CheckConstraint(
                condition=Q(role__in=list(rules.ROLES)), name="coder_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.user.name

    @property
    def is_owner(self) -> bool:
        return self.role == rules.OWNER


class Trail(Row):
    """What was done in a project, by whom, when. Written beside the doing; never changed.

    No words of a source are ever in `about`, nor what someone coded before it may be seen.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="trail")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("people.User", on_delete=models.PROTECT, null=True, related_name="+")
    did = models.CharField(max_length=40)
    about = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [models.Index(fields=["project", "at"], name="coding_trail_by_time")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(did=""), name="coding_trail_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.did} in {self.project_id}"
