"""The person's word on a promise: signed with their own keys, checked whenever it is shown.

Someone who can write to the database, an organisation's own operator included, cannot make a
promise look kept.
"""

import uuid
from collections.abc import Mapping
from datetime import date

from django.db.models import Count, QuerySet

from firsthand.access.models import LogLine
from firsthand.access.rules import JUDGED
from firsthand.repair import rules
from firsthand.repair.models import Promise, PromiseEvent
from firsthand.vault import keyrings
from firsthand.vault.keys import Keys, is_signed
from firsthand.vault.rules import context
from firsthand.vault.seal import Tampered


def sign(event: PromiseEvent, keys: Keys) -> PromiseEvent:
    """Put the person's signature on an event."""
    event.signature = keys.sign(_signed(event))
    return event


def history_of(promise: Promise) -> tuple[tuple[str, date], ...]:
    """Return what the person said, and when. Raises Tampered unless they signed each of it."""
    owner = keyrings.check(promise.item.owner)
    events = sorted(promise.events.all(), key=lambda event: event.place)
    for place, event in enumerate(events, start=1):
        good = is_signed(bytes(owner.sign_public), _signed(event), bytes(event.signature))
        if event.place != place or not good:
            raise Tampered
    if promise.verdict != (events[-1].verdict if events else rules.RUNNING):
        raise Tampered
    return tuple((event.verdict, event.on) for event in events)


def check_none_missing(promise: Promise, whole: uuid.UUID) -> None:
    """Raise Tampered unless the log of `whole` tells of as many events as there are."""
    lines = LogLine.objects.filter(item_id=whole, about=promise.item_id, done=JUDGED)
    if lines.count() != promise.events.count():
        raise Tampered


def words_logged(rows: QuerySet[Promise]) -> dict[uuid.UUID, int]:
    """Return how often the logs say that each promise was judged, by the promise's item.

    One question for all of `rows`, however many: the signatures alone cannot tell that the last
    word was taken out and the one before stands again.
    """
    wholes = rows.order_by().values("request__testimony__item_id")
    lines = LogLine.objects.filter(done=JUDGED, item_id__in=wholes).order_by()
    return dict(lines.values_list("about").annotate(Count("id")))


def check_whole(promise: Promise, logged: Mapping[uuid.UUID, int]) -> None:
    """Raise Tampered unless the person signed every word there is, and none is missing."""
    if len(history_of(promise)) != logged.get(promise.item_id, 0):
        raise Tampered


def _signed(event: PromiseEvent) -> bytes:
    return context(
        "verdict", event.id, event.promise_id, event.place, event.verdict, event.on.isoformat()
    )
