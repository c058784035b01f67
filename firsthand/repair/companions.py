"""Who reads a conversation besides the person: the team that was asked, and its companions."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from firsthand.access import grants, parts
from firsthand.access.models import Grant
from firsthand.access.rules import RESEARCH
from firsthand.people.models import Team
from firsthand.people.rules import INDEPENDENT
from firsthand.repair.models import Companion, Request
from firsthand.testimony import queries as testimonies


@dataclass(frozen=True)
class Reader:
    """A team that reads a conversation. `asked`: it is the one that was asked.

    `all_of_it`: what was written before it was let in is open to it as well.
    """

    team: Team
    asked: bool
    until: date | None
    all_of_it: bool


def readers(request: Request) -> list[Reader]:
    """Return every team that may open a conversation today, the one that was asked first."""
    found = [_reader(request, grant) for grant in grants.standing(request.item_id)]
    return sorted(found, key=lambda each: (not each.asked, str(each.team)))


def possible(request: Request) -> list[Grant]:
    """Return the grants of what was told by which a team may be let into this conversation."""
    standing = grants.standing(testimonies.item_of(request.testimony_id))
    return [
        grant
        for grant in standing
        if grant.team_id != request.team_id
        and grant.purpose != RESEARCH
        and grant.team.active
        and grant.team.organisation.kind in INDEPENDENT
    ]


def unopened_to(request: Request, team: Team) -> set[uuid.UUID]:
    """Return what was written before a companion was let in and is not open to it."""
    grant = grants.live(request.item_id, team)
    return parts.unopened(grant) if grant else set()


def beside(*teams: Team) -> QuerySet[Companion]:
    """Return where teams are companions today, what is new to them first."""
    rows = Companion.objects.filter(_is_in(), team__in=teams)
    rows = rows.select_related("request__team__organisation", "team__organisation")
    return rows.order_by("-unread", F("request__next_due").asc(nulls_last=True), "id")


def of(request: Request) -> QuerySet[Companion]:
    """Return the companions in a conversation today."""
    return Companion.objects.filter(_is_in(), request=request).select_related("team")


def _is_in() -> Exists:
    """Whether there is a grant for it. Only a list: the pages check its signature."""
    held = Grant.objects.filter(item=OuterRef("request__item"), team=OuterRef("team"))
    today = Q(until=None) | Q(until__gte=timezone.localdate())
    return Exists(held.filter(today, revoked_on=None))


def _reader(request: Request, grant: Grant) -> Reader:
    asked = grant.team_id == request.team_id
    return Reader(grant.team, asked, grant.until, asked or not parts.unopened(grant))
