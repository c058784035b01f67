"""Asking about requests and promises. Whatever shows words goes through the door, and the log."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from firsthand.access import door
from firsthand.access.doer import Doer
from firsthand.access.refused import Refused
from firsthand.repair import policies, rules, verdicts, words
from firsthand.repair.models import Message, MessageFile, Promise, Request
from firsthand.repair.words import Said
from firsthand.testimony import queries as testimonies
from firsthand.vault import items


@dataclass(frozen=True)
class PromiseLine:
    """A promise as its two sides see it. `history` is what the person said, and when."""

    id: uuid.UUID
    text: str
    who: str
    due: date
    verdict: str
    overdue: bool
    history: tuple[tuple[str, date], ...]

    @property
    def running(self) -> bool:
        return self.verdict == rules.RUNNING


@dataclass(frozen=True)
class Turn:
    """One turn of a conversation, open. `name` is empty for the person's own."""

    id: uuid.UUID
    kind: str
    name: str
    when: date | datetime
    said: Said
    promises: tuple[PromiseLine, ...]

    @property
    def from_person(self) -> bool:
        return not self.name


@dataclass(frozen=True)
class PromiseRow:
    """What the published figures may know of one promise. `month` is the first of a month."""

    verdict: str
    month: date
    service_kind: str


def found(request: uuid.UUID) -> Request | None:
    """Return a request's row, with what the policies ask about."""
    rows = Request.objects.select_related("team__organisation", "item")
    return rows.filter(id=request).first()


def requests_of(doer: Doer, testimony: uuid.UUID) -> list[Request]:
    """Return everyone the doer asked about a testimony of their own. Raises Refused."""
    testimonies.own(doer, testimony)
    rows = Request.objects.filter(testimony_id=testimony).exclude(stage=rules.WITHDRAWN)
    rows = rows.select_related("team__organisation", "item")
    return [row for row in rows.order_by("made_on", "team__name") if doer.owns(row.item.owner_id)]


def thread(doer: Doer, request: Request) -> list[Turn]:
    """Return the whole conversation, open, in order. Raises Refused; logs each opening."""
    policies.enter(doer, request)
    with transaction.atomic():  # one commit for all the lines in the log
        promises = _promises(doer, request)
        rows = request.messages.select_related("by", "team__organisation")
        return [_turn(doer, row, promises.get(row.id, ())) for row in rows]


def promise(doer: Doer, request: Request, promise: uuid.UUID) -> tuple[Promise, PromiseLine]:
    """Return one promise of a conversation, open. Raises Refused."""
    row = policies.check_promise(request, _with_events().filter(id=promise).first())
    return row, _line(doer, row, testimonies.item_of(request.testimony_id))


def file(request: Request, file: uuid.UUID) -> tuple[MessageFile, uuid.UUID]:
    """Return a file of a conversation and the item of the message that names it."""
    row = MessageFile.objects.select_related("message").filter(id=file).first()
    if row is None or row.message.request_id != request.id:
        raise Refused
    return row, row.message.item_id


def promise_rows() -> list[PromiseRow]:
    """Return the promises made to people who let themselves be counted, in no telling order."""
    rows = Promise.objects.filter(request__testimony_id__in=testimonies.counted_ids())
    rows = rows.select_related("request__team__organisation", "item__owner")
    lines = [_counted(row) for row in rows.prefetch_related("events")]
    return sorted(lines, key=lambda line: (line.month, line.service_kind, line.verdict))


def promise_tally() -> tuple[tuple[str, date, int, int], ...]:
    """Return what `promise_rows` amounts to, unchecked: to see cheaply whether it has changed.

    Lines of (verdict, day made, promises, times someone said how one went).
    """
    rows = Promise.objects.filter(request__testimony_id__in=testimonies.counted_ids())
    lines = rows.values_list("verdict", "made_on").order_by("verdict", "made_on")
    return tuple(lines.annotate(Count("id", distinct=True), Count("events")))


def _counted(row: Promise) -> PromiseRow:
    verdicts.history_of(row)
    service_kind = row.request.team.organisation.service_kind
    return PromiseRow(row.verdict, row.made_on.replace(day=1), service_kind)


def _promises(doer: Doer, request: Request) -> dict[uuid.UUID, tuple[PromiseLine, ...]]:
    whole = testimonies.item_of(request.testimony_id)
    found: dict[uuid.UUID, tuple[PromiseLine, ...]] = {}
    for row in _with_events().filter(request=request):
        found[row.message_id] = (*found.get(row.message_id, ()), _line(doer, row, whole))
    return found


def _with_events() -> QuerySet[Promise]:
    return Promise.objects.select_related("item__owner").prefetch_related("events")


def _line(doer: Doer, row: Promise, whole: uuid.UUID) -> PromiseLine:
    opened = door.enter(doer, row.item_id)
    said = words.pledge_from_sealed(items.read(opened, words.FIELD), row.due)
    history = verdicts.history_of(row)
    verdicts.check_none_missing(row, whole)
    late = row.verdict == rules.RUNNING and rules.is_overdue(row.due, timezone.localdate())
    return PromiseLine(row.id, said.text, said.who, row.due, row.verdict, late, history)


def _turn(doer: Doer, row: Message, promises: tuple[PromiseLine, ...]) -> Turn:
    opened = door.enter(doer, row.item_id)
    said = words.said_from_sealed(items.read(opened, words.FIELD))
    name = f"{row.by.name}, {row.team}" if row.by and row.team else ""
    return Turn(row.id, row.kind, name, row.at or row.on, said, promises)
