"""The first page of telling, and the pages after it that ask with a plain form."""

import secrets
import uuid

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from firsthand.access import limits
from firsthand.access.doer import doer_of, forget
from firsthand.access.refused import Refused
from firsthand.people.models import User
from firsthand.people.rules import PERSON
from firsthand.testimony import actions, queries, rules
from firsthand.testimony.answers import Answers, with_given
from firsthand.testimony.forms import StartForm
from firsthand.testimony.models import Testimony
from firsthand.testimony.sharing_forms import ReadersForm
from firsthand.testimony.steps import STEPS, Given
from firsthand.testimony.views import readers, shared
from firsthand.testimony.views.ended import own_or_ended
from firsthand.vault.items import OpenItem


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
    if not actions.has_begun(given["number"]):
        limits.make_room(limits.TELLING, limits.near(request))
    sitting = shared.fresh_sitting_of(request)
    testimony = actions.begin(doer_of(request), sitting, given["number"], given["happened"])
    forget(request)
    return redirect(shared.after_beginning(doer_of(request), testimony))


def _is_signed_in(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.role == PERSON


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, testimony: uuid.UUID, step: str) -> HttpResponse:
    """Ask one thing, keep it, go on."""
    row = own_or_ended(request, testimony, step)
    if not isinstance(row, Testimony):
        return row
    return _keep(request, row, step) if request.method == "POST" else _ask(request, row, step)


def _ask(request: HttpRequest, row: Testimony, step: str) -> HttpResponse:
    opened, said = shared.opened(request, row)
    shown = {**STEPS[step].shown(said), "seen": opened.versions.get(step, 0)}
    if step != "readers":
        return _page(request, row, step, said, STEPS[step].form(initial=shown))
    form = readers.form_to_ask(row, said, shown)
    if readers.wishes_first(form, said):
        return readers.to_wishes(request, row)
    return _page(request, row, step, said, form)


def _keep(request: HttpRequest, row: Testimony, step: str) -> HttpResponse:
    opened, said = shared.opened(request, row)
    form = _typed(row, step, said, request.POST)
    if not form.is_valid():
        return _page(request, row, step, said, form, status=422)
    given = STEPS[step].kept(form.cleaned_data)
    if shared.changed_elsewhere(form, opened, said, step, given):
        return shared.two_versions(request, form, opened, step, _context(row, step, said))
    _save(request, row, step, form, given, opened)
    return redirect(_onward(request, row, step, with_given(said, given)))


def _typed(row: Testimony, step: str, said: Answers, typed: QueryDict) -> Form:
    if step == "readers":
        return readers.form_for(row, said, data=typed)
    return STEPS[step].form(data=typed)


def _save(
    request: HttpRequest, row: Testimony, step: str, form: Form, given: Given, opened: OpenItem
) -> None:
    doer = doer_of(request)
    if isinstance(form, ReadersForm) and row.stage == rules.KEPT:
        actions.choose_readers(doer, row, given, form.choosable)
    elif step == "wishes":
        actions.save_wishes(doer, row, given, opened)
    else:
        actions.save(doer, row, step, given, opened)


def _onward(request: HttpRequest, row: Testimony, step: str, said: Answers) -> str:
    if step == "wishes" and queries.reading_unwished(row, said.wishes):
        return reverse("testimony:stop_some", args=[row.id])
    if "later" in request.POST:
        return reverse("testimony:way_back", args=[row.id])
    if row.stage == rules.KEPT:
        return shared.after_wishes(row, said) if step == "wishes" else shared.own_address(row.id)
    return shared.address(row.id, rules.step_after(step, said.wishes))


def _page(
    request: HttpRequest, row: Testimony, step: str, said: Answers, form: Form, status: int = 200
) -> HttpResponse:
    context = {**_context(row, step, said), "form": form}
    return render(request, STEPS[step].template, context, status=status)


def _context(row: Testimony, step: str, said: Answers) -> dict[str, object]:
    return {
        "title": STEPS[step].title,
        "step": step,
        "answers": said,
        **shared.around(row, step, said),
    }
