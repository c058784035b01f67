"""Check what you said, then keep it."""

import uuid
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from firsthand.access.doer import doer_of
from firsthand.testimony import actions, queries, rules
from firsthand.testimony.answers import Answers
from firsthand.testimony.models import Testimony
from firsthand.testimony.views import shared


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, testimony: uuid.UUID) -> HttpResponse:
    """Show every answer with a way to change it; the button keeps it and shares it."""
    row = queries.own(doer_of(request), testimony)
    if request.method == "POST":
        return redirect(_finish(request, row))
    opened, said = shared.opened(request, row)
    context = {
        "row": row,
        "telling": queries.telling(doer_of(request), row, opened),
        "read_as": read_as(said),
        "teams": queries.chosen_teams(said),
        "until": date.fromisoformat(said.until) if said.until else None,
        "over": rules.is_over(said.until, timezone.localdate()),
        "back_url": shared.address(row.id, rules.step_before("check", said.wishes)),
    }
    return render(request, "testimony/check.html", context)


def _finish(request: HttpRequest, row: Testimony) -> str:
    """Keep it; return where to go: to who may read it, when the day chosen there has passed."""
    try:
        actions.finish(doer_of(request), row)
    except actions.LastDayOver:
        return shared.address(row.id, "readers")
    return reverse("testimony:done", args=[row.id])


def read_as(said: Answers) -> tuple[date, date] | None:
    """Return the first and last day that "when" was read as, if it could be read."""
    if not said.when_earliest:
        return None
    return date.fromisoformat(said.when_earliest), date.fromisoformat(said.when_latest)
