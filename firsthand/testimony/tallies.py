"""Counting how suggestions fare: per code, never per person, and only of who lets it be counted.

What was added for a telling is noted in the telling itself, sealed, so that it is added once,
and taken away again to the last one when its owner takes the wish back or withdraws.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import F, QuerySet

from firsthand.testimony.answers import Answers
from firsthand.testimony.models import Tally
from firsthand.vault import items
from firsthand.vault.items import OpenItem

# Where the note lies in the telling: no step's field, so no page shows it.
FIELD = "tallied"


@dataclass(frozen=True)
class Fared:
    """The codes that one telling was offered: those its owner took, and those they left."""

    version: str
    taken: tuple[str, ...]
    left: tuple[str, ...]


def of(said: Answers) -> Fared | None:
    """Return how suggestions fared in these answers, if there were any."""
    shown, picked = set(said.offered), set(said.codes)
    if not shown:
        return None
    return Fared(said.model_version, tuple(sorted(shown & picked)), tuple(sorted(shown - picked)))


def noted(opened: OpenItem) -> Fared | None:
    """Return what was added for an open telling, if anything was."""
    sealed = items.read(opened, FIELD)
    if not sealed:
        return None
    kept = json.loads(sealed)
    return Fared(kept["version"], tuple(kept["taken"]), tuple(kept["left"]))


def note(fared: Fared | None) -> dict[str, bytes]:
    """Return the note that is sealed into a telling; an empty one when nothing is added."""
    return {FIELD: json.dumps(asdict(fared)).encode() if fared else b""}


@transaction.atomic
def add(fared: Fared) -> None:
    """Add one to `taken` or `left` for each code."""
    fresh = [Tally(model_version=fared.version, code=code) for code in _codes(fared)]
    Tally.objects.bulk_create(fresh, ignore_conflicts=True)
    rows = _locked(fared)
    _among(rows, fared.taken).update(taken=F("taken") + 1)
    _among(rows, fared.left).update(left=F("left") + 1)


@transaction.atomic
def take_away(fared: Fared) -> None:
    """Take away what `add` added; a number that someone put to nought stays there."""
    rows = _locked(fared)
    _among(rows, fared.taken).filter(taken__gt=0).update(taken=F("taken") - 1)
    _among(rows, fared.left).filter(left__gt=0).update(left=F("left") - 1)


def _codes(fared: Fared) -> list[str]:
    return sorted({*fared.taken, *fared.left})


def _locked(fared: Fared) -> QuerySet[Tally]:
    """The rows of these codes, locked in the same order by all: two at once never wait for each
    other in a ring."""
    rows = Tally.objects.filter(model_version=fared.version, code__in=_codes(fared))
    list(rows.order_by("code").select_for_update())
    return rows


def _among(rows: QuerySet[Tally], codes: Iterable[str]) -> QuerySet[Tally]:
    return rows.filter(code__in=list(codes))
