"""The codebook: codes one below the other, example passages, and the history of both."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.codebook import rules
from firsthand.codebook.models.project import Coder, Project, Row


class Code(Row):
    """One code. `guid` is its name for other programs, and stays when all else changes.

    Colour and pattern together make it known where it is shown, so that nobody has to tell
    colours apart. A code that was merged says into which; like one that was deleted it is on no
    page but the history.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="codes")
    guid = models.UUIDField(default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField()
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=rules.LONGEST_NAME)
    definition = models.TextField(blank=True)
    when_to_use = models.TextField(blank=True)
    when_not = models.TextField(blank=True)
    memo = models.TextField(blank=True)
    colour = models.CharField(max_length=7)
    pattern = models.CharField(max_length=8, choices=list(rules.PATTERNS.items()))
    entry = models.ForeignKey(
        "harms.Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    deleted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "number"], name="code_number_once"),
            models.UniqueConstraint(fields=["project", "guid"], name="code_guid_once"),
            models.CheckConstraint(condition=~Q(name=""), name="code_has_a_name"),
            models.CheckConstraint(condition=Q(colour__startswith="#"), name="code_colour_known"),
            models.CheckConstraint(
                condition=Q(pattern__in=list(rules.PATTERNS)), name="code_pattern_known"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(deleted_on__isnull=False),
                name="code_merged_is_gone",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Example(Row):
    """An example passage of a code's definition, written or chosen for the codebook."""

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="examples")
    text = models.TextField()
    note = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="example_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class CodeChange(Row):
    """What was done to a code. `before` and `after` are what undoing needs; see `actions.codes`."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="changes")
    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="changes")
    did = models.CharField(max_length=8, choices=list(rules.CHANGES.items()))
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    version = models.PositiveIntegerField()
    by = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(
        Coder, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "version"], name="code_change_once"),
            models.CheckConstraint(
                condition=Q(did__in=list(rules.CHANGES)), name="code_change_known"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="code_change_of_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.code_id} {self.did}"
