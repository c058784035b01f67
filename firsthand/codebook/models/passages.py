"""Passages: stretches of a source that a coder marked, and the codes on each."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from firsthand.codebook import rules
from firsthand.codebook.models.codes import Code
from firsthand.codebook.models.project import Coder, Row
from firsthand.codebook.models.sources import Source


class Passage(Row):
    """A stretch from `start` to `end` (code points, the end exclusive) that one coder marked.

    `quote`, `prefix` and `suffix` find it again when the text is changed. Of what a person told us
    they stay empty, for words are never copied; `digest` then is the server's own mark of the
    text, from which nobody without the server's key can try out what it says.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="passages")
    coder = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="passages")
    guid = models.UUIDField(default=uuid.uuid4, editable=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField(blank=True)
    prefix = models.CharField(max_length=rules.AROUND, blank=True)
    suffix = models.CharField(max_length=rules.AROUND, blank=True)
    digest = models.CharField(max_length=64)
    codebook_version = models.PositiveIntegerField()
    memo = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(max_length=9, choices=list(rules.STATES.items()), default=rules.STANDS)
    removed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["start", "-end", "id"]
        indexes: ClassVar = [models.Index(fields=["source", "start"], name="passage_by_place")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "coder", "start", "end", "digest"],
                condition=Q(removed_on=None, state=rules.STANDS),
                name="passage_once_a_coder",
            ),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="passage_has_length"),
            models.CheckConstraint(
                condition=Q(state__in=list(rules.STATES)), name="passage_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start} to {self.end} of {self.source_id}"


class Coding(Row):
    """A code on a passage. `by_suggestion`: it had been suggested before the coder chose it."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="codings")
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="codings")
    by_suggestion = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["code__number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["passage", "code"], name="coding_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code_id} on {self.passage_id}"
