"""Staff and their ways in, as stewards keep them."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.people import actions, queries, roll, rules
from firsthand.people.forms.steward import InviteForm
from firsthand.people.models import Invitation, Membership, Team, User
from firsthand.people.views.asking import say, user_of

_SLOT = "link of an invitation"


@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """List the sign-ins of staff."""
    return render(request, "people/steward/staff.html", {"staff": queries.staff()})


@require_safe
def person(request: HttpRequest, user: uuid.UUID) -> HttpResponse:
    """Show one member of staff: teams, and what a steward may do about their sign-in."""
    found = _staff(user)
    return render(
        request,
        "people/steward/person.html",
        {
            "person": found,
            "memberships": roll.of_user(found),
            "is_self": found == request.user,
            "alone_in": queries.alone_in(found),
        },
    )


@require_POST
def close(request: HttpRequest, user: uuid.UUID) -> HttpResponse:
    """Close a sign-in at once, or open it again."""
    found = _staff(user)
    if found == request.user:
        raise Http404  # a site must not lose its last steward by a slip
    if "open" in request.POST:
        actions.reopen(found)
        say(request, f"{found.name} can sign in again. Their teams must let them in again.")
    else:
        actions.close(found)
        say(request, f"{found.name} is signed out everywhere and cannot sign in.")
    return redirect("people:steward_person", user)


@require_POST
def reset(request: HttpRequest, user: uuid.UUID) -> HttpResponse:
    """Make a link by which a member of staff who has lost every way in begins again."""
    return _shown(request, actions.reset(user_of(request), _staff(user)))


@require_POST
def remove(request: HttpRequest, team: uuid.UUID, user: uuid.UUID) -> HttpResponse:
    """Take someone out of a team."""
    rows = Membership.objects.select_related("team__organisation", "user")
    found = get_object_or_404(rows, team_id=team, user_id=user)
    actions.leave(found.user, found.team)
    say(request, f"{found.user.name} is out of {found.team.name}.")
    return redirect("people:steward_team", team)


@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    """List the invitations that can still be used."""
    rows = list(queries.open_invitations())
    context = {"invitations": rows, "form": InviteForm(), "roles": rules.ROLES}
    return render(request, "people/steward/invitations.html", context)


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite someone to a role that needs no team."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _shown(request, actions.invite(user_of(request), form.cleaned_data["role"]))
    status = 422 if form.is_bound else 200
    return render(request, "people/steward/invite.html", {"form": form}, status=status)


@require_POST
def invite_to_team(request: HttpRequest, team: uuid.UUID) -> HttpResponse:
    """Invite someone to a team."""
    found = get_object_or_404(Team.objects.select_related("organisation"), id=team)
    role = rules.role_for(found.organisation.kind)
    return _shown(request, actions.invite(user_of(request), role, found))


@require_POST
def cancel(request: HttpRequest, invitation: uuid.UUID) -> HttpResponse:
    """Make an invitation useless."""
    actions.cancel(get_object_or_404(Invitation, id=invitation, used=False))
    say(request, "That link works no more.")
    return redirect("people:invitations")


@require_safe
def invited(request: HttpRequest) -> HttpResponse:
    """Show the link of the invitation just made: it is nowhere else."""
    link = request.session.get(_SLOT)
    if link is None:
        return redirect("people:invitations")
    return render(request, "people/steward/invited.html", {"link": link})


def _shown(request: HttpRequest, link: str) -> HttpResponse:
    request.session[_SLOT] = link
    return redirect("people:invited")


def _staff(user: uuid.UUID) -> User:
    return get_object_or_404(queries.staff(), id=user)
