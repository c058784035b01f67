"""Having someone beside them: the person lets a team into a conversation, and out again."""

import uuid
from datetime import date

from django.db import transaction

from firsthand.access import door, grants, parts
from firsthand.access.doer import Doer
from firsthand.access.models import Grant
from firsthand.access.refused import Refused
from firsthand.people import notices as mail
from firsthand.people.models import Team
from firsthand.repair import companions, moving, policies, rules
from firsthand.repair.models import Companion, Request
from firsthand.testimony import queries as testimonies
from firsthand.vault.items import OpenItem


@transaction.atomic
def let_in(doer: Doer, request: Request, team: Team, *, earlier: bool) -> None:
    """Let a team that reads what was told into a conversation, until the day it reads that.

    `earlier` opens what was written before, too. Raises Refused for any other team.
    """
    row, whole = _own(doer, request, rules.LET_IN)
    told = next((each for each in companions.possible(row) if each.team_id == team.id), None)
    if told is None:
        raise Refused
    part = door.look(doer, row.item_id)
    grant = parts.let_in(doer, part, told.team, until=told.until, whole=whole)
    if earlier:
        parts.open_earlier(doer, part, grant, whole=whole)
    Companion.objects.get_or_create(request=row, team=team)
    mail.tell_team(team)


@transaction.atomic
def open_earlier(doer: Doer, request: Request, team: Team) -> None:
    """Open to a companion what was written before it was let in."""
    row, whole = _own(doer, request, rules.LET_IN)
    grant = _grant(row, team)
    parts.open_earlier(doer, door.look(doer, row.item_id), grant, whole=whole)
    Companion.objects.filter(request=row, team=team).update(unread=True)
    mail.tell_team(team)


@transaction.atomic
def take_out(doer: Doer, request: Request, team: Team) -> None:
    """Take a companion out at once. What it may read otherwise stays as it is."""
    row, whole = _own(doer, request, rules.TAKE_OUT)
    if team.id == row.team_id:
        raise Refused
    if Grant.objects.filter(item_id=row.item_id, team=team, revoked_on=None).exists():
        parts.take_out(doer, door.look(doer, row.item_id), team, whole=whole)
    Companion.objects.filter(request=row, team=team).delete()


def move_until(
    doer: Doer, testimony: uuid.UUID, whole: OpenItem, team: Team, until: date | None
) -> None:
    """The last day a team reads what was told has moved: so does its last day as a companion."""
    for each in companions.beside(team).filter(request__testimony_id=testimony):
        part = door.look(doer, moving.locked(each.request).item_id)
        parts.let_in(doer, part, team, until=until, whole=whole.id)


def leave(testimony: uuid.UUID, team: Team) -> None:
    """A team reads nothing of what was told any more: it is nobody's companion there."""
    Companion.objects.filter(request__testimony_id=testimony, team=team).delete()


def _own(doer: Doer, request: Request, step: str) -> tuple[Request, uuid.UUID]:
    row = policies.check_person(doer, moving.locked(request))
    policies.check_step(row, step, rules.PERSON)
    return row, testimonies.item_of(row.testimony_id)


def _grant(row: Request, team: Team) -> Grant:
    grant = grants.live(row.item_id, team)
    if grant is None or team.id == row.team_id:
        raise Refused
    return grant
