"""Made-up teams read, write and answer; made-up people say how the promises went."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from firsthand.config.demo import clock
from firsthand.config.demo.people import Someone
from firsthand.config.demo.telling import Told
from firsthand.config.demo.town import made_up
from firsthand.people.models import Team
from firsthand.repair import actions, rules
from firsthand.repair.models import Promise, Request
from firsthand.repair.words import Asked, Pledge, Said
from firsthand.testimony import queries as testimonies


def request_of(told: Told, team: Team) -> Request:
    """Return the request a testimony has made to a team."""
    return Request.objects.get(testimony=told.row, team=team)


def ask(told: Told, team: Team, asked: dict[str, Any]) -> None:
    """Say what the person would like from the team."""
    with clock.on(told.day):
        said = Asked(tuple(asked["asks"]), made_up(asked.get("text", "")))
        actions.say_asked(told.doer, request_of(told, team), said)


def read(told: Told, team: Team, by: Someone, day: date) -> None:
    """Open it and read it, which the person sees."""
    with clock.on(day):
        actions.note_opened(request_of(told, team), rules.TEAM)
        testimonies.telling_for(by.doer, told.row.id)


def write(told: Told, team: Team, by: Someone | None, text: str, day: date) -> None:
    """Send a message: from the team's `by`, or from the person."""
    turn = actions.Turn(secrets.token_urlsafe(8), Said(text=made_up(text)))
    doer, party = (by.doer, rules.TEAM) if by else (told.doer, rules.PERSON)
    with clock.on(day):
        actions.write(doer, request_of(told, team), party, turn)


def answer(told: Told, team: Team, by: Someone, said: dict[str, Any], day: date) -> list[Promise]:
    """Give an answer and its promises; return them in order."""
    heard, responsible, needed = (
        made_up(said.get(name, "")) for name in ("heard", "responsible", "needed")
    )
    said_words = Said(heard=heard, responsible=responsible, needed=needed)
    pledges = [
        Pledge(made_up(each["text"]), by.user.name, day + timedelta(days=each["days"]))
        for each in said["promises"]
    ]
    with clock.on(day):
        turn = actions.Turn(secrets.token_urlsafe(8), said_words, (), pledges)
        message = actions.answer(by.doer, request_of(told, team), turn)
    return list(message.promises.order_by("place"))


def judge(
    told: Told, team: Team, promises: Sequence[Promise], verdicts: Sequence[str], day: date
) -> None:
    """Say of each promise in turn how it went."""
    with clock.on(day):
        for promise, verdict in zip(promises, verdicts, strict=False):
            number = secrets.token_urlsafe(8)
            actions.judge(told.doer, request_of(told, team), promise, verdict, number)


def close(told: Told, team: Team, day: date) -> None:
    """Close the conversation, which only the person can."""
    with clock.on(day):
        actions.close(told.doer, request_of(told, team))
