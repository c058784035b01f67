"""Getting reports: how far each is, the PDFs that were attached, and their text by page."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from firsthand.evidence import rules
from firsthand.evidence.models.review import Member, Row
from firsthand.evidence.models.searching import Record


class Retrieval(Row):
    """How far getting a record's report is. Without a row nobody has looked for it yet.

    The record has it, not its screening: a report that was got stays got when screening is undone.
    """

    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="retrieval")
    status = models.CharField(max_length=9, choices=list(rules.RETRIEVALS.items()))
    on = models.DateField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=list(rules.RETRIEVALS)), name="retrieval_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status}: {self.record_id}"


class FullText(Row):
    """A PDF of a report, as it was attached. Its `fingerprint` (SHA-256) is there once a record.

    Taken away, it is kept so that it can be put back. `text_from` says how its text went; what
    could be read before a limit is kept, with `why_not` beside it.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="full_texts")
    name = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content = models.BinaryField()
    pages = models.PositiveIntegerField()
    stage = models.CharField(
        max_length=7, choices=list(rules.READING_OF.items()), default=rules.WAITING
    )
    why_not = models.TextField(blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now=True)
    taken_away_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "fingerprint"], name="full_text_once"),
            models.CheckConstraint(
                condition=Q(stage__in=list(rules.READING_OF)), name="full_text_stage_known"
            ),
            models.CheckConstraint(
                condition=~Q(stage=rules.FAILED) | ~Q(why_not=""), name="full_text_says_why_not"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PageText(Row):
    """The text of one page of a PDF; its first page is number 1."""

    file = models.ForeignKey(FullText, on_delete=models.CASCADE, related_name="texts")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "number"], name="page_text_once"),
        ]

    def __str__(self) -> str:
        return f"page {self.number}"
