"""What the one who asked sees: their conversations, the promises, and closing."""

import secrets
import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.access.doer import Doer, doer_of
from firsthand.repair import actions, policies, queries, rules
from firsthand.repair.forms import AskedForm, JudgeForm, MessageForm
from firsthand.repair.models import Request
from firsthand.repair.posting import Turn
from firsthand.repair.views.shared import address, around, file_response, own_or_ended

_BOTH = ["GET", "HEAD", "POST"]


@require_safe
def answers(request: HttpRequest, testimony: uuid.UUID) -> HttpResponse:
    """List everyone who was asked about one testimony, and how far that is."""
    rows = queries.requests_of(doer_of(request), testimony)
    context = {"rows": rows, "testimony": testimony, "rules": rules, "today": timezone.localdate()}
    return render(request, "repair/answers.html", context)


@require_http_methods(_BOTH)
def conversation(request: HttpRequest, conversation: uuid.UUID) -> HttpResponse:
    """Show what was said and promised; take a message back."""
    row = own_or_ended(request, conversation)
    if not isinstance(row, Request):
        return row
    if request.method != "POST":
        shown = _show(request, row, MessageForm(seen=row.turns))
        actions.note_opened(row, rules.PERSON)
        return shown
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, row, form, status=422)
    turn = Turn(form.cleaned_data["number"], form.said, form.cleaned_data["files"])
    actions.write(doer_of(request), row, rules.PERSON, turn)
    messages.success(request, "Your message has been sent.")
    return redirect("repair:conversation", row.id)


@require_http_methods(_BOTH)
def asks(request: HttpRequest, conversation: uuid.UUID) -> HttpResponse:
    """Ask what the person would like from the team."""
    row = own_or_ended(request, conversation)
    if not isinstance(row, Request):
        return row
    doer = doer_of(request)
    policies.check_step(row, rules.WRITE, rules.PERSON)
    form = AskedForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        actions.say_asked(doer, row, form.asked)
        messages.success(request, "They can read what you ask for.")
        return redirect(address(row))
    form = form or AskedForm(initial=vars(queries.asked(doer, row)))
    context = {"form": form, "row": row, "back_url": address(row)}
    return render(request, "repair/asks.html", context, status=422 if form.is_bound else 200)


@require_http_methods(_BOTH)
def judge(request: HttpRequest, conversation: uuid.UUID, promise: uuid.UUID) -> HttpResponse:
    """Ask how a promise went. Nobody else is asked."""
    row = own_or_ended(request, conversation)
    if not isinstance(row, Request):
        return row
    doer = doer_of(request)
    policies.check_step(row, rules.JUDGE, rules.PERSON)
    found, line = queries.promise(doer, row, promise)
    said = "" if line.running else line.verdict
    fresh = {"number": secrets.token_urlsafe(16), "verdict": said}
    form = JudgeForm(request.POST if request.method == "POST" else None, initial=fresh)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.judge(doer, row, found, given["verdict"], given["number"])
        messages.success(request, "What you said about the promise is on record.")
        return redirect(f"{reverse('repair:conversation', args=[row.id])}#promise-{found.id}")
    context = {"form": form, "row": row, "line": line, "rules": rules, "back_url": address(row)}
    status = 422 if form.is_bound else 200
    return render(request, "repair/judge.html", context, status=status)


@require_http_methods(_BOTH)
def close(request: HttpRequest, conversation: uuid.UUID) -> HttpResponse:
    """Close a conversation, after saying what that means."""
    return _confirm(request, conversation, rules.CLOSE, actions.close)


@require_http_methods(_BOTH)
def reopen(request: HttpRequest, conversation: uuid.UUID) -> HttpResponse:
    """Open a closed conversation again."""
    return _confirm(request, conversation, rules.REOPEN, actions.reopen)


@require_safe
def file(request: HttpRequest, conversation: uuid.UUID, file: uuid.UUID) -> HttpResponseBase:
    """Give a file that was sent with a message."""
    doer = doer_of(request)
    return file_response(doer, policies.check_person(doer, queries.found(conversation)), file)


# -- the parts --------------------------------------------------------------------------------


def _show(request: HttpRequest, row: Request, form: MessageForm, status: int = 200) -> HttpResponse:
    context = {**around(doer_of(request), row, rules.PERSON), "form": form}
    return render(request, "repair/conversation.html", context, status=status)


def _confirm(
    request: HttpRequest, conversation: uuid.UUID, step: str, act: Callable[[Doer, Request], None]
) -> HttpResponse:
    row = own_or_ended(request, conversation)
    if not isinstance(row, Request):
        return row
    if request.method == "POST":
        act(doer_of(request), row)
        return redirect(address(row))
    policies.check_step(row, step, rules.PERSON)
    context = {"row": row, "back_url": address(row)}
    return render(request, f"repair/{step}.html", context)
