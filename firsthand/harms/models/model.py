"""Versions of the model of harm, their entries, what entries are linked to, and maps.

A published version never changes, and nor does anything in it: what people tell is coded against
it. Saving, deleting and every bulk way round them are refused (Frozen).
"""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from firsthand.harms import rules
from firsthand.harms.frozen import FrozenManager


class FrozenModel(models.Model):
    """Something that stands still once the version it belongs to is published."""

    version_path: ClassVar[str]  # the way from here to the version, as a query spells it

    objects = FrozenManager()

    class Meta:
        abstract = True

    @property
    def owner(self) -> uuid.UUID | None:
        """Give the id of the version this belongs to; None for a version itself."""
        raise NotImplementedError

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save. Raises Frozen when the version is published already."""
        type(self).objects.refuse_if_published([self])
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete. Raises Frozen when the version is published already."""
        type(self).objects.refuse_if_published([self])
        return super().delete(*args, **kwargs)


class ModelVersion(FrozenModel):
    """One version of the model of harm. A draft until `published_on` is set.

    `stages` is [{code, name, description}]; `says_who` {code: {name, note}}; `schemes`
    {code: {name, source, targets: {code: name}}}. `digest` is of all it says (rules.digest).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    citation = models.TextField()
    made_by = models.TextField()
    published_on = models.DateField(null=True, blank=True)
    published_to_the = models.CharField(max_length=5, choices=[(one, one) for one in rules.TO_THE])
    stages = models.JSONField()
    says_who = models.JSONField()
    schemes = models.JSONField()
    digest = models.CharField(max_length=64, blank=True, default="")
    loaded_by = models.CharField(max_length=80)
    loaded_on = models.DateField()

    version_path = ""

    class Meta:
        ordering: ClassVar = ["-published_on", "slug"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(slug=""), name="model_version_has_slug"),
            models.CheckConstraint(condition=~Q(title=""), name="model_version_has_title"),
            models.CheckConstraint(
                condition=Q(published_to_the__in=rules.TO_THE), name="model_version_to_the_known"
            ),
            models.CheckConstraint(
                condition=Q(published_on=None) | ~Q(digest=""), name="published_has_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.slug}"

    @property
    def owner(self) -> uuid.UUID | None:
        return None

    @property
    def published(self) -> bool:
        return self.published_on is not None

    @property
    def published_words(self) -> str:
        """Say when it was published, only as exactly as is known: 2022, or 3 March 2026."""
        day = self.published_on
        if day is None:
            return "not published"
        said = {"year": f"{day:%Y}", "month": f"{day:%B %Y}"}
        return said.get(self.published_to_the, f"{day.day} {day:%B %Y}")


class Entry(FrozenModel):
    """One line of a version: a source, an experience of that source, an impact, a minimisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(ModelVersion, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=12, choices=[(k, v[0]) for k, v in rules.KINDS.items()])
    code = models.CharField(max_length=12)
    rank = models.CharField(max_length=6)
    ranked_by = models.CharField(max_length=8, choices=list(rules.RANKED_BY.items()))
    position = models.PositiveSmallIntegerField(help_text="Its place in the whole version, from 1.")
    name = models.TextField(help_text="The official term.")
    label = models.CharField(max_length=120, help_text="Plain words, our own.")
    description = models.TextField(help_text="What it means, in our own words.")
    content_note = models.CharField(max_length=200, blank=True, default="")
    examples = models.JSONField(help_text="Made-up sentences, to match what people write.")
    stages = models.JSONField(help_text="Codes of the stages of its making.")
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )

    version_path = "version__"

    class Meta:
        ordering: ClassVar = ["position"]
        verbose_name_plural = "entries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "code"], name="entry_code_once"),
            models.UniqueConstraint(fields=["version", "position"], name="entry_position_once"),
            models.UniqueConstraint(fields=["parent", "rank"], name="entry_rank_once_in_source"),
            models.UniqueConstraint(
                fields=["version", "kind", "rank"],
                condition=Q(parent=None),
                name="entry_rank_once_in_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=list(rules.KINDS)), name="entry_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(ranked_by__in=list(rules.RANKED_BY)), name="entry_ranked_by_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=rules.EXPERIENCE, parent__isnull=False)
                | (~Q(kind=rules.EXPERIENCE) & Q(parent=None)),
                name="only_experiences_have_a_source",
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(rank="") & ~Q(name="") & ~Q(label="")
                & ~Q(description=""),
                name="entry_says_what_it_is",
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="entry_position_from_one"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code} {self.label}"

    @property
    def owner(self) -> uuid.UUID | None:
        return self.version_id

    @property
    def levels(self) -> list[str]:
        """List the levels at which it happens: relational, systemic, cultural."""
        return [link.target for link in self.links.all() if link.scheme == rules.LEVEL]

    @property
    def rank_number(self) -> int:
        """Give the number of its rank: 6 for 6A and for 6B."""
        return rules.rank_number(self.rank)

    @property
    def kind_words(self) -> str:
        return rules.KINDS[self.kind][0]


class CrossLink(FrozenModel):
    """An entry has to do with something outside the model; `says_who` is a code of its version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="links")
    scheme = models.SlugField(max_length=40)
    target = models.SlugField(max_length=40)
    target_name = models.CharField(max_length=120)
    says_who = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()

    version_path = "entry__version__"

    class Meta:
        ordering: ClassVar = ["entry", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "scheme", "target", "says_who"], name="cross_link_once"
            ),
            models.CheckConstraint(
                condition=~Q(scheme="") & ~Q(target="") & ~Q(target_name="") & ~Q(says_who=""),
                name="cross_link_says_what_and_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry.code} → {self.scheme}: {self.target_name}"

    @property
    def owner(self) -> uuid.UUID | None:
        return self.entry.version_id


class VersionMap(FrozenModel):
    """How an entry of an earlier version stands to an entry of a later one; the later owns it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    from_entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="maps_to")
    to_entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="maps_from")
    relation = models.CharField(max_length=8, choices=list(rules.RELATIONS.items()))
    note = models.TextField(blank=True, default="")

    version_path = "to_entry__version__"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["from_entry", "to_entry"], name="map_once"),
            models.CheckConstraint(
                condition=~Q(from_entry=F("to_entry")), name="map_leads_elsewhere"
            ),
            models.CheckConstraint(
                condition=Q(relation__in=list(rules.RELATIONS)), name="map_relation_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_entry.code} {rules.RELATIONS[self.relation]} {self.to_entry.code}"

    @property
    def owner(self) -> uuid.UUID | None:
        return self.to_entry.version_id
