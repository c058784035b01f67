"""Letting researchers learn from what was told: which teams, until when, and stopping."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from firsthand.access.doer import doer_of
from firsthand.harms.shown import threshold
from firsthand.people.models import Team
from firsthand.testimony import queries, researching, rules
from firsthand.testimony.models import Testimony
from firsthand.testimony.sharing_forms import ResearchForm
from firsthand.testimony.views import shared
from firsthand.testimony.views.ended import MESSAGE, own_or_ended


@require_http_methods(["GET", "POST"])
def research(request: HttpRequest, testimony: uuid.UUID) -> HttpResponse:
    """Say what research means here, and ask which teams may read it; nothing is ticked."""
    row = own_or_ended(request, testimony, MESSAGE)
    if not isinstance(row, Testimony):
        return row
    if row.stage == rules.DRAFT:
        return redirect("testimony:check", testimony)
    asked, reading = queries.readers(row)
    form = ResearchForm(
        request.POST if request.method == "POST" else None,
        reading=[grant.team for grant in reading],
        but_not=[grant.team for grant in asked],
    )
    if form.is_valid():
        researching.let_in(doer_of(request), row, form.chosen, form.cleaned_data["until"])
        messages.success(request, f"{_names(form.chosen)} can now read it for research.")
        return redirect("testimony:own", testimony)
    context = {
        "row": row, "form": form, "reading": reading, "threshold": threshold(),
        "back_url": shared.own_address(row.id), "continue_text": "Let them read it",
    }  # fmt: skip
    return render(request, "testimony/research.html", context, status=422 if form.errors else 200)


@require_POST
def stop(request: HttpRequest, testimony: uuid.UUID, team: uuid.UUID) -> HttpResponse:
    """End one team's reading for research, by one press."""
    row = queries.own(doer_of(request), testimony)
    found = get_object_or_404(Team.objects.select_related("organisation"), id=team)
    researching.stop(doer_of(request), row, found)
    messages.success(request, f"{found} can no longer read it for research.")
    return redirect("testimony:own", testimony)


def _names(teams: list[Team]) -> str:
    *most, last = map(str, teams)
    return f"{'; '.join(most)} and {last}" if most else last
