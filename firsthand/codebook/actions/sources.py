"""Adding sources, taking them away and putting them back."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from firsthand.access.refused import not_now
from firsthand.codebook import policies, rules, trail
from firsthand.codebook.models import Coder, Project, Source, Turn
from firsthand.codebook.rules import TurnOf
from firsthand.evidence.models import Record


@transaction.atomic
def add(
    by: Coder,
    *,
    kind: str,
    title: str,
    text: str = "",
    turns: Iterable[TurnOf] = (),
    origin: Mapping[str, Any] | None = None,
    report: Record | None = None,
    study: str = "",
    item: uuid.UUID | None = None,
) -> Source:
    """Add a source under the next number. Raises Refused when it cannot be kept so.

    `text` is kept as it is, code point for code point. Of a testimony none is given: `item` is its
    id. The same text under the same title once more is the source that is there already.
    """
    project = Project.objects.select_for_update().get(id=by.project_id)
    said = tuple(turns)
    _check(text, said, sealed=kind == rules.TESTIMONY)
    digest = "" if kind == rules.TESTIMONY else digest_of(text)
    if same := _there(project, kind, title, digest, item):
        return same
    project.sources_made += 1
    project.save(update_fields=["sources_made"])
    row = Source.objects.create(
        project=project, number=project.sources_made, kind=kind, title=title, text=text, item=item,
        digest=digest, length=len(text), origin=dict(origin or {}), report=report, study=study,
        added_by=by,
    )  # fmt: skip
    write_turns(row, said)
    trail.leave(by, "source added", source=row.number, kind=kind, length=row.length)
    return row


@transaction.atomic
def add_told(by: Coder, testimonies: Iterable[uuid.UUID]) -> list[Source]:
    """Add what people shared for research, those that are not there yet; without any word of it."""
    have = set(by.project.sources.filter(removed_on=None).values_list("item", flat=True))
    return [
        add(by, kind=rules.TESTIMONY, title=rules.KINDS[rules.TESTIMONY], item=each)
        for each in testimonies if each not in have
    ]  # fmt: skip


@transaction.atomic
def take_away(by: Coder, source: Source) -> None:
    """Take a source off every page; what was coded on it is kept, to be put back with it."""
    policies.check_source(by, source)
    Source.objects.filter(id=source.id).update(removed_on=timezone.localdate())
    trail.leave(by, "source taken away", source=source.number)


@transaction.atomic
def put_back(by: Coder, source: Source) -> None:
    """Have a source back that was taken away, with all that was coded on it."""
    Project.objects.select_for_update().get(id=by.project_id)
    if source.item and Source.objects.filter(
        project=by.project_id, item=source.item, removed_on=None
    ):
        raise not_now("This has been added again meanwhile.")
    rows = Source.objects.filter(id=source.id, project=by.project_id, removed_on__isnull=False)
    if rows.update(removed_on=None):
        trail.leave(by, "source put back", source=source.number)


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _check(text: str, turns: tuple[TurnOf, ...], *, sealed: bool) -> None:
    if sealed and text:
        raise ValueError("What a person told us is never copied.")
    if not sealed:
        check_text(text)
    if said := rules.wrong_with_turns(turns, len(text)):
        raise not_now(said)


def check_text(text: str) -> None:
    """Refuse a text that cannot be coded. Raises Refused, saying why."""
    if not text.strip():
        raise not_now("There is no text in this source, so there is nothing to code.")
    if len(text) > rules.MOST_TEXT:
        raise not_now(
            f"This text has {len(text):,} characters. A source has {rules.MOST_TEXT:,} at most: "
            "add it in parts."
        )
    if "\0" in text or any("\ud800" <= each <= "\udfff" for each in text):
        raise not_now("This text has characters in it that no text has. It may be another file.")


def _there(
    project: Project, kind: str, title: str, digest: str, item: uuid.UUID | None
) -> Source | None:
    rows = project.sources.filter(removed_on=None, kind=kind)
    if item is not None:
        return rows.filter(item=item).first()
    return rows.filter(title=title, digest=digest).first()


def write_turns(row: Source, turns: tuple[TurnOf, ...]) -> None:
    """Keep where each speaks, and where pages and headings are."""
    Turn.objects.bulk_create(
        Turn(
            source=row, position=place, start=each.start, end=each.end,
            speaker=each.speaker[:200], kind=each.kind,
        )
        for place, each in enumerate(turns)
    )  # fmt: skip
