"""Files on their way to becoming sources, and what a source said before its text was changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.codebook import rules
from firsthand.codebook.models.project import Coder, Project, Row
from firsthand.codebook.models.sources import Source


class Arrival(Row):
    """A file that was brought into a project. Its content goes once its text was read.

    `kind` and `study` are what the source will be. The same file again is the same arrival.
    `tries`: how often reading it was begun.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="arrivals")
    by = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = models.BinaryField(null=True)
    kind = models.CharField(max_length=10, choices=list(rules.KINDS.items()))
    study = models.CharField(max_length=200, blank=True)
    stage = models.CharField(max_length=7, choices=list(rules.ARRIVALS.items()))
    tries = models.PositiveSmallIntegerField(default=0)
    why_failed = models.TextField(blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.SET_NULL, null=True, blank=True, related_name="arrivals"
    )
    at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-at", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "fingerprint"], name="arrival_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[each for each in rules.KINDS if each != rules.TESTIMONY]),
                name="arrival_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=list(rules.ARRIVALS)), name="arrival_stage_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Edit(Row):
    """One change of a source's text: what it said before, and where everything stood.

    `turns` and `places` are what putting the text back needs. `near` are the passages whose own
    words were changed; `counts` says how many were found again, and how.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="edits")
    by = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    why = models.TextField(blank=True)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    became = models.CharField(max_length=64)
    turns = models.JSONField(default=list)
    places = models.JSONField(default=dict)
    near = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "id"]

    def __str__(self) -> str:
        return f"{self.source_id} {self.at}"
