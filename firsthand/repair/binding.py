"""Ties what is in the clear about a row to what is sealed in its item.

Who wrote a turn, in which place, by when a promise is due: the database shows these in the clear,
so that lists can be made. Each is sealed as well, under the item's key, so that someone who can
only write to the database cannot change one unnoticed, or take a turn out.
"""

import uuid
from collections.abc import Iterable

from firsthand.access.models import LogLine
from firsthand.access.rules import PROMISED, WROTE
from firsthand.repair.models import Message, Promise, Request
from firsthand.vault.models import Item
from firsthand.vault.rules import context
from firsthand.vault.seal import Tampered

FIELD = "bound"


def facts_of(row: Request | Message | Promise) -> bytes:
    """Return what may never change about a row, as one string of bytes.

    How long a request is shared for may change: its owner's signed grant says that.
    """
    if isinstance(row, Request):
        return context("request", row.id, row.testimony_id, row.team_id, row.kind, row.made_on,
                       row.answer_due)  # fmt: skip
    if isinstance(row, Message):
        at = row.at.timestamp() if row.at else None
        return context("message", row.id, row.request_id, row.place, row.kind, row.by_id,
                       row.team_id, row.on, at)  # fmt: skip
    return context("promise", row.id, row.request_id, row.message_id, row.place, row.made_on,
                   row.due)  # fmt: skip


def check(row: Request | Message | Promise, sealed: bytes | None) -> None:
    """Raise Tampered unless the row is as it was when its item was sealed."""
    if sealed != facts_of(row):
        raise Tampered


def check_none_missing(request: Request, whole: uuid.UUID, seen: Iterable[uuid.UUID]) -> None:
    """Raise Tampered unless `seen` are the items of every turn and promise there has been."""
    under = Item.objects.filter(under_id=request.item_id, erased=False)
    if set(under.values_list("id", flat=True)) != set(seen):
        raise Tampered
    written = LogLine.objects.filter(item_id=whole, done__in=(WROTE, PROMISED))
    if written.exclude(about__in=Item.objects.values("id")).exists():
        raise Tampered
