"""The first page of telling, and the pages after it that ask with a plain form."""

import secrets
import uuid

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from firsthand.access.doer import doer_of, forget
from firsthand.access.refused import Refused
from firsthand.people.models import User
from firsthand.people.rules import PERSON
from firsthand.testimony import actions, queries, rules
from firsthand.testimony.answers import Answers, step_values, with_given
from firsthand.testimony.forms import ReadersForm, StartForm
from firsthand.testimony.models import Testimony
from firsthand.testimony.steps import STEPS
from firsthand.testimony.views import shared
from firsthand.testimony.views.ended import ended_or_reopened


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask what happened. The first Continue keeps it."""
    if request.method == "GET":
        form = StartForm(initial={"number": secrets.token_urlsafe(16)})
        return render(request, "testimony/start.html", {"form": form})
    form = StartForm(request.POST)
    if not form.is_valid():
        return render(request, "testimony/start.html", {"form": form}, status=422)
    if "left_alone" in request.POST and not _is_signed_in(request):
        raise Refused  # sent by the script of a page left alone: nobody would read the receipt
    given = form.cleaned_data
    sitting = shared.fresh_sitting_of(request)
    testimony = actions.begin(doer_of(request), sitting, given["number"], given["happened"])
    forget(request)
    return redirect(shared.after_beginning(doer_of(request), testimony))


def _is_signed_in(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.role == PERSON


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, testimony: uuid.UUID, step: str) -> HttpResponse:
    """Ask one thing, keep it, go on."""
    try:
        row = queries.own(doer_of(request), testimony)
    except Refused:
        reopened = ended_or_reopened(request, testimony, step)
        if not isinstance(reopened, Testimony):
            return reopened
        row = reopened
    return _keep(request, row, step) if request.method == "POST" else _ask(request, row, step)


def _ask(request: HttpRequest, row: Testimony, step: str) -> HttpResponse:
    opened, said = shared.opened(request, row)
    initial = {**STEPS[step].shown(said), "seen": opened.versions.get(step, 0)}
    return _page(request, row, step, said, _form(step, said, initial=initial))


def _keep(request: HttpRequest, row: Testimony, step: str) -> HttpResponse:
    opened, said = shared.opened(request, row)
    form = _form(step, said, data=request.POST)
    if not form.is_valid():
        return _page(request, row, step, said, form, status=422)
    given = STEPS[step].kept(form.cleaned_data)
    if shared.changed_elsewhere(form, opened, said, step, given):
        return shared.two_versions(request, form, opened, step, _context(row, step, said))
    if isinstance(form, ReadersForm) and row.stage == rules.KEPT:
        actions.choose_readers(doer_of(request), row, given, form.choosable)
    else:
        actions.save(doer_of(request), row, step, given, opened)
    said = with_given(said, given)
    return redirect(_onward(request, row, step, said))


def _onward(request: HttpRequest, row: Testimony, step: str, said: Answers) -> str:
    if "later" in request.POST:
        return reverse("testimony:way_back", args=[row.id])
    if row.stage == rules.KEPT:
        onward = step == "wishes" and set(said.wishes) & set(rules.OTHERS_READ)
        return shared.address(row.id, "readers") if onward else shared.own_address(row.id)
    return shared.address(row.id, rules.step_after(step, said.wishes))


def _form(step: str, said: Answers, **kwargs: object) -> Form:
    if step == "readers":
        kwargs["wishes"] = said.wishes
    return STEPS[step].form(**kwargs)


def _page(
    request: HttpRequest, row: Testimony, step: str, said: Answers, form: Form, status: int = 200
) -> HttpResponse:
    context = {**_context(row, step, said), "form": form}
    return render(request, STEPS[step].template, context, status=status)


def _context(row: Testimony, step: str, said: Answers) -> dict[str, object]:
    return {
        "title": STEPS[step].title,
        "step": step,
        "said": step_values(said, step),
        "answers": said,
        **shared.around(row, step, said),
    }
