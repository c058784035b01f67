"""How the next version is made: who edits it, from which version, and every change with its reason.

Changes are kept as they were made, undone ones too. Once the version is published they stand as
still as the version itself: they are how it says where each line came from.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.harms import rules
from firsthand.harms.models.model import FrozenModel, ModelVersion

_WHO = "people.User"


class Drafting(FrozenModel):
    """The making of a version on this site; a version that came in a file has none.

    `authors` is [{given, family}]; `note` says in plain words what changed. `revision` grows with
    every change, so that two who edit at once do not undo each other's work unawares.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.OneToOneField(ModelVersion, on_delete=models.CASCADE, related_name="drafting")
    based_on = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="next_drafts")
    authors = models.JSONField(default=list)
    note = models.TextField(blank=True, default="")
    revision = models.PositiveIntegerField(default=0)
    begun_by = models.ForeignKey(_WHO, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(_WHO, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    version_path = "version__"

    class Meta:
        ordering: ClassVar = ["-begun_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="drafting_published_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(version=models.F("based_on")), name="drafting_based_on_another"
            ),
        ]

    def __str__(self) -> str:
        return f"The making of {self.version}"

    @property
    def owner(self) -> uuid.UUID | None:
        return self.version_id


class Editor(models.Model):
    """Someone who edits a draft. To everyone else there is no draft."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    drafting = models.ForeignKey(Drafting, on_delete=models.CASCADE, related_name="editors")
    user = models.ForeignKey(_WHO, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(auto_now_add=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["since", "user__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["drafting", "user"], name="draft_editor_once"),
        ]

    def __str__(self) -> str:
        return self.user.name

    @property
    def version(self) -> ModelVersion:
        return self.drafting.version


class Change(FrozenModel):
    """One change of a draft: what was done to which lines, and why.

    `sources` are the codes it started from, `results` those it left, as the draft had them then.
    `relation` says how the old meaning stands to the new one (rules.RELATIONS), for a line said
    anew. `before` and `after` hold all it touched: {lines, orders, grounds}.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(ModelVersion, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=list(rules.CHANGES.items()))
    code = models.CharField(max_length=12)
    sources = models.JSONField(default=list)
    results = models.JSONField(default=list)
    relation = models.CharField(max_length=8, choices=list(rules.RELATIONS.items()), blank=True)
    reason = models.TextField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    by = models.ForeignKey(_WHO, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(_WHO, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    version_path = "version__"

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "number"], name="draft_change_number_once"),
            models.CheckConstraint(
                condition=Q(kind__in=list(rules.CHANGES)), name="draft_change_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(code=""), name="draft_change_says_what_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {rules.CHANGES[self.kind]}"

    @property
    def owner(self) -> uuid.UUID | None:
        return self.version_id


class Trail(models.Model):
    """What was done to a draft, by whom, when. Written beside the doing; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(ModelVersion, on_delete=models.CASCADE, related_name="trail")
    by = models.ForeignKey(_WHO, on_delete=models.PROTECT, related_name="+")
    did = models.CharField(max_length=40)
    about = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(did=""), name="draft_trail_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.did} in {self.version_id}"
