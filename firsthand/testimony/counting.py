"""What is counted of a telling: only codes, month and broad place, only while its owner wishes so.

A quarter that is over has its figures published, so a row in it may not move with one person's
hand: whoever kept two copies of the tables would read that person's whole row off the difference.
So a yes that comes late counts in the month it is said, and what is changed later in a quarter
that is over waits for the next one to be published. Only taking one's account out is done at once.
"""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from firsthand.methods.quarters import quarter_of
from firsthand.testimony.models import Counted, Testimony


@dataclass(frozen=True)
class Coded:
    """What is counted of a telling, its month apart."""

    model_version: str
    codes: tuple[str, ...]
    service_kind: str
    place: str

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Coded":
        """Return what stands in a row's columns, or in what waits there."""
        names = ("model_version", "service_kind", "place")
        return cls(codes=tuple(kept["codes"]), **{name: kept[name] for name in names})

    def plain(self) -> dict[str, Any]:
        return {**asdict(self), "codes": list(self.codes)}


@dataclass(frozen=True)
class CountedRow:
    """What the published figures may know of one testimony."""

    codes: tuple[str, ...]
    model_version: str
    month: date
    service_kind: str
    place: str


@transaction.atomic
def keep(testimony: Testimony, coded: Coded | None, today: date) -> None:
    """Count a telling from now on as `coded`; with None no longer, from this moment."""
    row = Counted.objects.select_for_update().filter(testimony=testimony).first()
    if coded is None:
        Counted.objects.filter(testimony=testimony).delete()
    elif row is None:
        month = today.replace(day=1)
        Counted.objects.create(testimony=testimony, month=month, **coded.plain())
    else:
        _change(row, coded, today)


def rows(today: date) -> list[CountedRow]:
    """Return what may be counted `today`, in no order that says who told when."""
    found = Counted.objects.order_by("month", "service_kind", "testimony_id")
    names = ("codes", "model_version", "month", "service_kind", "place", "later", "later_from")
    return [_row(kept, today) for kept in found.values(*names).iterator()]


def settle(today: date) -> int:
    """Let what waited until `today` take its place; return how many rows that changed.

    The figures have counted it so since its day; this is so that the old is not kept for longer.
    """
    due = Counted.objects.filter(later_from__lte=today).values_list("testimony_id", flat=True)
    return sum(_settle(testimony, today) for testimony in list(due))


@transaction.atomic
def _settle(testimony: uuid.UUID, today: date) -> bool:
    row = Counted.objects.select_for_update().filter(testimony_id=testimony).first()
    if row is None or row.later_from is None or row.later_from > today:
        return False  # its owner was faster
    _hold(row, _now(row, today))
    return True


def _change(row: Counted, coded: Coded, today: date) -> None:
    stands, running = _now(row, today), quarter_of(today)
    if quarter_of(row.month) >= running:
        stands = coded
    waits = coded.plain() if coded != stands else None
    _hold(row, stands, waits, running.next.first_day if waits else None)


def _hold(
    row: Counted, stands: Coded, later: dict[str, Any] | None = None, on: date | None = None
) -> None:
    for name, value in stands.plain().items():
        setattr(row, name, value)
    row.later, row.later_from = later, on
    row.save()


def _now(row: Counted, today: date) -> Coded:
    return _coded(vars(row), today)


def _coded(kept: Mapping[str, Any], today: date) -> Coded:
    waited = kept["later_from"] is not None and kept["later_from"] <= today
    return Coded.read(kept["later"] if waited else kept)


def _row(kept: Mapping[str, Any], today: date) -> CountedRow:
    coded = _coded(kept, today)
    return CountedRow(
        coded.codes, coded.model_version, kept["month"], coded.service_kind, coded.place
    )
