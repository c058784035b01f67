"""Telling teams by e-mail that something waits. Never what, from whom, or about whom."""

from firsthand.people import notices
from firsthand.people.models import Team
from firsthand.repair import companions
from firsthand.repair.models import Companion, Request


def tell(request: Request, *, by: Team | None = None) -> None:
    """Have the team that was asked and its companions told, but for the one that did it.

    Written in the transaction that gives the reason.
    """
    beside = [each.team for each in companions.of(request)]
    for team in [request.team, *beside]:
        if team != by:
            notices.tell_team(team)
    Companion.objects.filter(request=request).exclude(team=by).update(unread=True)
