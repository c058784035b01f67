"""Sources: the texts that are coded, who speaks in them, and how far each coder is with each."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.codebook import rules
from firsthand.codebook.models.project import Coder, Project, Row


class Source(Row):
    """A text. Places in it are Unicode code points, counted from 0.

    What a person told us is never copied: `text` stays empty and `item` is the testimony's id;
    its words open in the coder's own session alone. `digest` is the SHA-256 of the UTF-8 text, of
    a testimony nothing. `origin` says where it came from: file, format, citation, what was left
    out. A source that was taken away is on no page and keeps its number.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="sources")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=list(rules.KINDS.items()))
    title = models.CharField(max_length=500)
    text = models.TextField(blank=True)
    item = models.UUIDField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    length = models.PositiveIntegerField(default=0)
    origin = models.JSONField(default=dict, blank=True)
    report = models.ForeignKey(
        "evidence.Record", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    study = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        # Whether a text is there already: without reading every text of the project.
        indexes: ClassVar = [models.Index(fields=["project", "digest"], name="source_by_digest")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "number"], name="source_number_once"),
            models.UniqueConstraint(
                fields=["project", "item"],
                condition=Q(removed_on=None, item__isnull=False),
                name="source_testimony_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=list(rules.KINDS)), name="source_kind_known"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="source_has_a_title"),
            models.CheckConstraint(
                condition=Q(kind=rules.TESTIMONY, item__isnull=False, text="", digest="")
                | (~Q(kind=rules.TESTIMONY) & Q(item=None) & ~Q(text="")),
                name="source_text_or_sealed_never_both",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def sealed(self) -> bool:
        return self.kind == rules.TESTIMONY


class Turn(Row):
    """Where in a source someone speaks, or a page is, or a part under its heading."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="turns")
    position = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    speaker = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=list(rules.TURNS.items()))

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "position"], name="turn_position_once"),
            models.CheckConstraint(condition=Q(start__lte=models.F("end")), name="turn_forward"),
            models.CheckConstraint(condition=Q(kind__in=list(rules.TURNS)), name="turn_kind_known"),
        ]

    def __str__(self) -> str:
        return self.speaker


class Working(Row):
    """One coder's work on one source. `reads`: they code nothing here and read what others coded.

    Whoever is asked to code a source has a row before they begin.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="workings")
    coder = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="workings")
    reads = models.BooleanField(default=False)
    memo = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "coder"], name="working_once"),
            models.CheckConstraint(
                condition=Q(reads=False) | Q(finished_at__isnull=False),
                name="working_reads_when_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coder_id} on {self.source_id}"

    @property
    def stands(self) -> str:
        return rules.working(True, self.finished_at is not None, self.reads)
