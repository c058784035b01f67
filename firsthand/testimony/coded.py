"""What is counted of a telling, and the server's mark that it stands as its owner left it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import F, QuerySet

from firsthand.testimony import rules
from firsthand.testimony.models import Counted
from firsthand.vault import derive

# What the mark is of: every column but the mark itself.
MARKED = (
    "testimony_id", "model_version", "codes", "month", "service_kind", "place",
    "later", "later_from", "revision",
)  # fmt: skip


@dataclass(frozen=True)
class Coded:
    """What is counted of a telling, its month apart."""

    model_version: str
    codes: tuple[str, ...]
    service_kind: str
    place: str

    @classmethod
    def on(cls, day: date, kept: Mapping[str, Any]) -> "Coded":
        """Return what a row holds on `day`: what stands in it, or what waited there until then."""
        waited = kept["later_from"] is not None and kept["later_from"] <= day
        found = kept["later"] if waited else kept
        names = ("model_version", "service_kind", "place")
        return cls(codes=tuple(found["codes"]), **{name: found[name] for name in names})

    def plain(self) -> dict[str, Any]:
        """Return it as columns, or JSON, hold it."""
        return {**asdict(self), "codes": list(self.codes)}


def mark_of(kept: Mapping[str, Any]) -> bytes:
    """Return the server's mark of a row's columns."""
    return _mark_of(*_hashable(kept))


def marked(row: Counted) -> Counted:
    """Return `row` under the server's mark, as it stands."""
    row.proof = mark_of(vars(row))
    return row


def is_ours(kept: Mapping[str, Any]) -> bool:
    """Say whether the server wrote a row as it is, today or once."""
    return _is_ours(bytes(kept["proof"]), *_hashable(kept))


def is_sound(kept: Mapping[str, Any]) -> bool:
    """Say whether a row from `with_telling` is the last that was written of a telling still kept.

    An old row put back has a good mark, and an old revision.
    """
    stands = (rules.KEPT, kept["revision"])
    return (kept["telling_stage"], kept["telling_revision"]) == stands and is_ours(kept)


def with_telling(rows: QuerySet[Counted]) -> QuerySet[Counted, dict[str, Any]]:
    """Return rows with all that `is_sound` asks about."""
    found: QuerySet[Counted, dict[str, Any]] = rows.values(
        *MARKED, "proof",
        telling_stage=F("testimony__stage"),
        telling_revision=F("testimony__item__revision"),
    )  # fmt: skip
    return found


@lru_cache(maxsize=50_000)
def _is_ours(proof: bytes, *columns: object) -> bool:
    """Every page of figures asks about every row: what was seen to be good is not worked out anew.

    Seen is the whole row, so that nothing in it can change unseen.
    """
    return derive.same(_mark_of(*columns), proof)


def _mark_of(*columns: object) -> bytes:
    return derive.mark("counted", json.dumps(columns, default=str))


def _hashable(kept: Mapping[str, Any]) -> Iterator[object]:
    """The columns in order; a list as a tuple, and what waits as text that is always the same."""
    for name in MARKED:
        value = kept[name]
        if isinstance(value, list):
            value = tuple(value)
        yield json.dumps(value, sort_keys=True) if isinstance(value, dict) else value
