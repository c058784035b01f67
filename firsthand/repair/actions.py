"""Asking, answering, judging, closing: each leaves its line in the log, in the same transaction."""

import uuid
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from firsthand.access import door, grants
from firsthand.access import rules as access
from firsthand.access.doer import Doer
from firsthand.methods.working_days import add_working_days
from firsthand.people.models import Team
from firsthand.repair import (
    binding,
    letting_in,
    moving,
    notices,
    policies,
    posting,
    rules,
    verdicts,
    words,
)
from firsthand.repair.models import Companion, Message, Promise, PromiseEvent, Request
from firsthand.repair.posting import Overtaken as Overtaken
from firsthand.repair.posting import Turn as Turn
from firsthand.repair.words import Asked
from firsthand.testimony import queries as testimonies
from firsthand.vault import derive
from firsthand.vault.items import OpenItem


@transaction.atomic
def ask(
    doer: Doer,
    testimony: uuid.UUID,
    opened: OpenItem,
    team: Team,
    purpose: str,
    until: date | None,
) -> Request:
    """Begin a conversation with a team that was just let in.

    Again begins no second one; the last day moves if it is another.
    """
    letting_in.move_until(doer, testimony, opened, team, until)
    if standing := _live(testimony).filter(team=team).first():
        if policies.is_let_in(standing):
            return _until(doer, standing, opened, until)
        stop(testimony, team)  # the time it was shared for is over: this is a new asking
    today = timezone.localdate()
    due = add_working_days(today, settings.FIRSTHAND_ANSWER_WORKING_DAYS)
    row = Request(
        testimony_id=testimony, team=team, kind=purpose, made_on=today, until=until,
        answer_due=due, next_due=due,
    )  # fmt: skip
    owner, fields = testimonies.owner_of(testimony), {binding.FIELD: binding.facts_of(row)}
    asked = door.create(doer, owner, fields, whole=opened.id, under=opened.id, done=access.WROTE)
    grants.make(doer, asked, team, purpose, until=until, whole=opened.id)
    row.item_id = asked.id
    row.save(force_insert=True)
    notices.tell(row)
    return row


@transaction.atomic
def say_asked(doer: Doer, request: Request, asked: Asked) -> None:
    """Keep what the person would like from the team, in place of what they said before."""
    row = policies.check_person(doer, moving.locked(request))
    policies.check_step(row, rules.WRITE, rules.PERSON)
    door.change(doer, row.item_id, words.asked_to_sealed(asked))
    row.unread_by_team = True
    moving.rest(row, rules.WRITE, rules.PERSON)
    notices.tell(row)


@transaction.atomic
def note_opened(request: Request, party: str) -> Request:
    """Note that one side has the conversation in front of them."""
    row = moving.locked(request)
    if party == rules.PERSON:
        row.unread_by_person = False
        row.save(update_fields=["unread_by_person"])
        return row
    policies.check_step(row, rules.OPEN, party)
    row.opened, row.unread_by_team = True, False
    return moving.rest(row, rules.OPEN, party)


def note_beside(request: Request, team: Team) -> None:
    """Note that a companion has the conversation in front of them: it is opened for nobody else."""
    Companion.objects.filter(request=request, team=team).update(unread=False)


@transaction.atomic
def write(doer: Doer, request: Request, party: str, turn: Turn, seen: int | None = None) -> Message:
    """Post a message from one side. Raises Overtaken, Refused."""
    message = posting.post(doer, request, party, rules.WRITE, turn, seen)
    notices.tell(request, by=message.team)
    return message


@transaction.atomic
def answer(doer: Doer, request: Request, turn: Turn, seen: int | None = None) -> Message:
    """Post a team's answer, with its promises. Raises Overtaken, Refused."""
    message = posting.post(doer, request, rules.TEAM, rules.ANSWER, turn, seen)
    notices.tell(request, by=message.team)
    return message


@transaction.atomic
def judge(doer: Doer, request: Request, promise: Promise, verdict: str, number: str) -> None:
    """Keep the person's word on a promise; what they said before stays in its history."""
    row = policies.check_person(doer, moving.locked(request))
    policies.check_step(row, rules.JUDGE, rules.PERSON)
    last = promise.events.order_by("-place").first()
    event = PromiseEvent(
        id=derive.id_for("verdict", promise.id, number),
        promise=promise,
        place=last.place + 1 if last else 1,
        verdict=verdict,
        on=timezone.localdate(),
    )
    said = last.verdict if last else rules.RUNNING
    if verdict == said or PromiseEvent.objects.filter(id=event.id).exists():
        return
    verdicts.sign(event, doer.hands[row.item.owner_id]).save(force_insert=True)
    Promise.objects.filter(id=promise.id).update(verdict=verdict)
    moving.note(doer, row, access.JUDGED, promise.item_id)
    row.unread_by_team = True
    moving.rest(row, rules.JUDGE, rules.PERSON)
    if row.stage in rules.SEEN_BY_TEAM:
        notices.tell(row)


@transaction.atomic
def close(doer: Doer, request: Request) -> None:
    """Close a conversation: only the person can."""
    row = policies.check_person(doer, moving.locked(request))
    if row.stage == rules.CLOSED:
        return  # pressed twice
    policies.check_step(row, rules.CLOSE, rules.PERSON)
    moving.note(doer, row, access.CLOSED, row.item_id)
    moving.rest(row, rules.CLOSE, rules.PERSON)


@transaction.atomic
def reopen(doer: Doer, request: Request) -> None:
    """Open a closed conversation again."""
    row = policies.check_person(doer, moving.locked(request))
    if row.stage in rules.STANDING:
        return  # pressed twice
    policies.check_step(row, rules.REOPEN, rules.PERSON)
    moving.note(doer, row, access.CHANGED, row.item_id)
    row.unread_by_team = True
    moving.rest(row, rules.REOPEN, rules.PERSON)
    notices.tell(row)


@transaction.atomic
def stop(testimony: uuid.UUID, team: Team) -> None:
    """The person let a team in no longer: its conversation ends, and stays theirs to read."""
    letting_in.leave(testimony, team)
    for request in _live(testimony).filter(team=team):
        moving.rest(moving.locked(request), rules.STOP, rules.PERSON)


@transaction.atomic
def withdraw(testimony: uuid.UUID) -> None:
    """Everything of a testimony goes: only that there was a request is left."""
    rows = Request.objects.filter(testimony_id=testimony).exclude(stage=rules.WITHDRAWN)
    for request in rows:
        row = moving.locked(request)
        row.messages.all().delete()
        row.companions.all().delete()
        row.turns = row.promised = row.running = 0
        row.answered = row.opened = row.unread_by_team = row.unread_by_person = False
        moving.rest(row, rules.WITHDRAW, rules.PERSON)


def _until(doer: Doer, request: Request, whole: OpenItem, until: date | None) -> Request:
    row = moving.locked(request)
    asked = door.look(doer, row.item_id)
    grants.make(doer, asked, row.team, row.kind, until=until, whole=whole.id)
    row.until = until
    row.save(update_fields=["until"])
    return row


def _live(testimony: uuid.UUID) -> QuerySet[Request]:
    return Request.objects.filter(testimony_id=testimony, stage__in=rules.SEEN_BY_TEAM)
