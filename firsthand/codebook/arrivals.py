"""Asking about files that were brought, changes of texts, and passages that were lost by them."""

import uuid

from django.db.models import QuerySet

from firsthand.access.refused import Refused
from firsthand.codebook import rules
from firsthand.codebook.models import Arrival, Coder, Edit, Passage, Project, Source


def arrivals(project: Project) -> QuerySet[Arrival]:
    """Return the files that were brought, the newest first, without their content."""
    rows = project.arrivals.select_related("by__user", "source")
    return rows.defer("content", "source__text")


def arrival(project: Project, arrival: uuid.UUID) -> Arrival:
    """Return one file that was brought. Raises Refused."""
    row = arrivals(project).filter(id=arrival).first()
    if row is None:
        raise Refused
    return row


def last_edit(source: Source) -> Edit | None:
    """Return the last change of a source's text that holds."""
    rows = source.edits.filter(undone_at=None, became=source.digest).select_related("by__user")
    return rows.defer("text", "places", "turns").first()


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


def lost_passage(coder: Coder, passage: uuid.UUID) -> Passage:
    """Return one of them, dropped or not. Raises Refused."""
    row = _lost(coder, None).filter(id=passage).first()
    if row is None:
        raise Refused
    return row


def _lost(coder: Coder, source: Source | None) -> QuerySet[Passage]:
    rows = Passage.objects.filter(coder=coder, state=rules.LOST, source__removed_on=None)
    rows = rows.filter(source__project=coder.project_id)
    rows = rows if source is None else rows.filter(source=source)
    return rows.select_related("source").prefetch_related("codings__code")
