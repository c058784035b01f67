"""Organisations and their teams, as stewards keep them."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.people import queries, rules
from firsthand.people.forms.steward import OrganisationForm, TeamForm
from firsthand.people.models import Organisation, Team
from firsthand.people.views.asking import say


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show a steward what there is to look after."""
    return render(
        request,
        "people/steward/start.html",
        {
            "organisations": queries.organisations().count(),
            "staff": queries.staff().filter(is_active=True).count(),
            "invitations": queries.open_invitations().count(),
        },
    )


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """List every organisation."""
    rows = queries.organisations()
    return render(request, "people/steward/organisations.html", {"organisations": rows})


@require_safe
def organisation(request: HttpRequest, organisation: uuid.UUID) -> HttpResponse:
    """Show one organisation and its teams."""
    found = get_object_or_404(Organisation, id=organisation)
    context = {"organisation": found, "teams": queries.teams_with_counts(found)}
    return render(request, "people/steward/organisation.html", context)


@require_http_methods(["GET", "POST"])
def edit_organisation(request: HttpRequest, organisation: uuid.UUID | None = None) -> HttpResponse:
    """Add an organisation, or change one."""
    found = get_object_or_404(Organisation, id=organisation) if organisation else Organisation()
    form = OrganisationForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        say(request, f"{saved.name} is saved.")
        return redirect("people:organisation", saved.id)
    context = {"form": form, "organisation": found, "fresh": organisation is None}
    status = 422 if form.is_bound else 200
    return render(request, "people/steward/organisation_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edit_team(
    request: HttpRequest, organisation: uuid.UUID | None = None, team: uuid.UUID | None = None
) -> HttpResponse:
    """Add a team to an organisation, or change one."""
    found = _team(organisation, team)
    form = TeamForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        say(request, f"{saved.name} is saved.")
        return redirect("people:steward_team", saved.id)
    context = {"form": form, "team": found, "fresh": team is None}
    status = 422 if form.is_bound else 200
    return render(request, "people/steward/team_edit.html", context, status=status)


@require_safe
def team(request: HttpRequest, team: uuid.UUID) -> HttpResponse:
    """Show a team: who is in it, who waits, and the way to invite someone."""
    found = _team(None, team)
    return render(
        request,
        "people/steward/team.html",
        {
            "team": found,
            "members": queries.memberships_of(found),
            "role": rules.ROLES[rules.role_for(found.organisation.kind)],
            "invitations": queries.open_invitations().filter(team=found),
        },
    )


def _team(organisation: uuid.UUID | None, team: uuid.UUID | None) -> Team:
    if team:
        return get_object_or_404(Team.objects.select_related("organisation"), id=team)
    return Team(organisation=get_object_or_404(Organisation, id=organisation))
