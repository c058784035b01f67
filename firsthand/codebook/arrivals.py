"""Asking about files that were brought, changes of texts, and passages that were lost by them."""

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from firsthand.codebook import rules
from firsthand.codebook.models import Arrival, Coder, Edit, Passage, Project, Source


def arrivals(project: Project) -> QuerySet[Arrival]:
    """Return the files that were brought, the newest first, without their content."""
    rows = project.arrivals.select_related("by__user", "source")
    return rows.defer("content", "source__text")


def arrival(project: Project, arrival: uuid.UUID | None) -> Arrival | None:
    """Return one file that was brought; None if it is not in this project."""
    return arrivals(project).filter(id__in=[arrival] if arrival else ()).first()


def last_edit(source: Source) -> Edit | None:
    """Return the last change of a source's text that holds."""
    rows = source.edits.filter(undone_at=None, became=source.digest).select_related("by__user")
    return rows.defer("text", "places", "turns").first()


@dataclass(frozen=True)
class Became:
    """What a change of a text did to a coder's own passages that stood: how many of each."""

    found: int
    near: int
    lost: int


def became(coder: Coder, edit: Edit) -> Became:
    """Return what the last change of a text did to a coder's own passages, and to nobody else's."""
    stood = [each for each, place in edit.places.items() if place[-1] == rules.STANDS]
    rows = list(Passage.objects.filter(id__in=stood, coder=coder, removed_on=None))
    gone = sum(each.state == rules.LOST for each in rows)
    return Became(len(rows) - gone, sum(str(each.id) in edit.near for each in rows), gone)


def lost(coder: Coder, source: Source | None = None) -> list[Passage]:
    """Return a coder's own passages that a change of a text lost, in the order they stood in."""
    return list(_lost(coder, source).filter(removed_on=None))


def dropped(coder: Coder, source: Source) -> list[Passage]:
    """Return those of them that the coder dropped."""
    return list(_lost(coder, source).filter(removed_on__isnull=False))


def near(coder: Coder, source: Source) -> list[Passage]:
    """Return a coder's own passages whose words the last change of the text changed."""
    edit = last_edit(source)
    rows = Passage.objects.filter(source=source, coder=coder, removed_on=None, state=rules.STANDS)
    return list(rows.filter(id__in=edit.near if edit else ()).prefetch_related("codings__code"))


def lost_passage(
    coder: Coder, source: Source, passage: uuid.UUID | None, *, dropped: bool | None = False
) -> Passage | None:
    """Return one of them by its id; `dropped`: of those that were, of those not, or of both."""
    rows = _lost(coder, source).filter(id__in=[passage] if passage else ())
    return (rows if dropped is None else rows.filter(removed_on__isnull=not dropped)).first()


def _lost(coder: Coder, source: Source | None) -> QuerySet[Passage]:
    rows = Passage.objects.filter(coder=coder, state=rules.LOST, source__removed_on=None)
    rows = rows.filter(source__project=coder.project_id)
    rows = rows if source is None else rows.filter(source=source)
    return rows.select_related("source").prefetch_related("codings__code")
