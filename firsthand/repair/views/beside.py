"""What a companion sees: a conversation that a person let its team into."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.access.doer import doer_of
from firsthand.people.models import Team
from firsthand.repair import actions, companions, inbox, policies, queries, rules
from firsthand.repair.forms import MessageForm
from firsthand.repair.models import Request
from firsthand.repair.posting import Overtaken, Turn
from firsthand.repair.views.shared import OVERTAKEN, around, file_response


@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: HttpRequest, conversation: uuid.UUID) -> HttpResponse:
    """Show what was said since they were let in, or all of it; take a message."""
    row, team = _found(request, conversation)
    if request.method != "POST":
        shown = _show(request, row, team, MessageForm(seen=row.turns))
        actions.note_beside(row, team)
        return shown
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, row, team, form, status=422)
    given = form.cleaned_data
    turn = Turn(given["number"], form.said, given["files"])
    try:
        actions.write(doer_of(request), row, rules.COMPANION, turn, given["seen"])
    except Overtaken:
        row, team = _found(request, conversation)
        form.overtaken(row.turns, OVERTAKEN)
        return _show(request, row, team, form, status=409)
    messages.success(request, "Your message has been sent.")
    return redirect("repair:beside", row.id)


@require_safe
def file(request: HttpRequest, conversation: uuid.UUID, file: uuid.UUID) -> HttpResponseBase:
    """Give a file that was sent with a message they may read."""
    row, _ = _found(request, conversation)
    return file_response(doer_of(request), row, file)


def _found(request: HttpRequest, conversation: uuid.UUID) -> tuple[Request, Team]:
    row = policies.check_found(queries.found(conversation))
    return row, policies.check_companion(doer_of(request), row)


def _show(
    request: HttpRequest, row: Request, team: Team, form: MessageForm, status: int = 200
) -> HttpResponse:
    unopened = companions.unopened_to(row, team)
    context = {
        **around(doer_of(request), row, rules.COMPANION, unopened),
        "form": form,
        "own": inbox.of_testimony(row.testimony_id, team),
    }
    return render(request, "repair/beside.html", context, status=status)
