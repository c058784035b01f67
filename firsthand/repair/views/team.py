"""What a team sees: its inbox, one conversation, and the page for an answer."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.access.doer import doer_of
from firsthand.repair import actions, companions, inbox, policies, queries, rules
from firsthand.repair.filters import FilterForm
from firsthand.repair.forms import AnswerForm, MessageForm, PledgeForm, pledge_forms
from firsthand.repair.models import Request
from firsthand.repair.posting import Overtaken, Turn
from firsthand.repair.views.shared import OVERTAKEN, around, file_response
from firsthand.testimony import queries as testimonies


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List what the teams of this member of staff were asked."""
    teams, today = doer_of(request).teams, timezone.localdate()
    form = FilterForm(request.GET, teams=teams)
    rows = inbox.listed(teams, form.wanted, today)
    context = {
        "form": form,
        "counts": inbox.counts(teams, today),
        "today": today,
        "rules": rules,
        "page": inbox.page(rows, request.GET.get("page", "1")),
        "teams": teams,
        "beside": companions.beside(*teams)[: inbox.PER_PAGE],
        "base": form.address(),
    }
    return render(request, "repair/inbox.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: HttpRequest, conversation: uuid.UUID) -> HttpResponse:
    """Show what was told and what was said since; take a message."""
    row = policies.check_team(doer_of(request), queries.found(conversation))
    if request.method != "POST":
        row = _note(row)
        return _show(request, row, MessageForm(seen=row.turns))
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, row, form, status=422)
    given = form.cleaned_data
    turn = Turn(given["number"], form.said, given["files"])
    try:
        actions.write(doer_of(request), row, rules.TEAM, turn, given["seen"])
    except Overtaken:
        form.overtaken(_now(row).turns, OVERTAKEN)
        return _show(request, _now(row), form, status=409)
    messages.success(request, "Your message has been sent.")
    return redirect("repair:request", row.id)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, conversation: uuid.UUID) -> HttpResponse:
    """Take an answer in four parts, with a promise for each thing the team will do."""
    row = policies.check_team(doer_of(request), queries.found(conversation))
    if request.method != "POST":
        row = _note(row)
        policies.check_step(row, rules.ANSWER, rules.TEAM)
        return _ask(request, row, AnswerForm(seen=row.turns, kind=row.kind), pledge_forms())
    pledges = pledge_forms(request.POST)
    if "more" in request.POST:
        form = AnswerForm(initial=_typed(request), kind=row.kind)
        return _ask(request, row, form, _loose(pledges))
    form = AnswerForm(request.POST, request.FILES, kind=row.kind)
    if not _good(form, pledges):
        return _ask(request, row, form, pledges, status=422)
    try:
        actions.answer(doer_of(request), row, _turn(form, pledges), form.cleaned_data["seen"])
    except Overtaken:
        form.overtaken(_now(row).turns, OVERTAKEN)
        return _ask(request, _now(row), form, pledges, status=409)
    messages.success(request, "Your answer has been sent. The person can read it now.")
    return redirect("repair:request", row.id)


@require_safe
def file(request: HttpRequest, conversation: uuid.UUID, file: uuid.UUID) -> HttpResponseBase:
    """Give a file that was sent with a message."""
    doer = doer_of(request)
    return file_response(doer, policies.check_team(doer, queries.found(conversation)), file)


# -- the parts --------------------------------------------------------------------------------


def _note(row: Request) -> Request:
    return actions.note_opened(row, rules.TEAM)


def _now(row: Request) -> Request:
    return policies.check_found(queries.found(row.id))


def _show(request: HttpRequest, row: Request, form: MessageForm, status: int = 200) -> HttpResponse:
    doer = doer_of(request)
    context = {
        **around(doer, row, rules.TEAM),
        "form": form,
        "telling": testimonies.telling_for(doer, row.testimony_id),
        "beside": companions.beside(row.team).filter(request__testimony_id=row.testimony_id),
    }
    return render(request, "repair/request.html", context, status=status)


def _ask(
    request: HttpRequest,
    row: Request,
    form: AnswerForm,
    pledges: list[PledgeForm],
    status: int = 200,
) -> HttpResponse:
    doer = doer_of(request)
    context = {
        **around(doer, row, rules.TEAM),
        "form": form,
        "pledges": pledges,
        "telling": testimonies.telling_for(doer, row.testimony_id),
        "most": rules.MOST_PROMISES,
    }
    return render(request, "repair/answer.html", context, status=status)


def _typed(request: HttpRequest) -> dict[str, Any]:
    return {name: request.POST[name] for name in request.POST if name != "csrfmiddlewaretoken"}


def _loose(pledges: list[PledgeForm]) -> list[PledgeForm]:
    """The same boxes with what was typed in them, not yet checked."""
    return [
        PledgeForm(prefix=each.prefix, initial={name: each[name].value() for name in each.fields})
        for each in pledges
    ]


def _good(form: AnswerForm, pledges: list[PledgeForm]) -> bool:
    good = [each.is_valid() for each in (form, *pledges)]
    nothing = all(each.is_blank() for each in pledges)
    if nothing and not str(form["cannot"].value() or "").strip():
        pledges[0].add_error(
            "text", "Say what you will do. If there is nothing, say under “What we cannot do” why."
        )
        return False
    return all(good)


def _turn(form: AnswerForm, pledges: list[PledgeForm]) -> Turn:
    kept = [each.pledge for each in pledges if not each.is_blank()]
    return Turn(form.cleaned_data["number"], form.said, form.cleaned_data["files"], kept)
