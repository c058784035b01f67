"""Asking about requests and promises. Whatever shows words goes through the door, and the log."""

import uuid
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet
from django.utils import timezone

from firsthand.access import log
from firsthand.access.doer import Doer
from firsthand.access.refused import Refused
from firsthand.repair import binding, policies, rules, verdicts, words
from firsthand.repair.models import Message, MessageFile, Promise, Request
from firsthand.repair.words import Asked, Said
from firsthand.testimony import queries as testimonies
from firsthand.vault import items
from firsthand.vault.keyrings import Locked


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
    """One turn of a conversation, open. `party` says whose; `name` is empty for the person's."""

    id: uuid.UUID
    kind: str
    party: str
    name: str
    when: date | datetime
    said: Said
    promises: tuple[PromiseLine, ...]

    @property
    def from_person(self) -> bool:
        return self.party == rules.PERSON


@dataclass(frozen=True)
class Conversation:
    """What the person asked for, and every turn in order. `unopened` turns are left out."""

    asked: Asked
    turns: tuple[Turn, ...]
    unopened: int = 0


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


def conversation(
    doer: Doer, request: Request, unopened: Set[uuid.UUID] = frozenset()
) -> Conversation:
    """Return the whole conversation, open, but for the `unopened` items (see access.parts).

    Raises Refused; logs that it was opened.
    """
    fields = items.read_all(policies.enter(doer, request))
    binding.check(request, fields.get(binding.FIELD))
    whole = testimonies.item_of(request.testimony_id)
    rows = list(request.messages.select_related("by", "team__organisation"))
    promises = list(_with_events().filter(request=request))
    seen = [row.item_id for row in rows] + [row.item_id for row in promises]
    binding.check_none_missing(request, whole, seen)
    shown = [row for row in rows if row.item_id not in unopened]
    made = [(p.message_id, _line(doer, p, whole)) for p in promises if p.item_id not in unopened]
    turns = tuple(
        _turn(doer, row, tuple(line for message, line in made if message == row.id), whole)
        for row in shown
    )
    said = words.asked_from_sealed(fields.get(words.FIELD))
    return Conversation(said, turns, len(rows) - len(shown))


def asked(doer: Doer, request: Request) -> Asked:
    """Return what the person asked for. Raises Refused."""
    return words.asked_from_sealed(items.read(policies.enter(doer, request), words.FIELD))


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
    """Return the promises made to people who let themselves be counted, in no telling order.

    Raises Tampered when one does not stand as its person left it.
    """
    rows = Promise.objects.filter(request__testimony_id__in=testimonies.counted_ids())
    rows = rows.select_related("request__team__organisation", "item__owner")
    logged = verdicts.words_logged(rows)
    theirs = testimonies.checked_ids()
    lines = [
        _counted(row, logged)
        for row in rows.prefetch_related("events")
        if row.request.testimony_id in theirs
    ]
    return sorted(lines, key=lambda line: (line.month, line.service_kind, line.verdict))


def promise_tally() -> tuple[tuple[str, date, int, int], ...]:
    """Return what `promise_rows` amounts to, unchecked: to see cheaply whether it has changed.

    Lines of (verdict, day made, promises, times someone said how one went).
    """
    rows = Promise.objects.filter(request__testimony_id__in=testimonies.counted_ids())
    lines = rows.values_list("verdict", "made_on").order_by("verdict", "made_on")
    return tuple(lines.annotate(Count("id", distinct=True), Count("events")))


def _counted(row: Promise, logged: Mapping[uuid.UUID, int]) -> PromiseRow:
    verdicts.check_whole(row, logged)
    service_kind = row.request.team.organisation.service_kind
    return PromiseRow(row.verdict, row.made_on.replace(day=1), service_kind)


def _with_events() -> QuerySet[Promise]:
    return Promise.objects.select_related("item__owner").prefetch_related("events")


def _line(doer: Doer, row: Promise, whole: uuid.UUID) -> PromiseLine:
    said = words.pledge_from_sealed(_part(doer, row, whole), row.due)
    history = verdicts.history_of(row)
    verdicts.check_none_missing(row, whole)
    late = row.verdict == rules.RUNNING and rules.is_overdue(row.due, timezone.localdate())
    return PromiseLine(row.id, said.text, said.who, row.due, row.verdict, late, history)


def _turn(doer: Doer, row: Message, promises: tuple[PromiseLine, ...], whole: uuid.UUID) -> Turn:
    said = words.said_from_sealed(_part(doer, row, whole))
    name = f"{row.by.name}, {row.team}" if row.by and row.team else ""
    return Turn(row.id, row.kind, _party(row), name, row.at or row.on, said, promises)


def _party(row: Message) -> str:
    if row.team_id is None:
        return rules.PERSON
    return rules.TEAM if row.team_id == row.request.team_id else rules.COMPANION


def _part(doer: Doer, row: Message | Promise, whole: uuid.UUID) -> bytes | None:
    """Open a part of a conversation that has been entered.

    The log has one line for each time a conversation is opened, not one for each turn in it:
    a log nobody can read through would tell its owner less.
    """
    try:
        opened = items.unlock(row.item_id, doer.keys)
    except Locked:
        raise Refused from None
    log.check_state(whole, opened)
    fields = items.read_all(opened)
    binding.check(row, fields.get(binding.FIELD))
    return fields.get(words.FIELD)
