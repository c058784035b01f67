"""What was done to codes after coding was finished, told to one who takes part.

Merging codes, and taking a merge or a split back, says anew what is on passages of sources that
their coders have finished: agreement is worked out with the codebook of today. What each marked,
and where, stays; each such change is told here, with its day and how much it touched.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from firsthand.codebook import agreeing, queries, rules
from firsthand.codebook.agreeing import Agreed
from firsthand.codebook.models import CodeChange, Coder, Working
from firsthand.methods.agreement import telling


@dataclass(frozen=True)
class Afterwards:
    """A change that touched finished work: how many codings, in how many sources, and when."""

    change: CodeChange
    at: datetime
    codings: int
    sources: int
    said: str


@dataclass(frozen=True)
class _Place:
    source: UUID
    finished_at: datetime


def touched(coder: Coder, *, counted: bool = False) -> list[Afterwards]:
    """Return what touched finished work, the newest change first.

    Of work that this coder may see: sources that two or more have finished, and they are done with.
    `counted`: only of what agreement counts, so without what people told us under seal.
    """
    places = _places(coder, counted=counted)
    if not places:
        return []
    rows = queries.changes(coder.project).filter(did__in=(rules.MERGED, rules.SPLIT))
    names = dict(coder.project.codes.values_list("id", "name"))
    found = (_touched(each, places, names) for each in rows)
    return [each for each in found if each is not None]


def _places(coder: Coder, *, counted: bool) -> dict[str, _Place]:
    """Return each passage of finished work, with when its coder finished."""
    sources = list(agreeing.seen_by(coder))
    rows = queries.visible_passages(coder).filter(source__in=sources)
    rows = rows.filter(source__item=None) if counted else rows
    done = Working.objects.filter(source__in=sources, finished_at__isnull=False)
    at = {(source, who): when for source, who, when
          in done.values_list("source_id", "coder_id", "finished_at")}  # fmt: skip
    named = rows.order_by().values_list("id", "source_id", "coder_id")
    return {
        str(each): _Place(source, when)
        for each, source, who in named
        if (when := at.get((source, who))) is not None
    }


def _touched(
    change: CodeChange, places: Mapping[str, _Place], names: Mapping[UUID, str]
) -> Afterwards | None:
    undone = change.undone_by_id is not None
    at = change.undone_at if undone else change.at
    if at is None or (change.did == rules.SPLIT and not undone):
        return None  # a split leaves finished work alone
    ids = [*change.after.get("moved", ()), *change.after.get("both", ())]
    # Finished before the change was made, and it was taken back since: all is as it was finished.
    hit = [
        place for each in ids
        if (place := places.get(each)) and place.finished_at <= at
        and not (undone and place.finished_at <= change.at)
    ]  # fmt: skip
    if not hit:
        return None
    return Afterwards(
        change, at, len(hit), len({each.source for each in hit}), _said(change, names, undone)
    )


def _said(change: CodeChange, names: Mapping[UUID, str], undone: bool) -> str:
    name = change.code.name
    if change.did == rules.SPLIT:
        return f"The split of \u201c{name}\u201d was taken back"
    into = names.get(UUID(change.after["into"]), "another code")
    done = "the merge was taken back" if undone else "merged"
    return f"\u201c{name}\u201d into \u201c{into}\u201d: {done}"


def about(coder: Coder, found: Agreed) -> dict[str, Any]:
    """Say how agreement was worked out: seed, sources by number, codebook, what touched them."""
    since = [
        {"day": each.at.date().isoformat(), "what": each.said, "codings": each.codings,
         "sources": each.sources}
        for each in touched(coder, counted=True)
    ]  # fmt: skip
    return {
        "seed": agreeing.SEED,
        "sources": [each.number for each in found.sources],
        "codebook_version": coder.project.codebook_version,
        "merged_since": since,
    }


def as_json(coder: Coder, found: Agreed) -> str:
    """Write every figure, which sources were counted, and how it was worked out."""
    said = {**about(coder, found), "codes": telling.as_plain(found.codes)}
    return json.dumps(said, ensure_ascii=False, indent=2)
