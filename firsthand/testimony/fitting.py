"""The entries of the model of harm that may be picked, held in memory: versions never change."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from firsthand.harms import queries as harms
from firsthand.harms.models import ModelVersion

KINDS = ("experience", "impact")


@dataclass(frozen=True)
class Fit:
    """An experience or impact. `source` is the label of the source of harm it belongs to."""

    code: str
    kind: str
    name: str
    label: str
    description: str
    examples: tuple[str, ...]
    source: str


def current_slug() -> str:
    """Return the name of the version in use, or nothing on a site that has none.

    What was begun with another version goes on with that one: it is kept beside the answers.
    """
    in_use = harms.version_in_use()
    return in_use.slug if in_use else ""


def fits_of(slug: str) -> dict[str, Fit]:
    """Return the experiences and impacts of a version by their codes, in the model's order."""
    version = harms.version(slug) if slug else None
    return _fits(version.pk) if version else {}


def found(slug: str, known: Mapping[str, Fit], asked: str) -> list[str]:
    """Return the codes of what someone looked for, the best first."""
    version = harms.version(slug) if asked.strip() else None
    rows = harms.search(version, asked) if version else []
    return [row.code for row in rows if row.code in known]


@lru_cache(maxsize=4)
def _fits(version: uuid.UUID) -> dict[str, Fit]:
    rows = harms.entries(ModelVersion.objects.get(pk=version))
    return {
        row.code: Fit(
            row.code,
            row.kind,
            row.name,
            row.label,
            row.description,
            tuple(row.examples),
            row.parent.label if row.parent else "",
        )
        for row in rows
        if row.kind in KINDS
    }
