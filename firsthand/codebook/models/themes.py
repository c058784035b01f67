"""Themes: what codes say together, where they stand in the model, and findings of papers."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.codebook.models.codes import Code
from firsthand.codebook.models.project import Coder, Project, Row


class Theme(Row):
    """A theme, or a sub-theme of one. One that was taken away is on no page but the history."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="themes")
    number = models.PositiveIntegerField()
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    codes = models.ManyToManyField(Code, related_name="themes", blank=True)
    removed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "number"], name="theme_number_once"),
            models.CheckConstraint(condition=~Q(name=""), name="theme_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ThemeEntry(Row):
    """A theme has to do with a line of the model, and who says so."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="mappings")
    entry = models.ForeignKey("harms.Entry", on_delete=models.PROTECT, related_name="+")
    says_who = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    by = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["entry__position", "says_who"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["theme", "entry", "says_who"], name="theme_maps_once"),
            models.CheckConstraint(condition=~Q(says_who=""), name="theme_mapping_says_who"),
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} to {self.entry_id}"


class Finding(Row):
    """What one or more included papers found, in a sentence of ours.

    It is represented in themes, or `set_aside` says why not; else it is still to be placed.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="findings")
    number = models.PositiveIntegerField()
    text = models.TextField()
    themes = models.ManyToManyField(Theme, related_name="findings", blank=True)
    set_aside = models.TextField(blank=True)
    by = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="+")
    removed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "number"], name="finding_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="finding_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class FindingPaper(Row):
    """A paper that a finding comes from: as it is cited, and its record where it is known."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="papers")
    name = models.CharField(max_length=200)
    record = models.ForeignKey(
        "evidence.Record", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["finding", "name"], name="finding_paper_once"),
            models.CheckConstraint(condition=~Q(name=""), name="finding_paper_named"),
        ]

    def __str__(self) -> str:
        return self.name
