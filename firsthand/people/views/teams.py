"""The pages of a team: who is in it, who waits at its door."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.people import actions, queries, roll
from firsthand.people.models import Membership
from firsthand.people.sittings import sitting_of
from firsthand.people.views.asking import say, user_of, warn


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """List the teams one is in or waits for."""
    user = user_of(request)
    actions.settle(user)
    rows = [each for each in roll.of_user(user) if each.team.active]
    return render(request, "people/teams.html", {"memberships": rows})


@require_safe
def team(request: HttpRequest, team: uuid.UUID) -> HttpResponse:
    """Show who is in a team of one's own."""
    mine = _mine(request, team)
    members = queries.memberships_of(mine.team)
    for each in members:
        each.ready = queries.has_two_steps(each.user)  # type: ignore[attr-defined]
    context = {"mine": mine, "team": mine.team, "members": members}
    return render(request, "people/team.html", context)


@require_POST
def let_in(request: HttpRequest, team: uuid.UUID) -> HttpResponse:
    """Give a newcomer the team's keys."""
    mine = _mine(request, team)
    waiting = {str(each.user_id): each.user for each in queries.memberships_of(mine.team)}
    newcomer = waiting.get(request.POST.get("who", ""))
    if newcomer is None:
        raise Http404
    try:
        actions.let_in(sitting_of(request).in_hand(), newcomer, mine.team)
    except actions.NotYet as not_yet:
        warn(request, not_yet.why)
    else:
        say(request, f"{newcomer.name} can now read what is shared with this team.")
    return redirect("people:team", team)


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, team: uuid.UUID) -> HttpResponse:
    """Leave a team, once told what that means."""
    mine = _mine(request, team)
    if request.method == "GET":
        others = [each for each in queries.memberships_of(mine.team) if each.admitted]
        context = {"team": mine.team, "last": mine.admitted and len(others) == 1}
        return render(request, "people/team_leave.html", context)
    actions.leave(user_of(request), mine.team)
    say(request, f"You have left {mine.team}.")
    return redirect("people:teams")


def _mine(request: HttpRequest, team: uuid.UUID) -> Membership:
    found = [each for each in roll.of_user(user_of(request)) if each.team_id == team]
    if not found:
        raise Http404
    return found[0]
