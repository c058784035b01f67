"""Having someone beside them: the person lets a team into a conversation, and takes it out."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from firsthand.access.doer import doer_of
from firsthand.access.refused import Refused
from firsthand.repair import companions, letting_in, policies, rules
from firsthand.repair.companions import Reader
from firsthand.repair.forms import LetInForm
from firsthand.repair.models import Request
from firsthand.repair.views.shared import address, own_or_ended

_BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(_BOTH)
def let_in(request: HttpRequest, conversation: uuid.UUID) -> HttpResponse:
    """Ask whom to let in, and whether what was written before is for them as well."""
    row = own_or_ended(request, conversation)
    if not isinstance(row, Request):
        return row
    policies.check_step(row, rules.LET_IN, rules.PERSON)
    teams = [grant.team for grant in companions.possible(row)]
    form = LetInForm(request.POST if request.method == "POST" else None, teams=teams)
    if form.is_valid():
        team = form.team
        letting_in.let_in(doer_of(request), row, team, earlier=form.cleaned_data["earlier"])
        messages.success(request, f"{team} can read this conversation now, and write in it.")
        return redirect(address(row))
    inside = {reader.team for reader in companions.readers(row) if not reader.asked}
    form.leave_out(inside)
    context = {"form": form, "row": row, "inside": inside, "back_url": address(row)}
    status = 422 if form.is_bound else 200
    return render(request, "repair/let_in.html", context, status=status)


@require_http_methods(_BOTH)
def companion(request: HttpRequest, conversation: uuid.UUID, team: uuid.UUID) -> HttpResponse:
    """Show what a companion can read; open more to it, or take it out."""
    row = own_or_ended(request, conversation)
    if not isinstance(row, Request):
        return row
    reader = _companion(row, team)
    if request.method == "POST":
        return _done(request, row, reader)
    context = {"row": row, "reader": reader, "rules": rules, "back_url": address(row)}
    return render(request, "repair/companion.html", context)


def _companion(row: Request, team: uuid.UUID) -> Reader:
    beside = [reader for reader in companions.readers(row) if not reader.asked]
    found = next((reader for reader in beside if reader.team.id == team), None)
    if found is None:
        raise Refused
    return found


def _done(request: HttpRequest, row: Request, reader: Reader) -> HttpResponse:
    if "earlier" in request.POST:
        letting_in.open_earlier(doer_of(request), row, reader.team)
        messages.success(request, f"{reader.team} can read what was written before, too.")
    elif "out" in request.POST:
        letting_in.take_out(doer_of(request), row, reader.team)
        messages.success(request, f"{reader.team} can open nothing here any more.")
    return redirect(address(row))
