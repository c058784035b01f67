"""Counting tellings: only codes, month and broad place, only while their owners wish so.

A quarter that is over has its figures published, so a row in it may not move with one person's
hand: whoever kept two copies of the tables would read that person's whole row off the difference.
So a yes that comes late counts in the month it is said, and what is changed later in a quarter
that is over waits for the next one to be published. Only taking one's account out is done at once.

Each row stands under the server's mark. One that does not is left out of every figure.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from firsthand.methods.quarters import quarter_of
from firsthand.testimony.coded import Coded, is_ours, is_sound, marked, with_telling
from firsthand.testimony.models import Counted, Testimony
from firsthand.vault.models import Item


@dataclass(frozen=True)
class CountedRow:
    """What the published figures may know of one testimony."""

    codes: tuple[str, ...]
    model_version: str
    month: date
    service_kind: str
    place: str


@dataclass(frozen=True)
class Count:
    """What may be counted, and how many rows are not because they were changed from outside."""

    rows: list[CountedRow]
    left_out: int


@transaction.atomic
def keep(testimony: Testimony, coded: Coded | None, today: date) -> None:
    """Count a telling from now on as `coded`; with None no longer, from this moment.

    Called after every change to a telling that is kept. A row that was changed from outside is
    thrown away, never changed further and so made good.
    """
    row = Counted.objects.select_for_update().filter(testimony=testimony).first()
    if coded is None or (row and not is_ours(vars(row))):
        Counted.objects.filter(testimony=testimony).delete()
        row = None
    if coded:
        row = row or Counted(testimony=testimony, month=today.replace(day=1), **coded.plain())
        row.revision = Item.objects.values_list("revision", flat=True).get(id=testimony.item_id)
        _change(row, coded, today)


def count(today: date) -> Count:
    """Return what may be counted `today`, in no order that says who told when."""
    found = Counted.objects.order_by("month", "service_kind", "testimony_id")
    kept = list(with_telling(found).iterator())
    sound = [_row(each, today) for each in kept if is_sound(each)]
    return Count(sound, len(kept) - len(sound))


def ids() -> set[uuid.UUID]:
    """Return the ids of every telling that may be counted."""
    kept = with_telling(Counted.objects.all()).iterator()
    return {each["testimony_id"] for each in kept if is_sound(each)}


def changed() -> list[uuid.UUID]:
    """Return the item of each telling that is counted otherwise than its owner left it."""
    kept = with_telling(Counted.objects.all()).iterator()
    wrong = [each["testimony_id"] for each in kept if not is_sound(each)]
    return [Testimony.objects.values_list("item_id", flat=True).get(id=each) for each in wrong]


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
    if not is_ours(vars(row)):
        return False
    _hold(row, Coded.on(today, vars(row)))
    return True


def _change(row: Counted, coded: Coded, today: date) -> None:
    stands, running = Coded.on(today, vars(row)), quarter_of(today)
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
    marked(row).save()


def _row(kept: Mapping[str, Any], today: date) -> CountedRow:
    coded = Coded.on(today, kept)
    return CountedRow(
        coded.codes, coded.model_version, kept["month"], coded.service_kind, coded.place
    )
