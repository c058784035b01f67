"""A team's inbox: which requests, in what order. It shows no words, so it reads none."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from firsthand.people.models import Team
from firsthand.repair import rules
from firsthand.repair.models import Request

PER_PAGE = 50
SORTS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "due": ("What is due first", (F("next_due").asc(nulls_last=True), "made_on")),
    "new": ("Newest first", ("-made_on",)),
    "old": ("Oldest first", ("made_on",)),
    "unread": ("Unread first", ("-unread_by_team", F("next_due").asc(nulls_last=True))),
}
ONLY = {"unread": "Unread", "overdue": "Overdue"}
CLOSED, EVERY = "closed", "every"


@dataclass(frozen=True)
class Wanted:
    """What someone asked their inbox for. Empty means all that is open."""

    stage: str = ""
    only: str = ""
    kind: str = ""
    team: str = ""
    sort: str = "due"
    reference: str = ""


def let_in(teams: Iterable[Team], today: date) -> QuerySet[Request]:
    """Return every request these teams may open today."""
    rows = Request.objects.filter(team__in=list(teams), stage__in=rules.SEEN_BY_TEAM)
    return rows.filter(Q(until=None) | Q(until__gte=today))


def listed(teams: Iterable[Team], wanted: Wanted, today: date) -> QuerySet[Request]:
    """Return the requests asked for, in the order asked for."""
    rows = let_in(teams, today).filter(_of_stage(wanted.stage) & _of_reference(wanted.reference))
    if wanted.only == "unread":
        rows = rows.filter(unread_by_team=True)
    if wanted.only == "overdue":
        rows = rows.filter(next_due__lt=today)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.team:
        rows = rows.filter(team_id=wanted.team)
    order = SORTS[wanted.sort][1]
    return rows.select_related("team__organisation").order_by(*order, "id")


def counts(teams: Iterable[Team], today: date) -> dict[str, int]:
    """Return how many are open, unread, overdue and closed: `{"open": 3, …}`."""
    standing = Q(stage__in=rules.STANDING)
    return let_in(teams, today).aggregate(
        open=Count("id", filter=standing),
        unread=Count("id", filter=standing & Q(unread_by_team=True)),
        overdue=Count("id", filter=standing & Q(next_due__lt=today)),
        closed=Count("id", filter=Q(stage=rules.CLOSED)),
    )


def of_testimony(testimony: uuid.UUID, team: Team) -> Request | None:
    """Return what a team was itself asked about a testimony, if it may open that today."""
    return let_in([team], timezone.localdate()).filter(testimony_id=testimony).first()


def page(rows: QuerySet[Request], number: str) -> Page[Request]:
    """Return one page of the list; a number that makes no sense is the nearest that does."""
    return Paginator(rows, PER_PAGE).get_page(number)


def _of_stage(stage: str) -> Q:
    if stage == EVERY:
        return Q()
    return Q(stage=stage) if stage else Q(stage__in=rules.STANDING)


def _of_reference(typed: str) -> Q:
    """Ids between the lowest and the highest that begin with these letters."""
    letters = "".join(each for each in typed.lower() if each in "0123456789abcdef")[:8]
    if not letters:
        return Q()
    return Q(id__gte=letters.ljust(32, "0"), id__lte=letters.ljust(32, "f"))
