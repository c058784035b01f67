"""Changing a draft: a new line; rewording, moving, merging, splitting, removing; the order."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from firsthand.access.refused import Refused
from firsthand.harms import rules, state
from firsthand.harms.actions import drafting as actions
from firsthand.harms.forms.drafting import (
    AddForm,
    ChangeForm,
    MergeForm,
    MoveForm,
    RankForm,
    RewordForm,
    SplitForm,
)
from firsthand.harms.models import Change, Editor
from firsthand.harms.state import Line, State
from firsthand.harms.views.drafting import BOTH, ask, attempt, editing

WAYS = {"reword": RewordForm, "move": MoveForm, "merge": MergeForm, "split": SplitForm,
        "remove": ChangeForm}  # fmt: skip


@require_http_methods(BOTH)
def add(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Add a line."""
    by = editing(request, draft)
    sources = _sources(state.read(by.version))
    form = AddForm(request.POST if request.method == "POST" else None, sources=sources)
    done = attempt(form, lambda: actions.add(by, **form.said()))
    if done:
        messages.success(request, f"{done.code} is added. Say what stands beneath it.")
        return redirect("harms:draft_entry", draft, done.code)
    return ask(request, "harms/draft_change.html", by, form, way="add", line=None)


@require_http_methods(BOTH)
def change(request: HttpRequest, draft: uuid.UUID, code: str, way: str) -> HttpResponse:
    """Change a line in one of the ways there are."""
    by = editing(request, draft)
    now = state.read(by.version)
    line = now.lines.get(code)
    if line is None or way not in WAYS or (way == "move" and line["kind"] != rules.EXPERIENCE):
        raise Refused
    form = _form(request, now, line, way)
    done = attempt(form, lambda: _do(by, line, way, form.said()), _mark(by, code))
    if done:
        messages.success(request, f"Kept: {done}. You can undo it in the history.")
        return _onward(draft, done)
    fresh = state.read(by.version).lines.get(code) or line
    return ask(request, "harms/draft_change.html", by, form, way=way, line=fresh)


def _mark(by: Editor, code: str) -> Callable[[], str]:
    return lambda: state.mark(state.read(by.version).lines.get(code))


def _form(request: HttpRequest, now: State, line: Line, way: str) -> ChangeForm:
    data = request.POST if request.method == "POST" else None
    more: dict[str, Any] = {}
    if way == "move":
        more["sources"] = [one for one in _sources(now) if one[0] != line["parent"]]
    if way == "merge":
        more["lines"] = _mates(now, line)
    form: ChangeForm = WAYS[way](data, initial=_first(line), **more)
    return form


def _first(line: Line) -> dict[str, Any]:
    words = {name: line[name] for name in state.TEXTS}
    words["examples"] = "\n".join(line["examples"])
    parts = {f"{name}_1": line[name] for name in ("label", "name", "description")}
    return words | parts | {"seen": state.mark(line)}


def _sources(now: State) -> list[tuple[str, str]]:
    return [(code, line["label"]) for code, line in now.lines.items()
            if line["kind"] == rules.SOURCE]  # fmt: skip


def _mates(now: State, line: Line) -> list[tuple[str, str]]:
    """List the other lines of its kind; of an experience, those of its own source come first."""
    mates = [one for one in now.lines.values()
             if one["kind"] == line["kind"] and one["code"] != line["code"]]  # fmt: skip
    mates.sort(key=lambda one: one["parent"] != line["parent"])
    return [(one["code"], one["label"]) for one in mates]


def _do(by: Editor, line: Line, way: str, said: dict[str, Any]) -> Change:
    if way == "merge":
        codes = [line["code"], *said.pop("others")]
        return actions.merge(by, codes, **said)
    does: Mapping[str, Callable[..., Change]] = {
        "reword": actions.reword, "move": actions.move, "split": actions.split,
        "remove": actions.remove,
    }  # fmt: skip
    return does[way](by, line["code"], **said)


def _onward(draft: uuid.UUID, done: Change) -> HttpResponse:
    if len(done.results) == 1:
        return redirect("harms:draft_entry", draft, done.results[0])
    return redirect("harms:draft", draft)


@require_http_methods(BOTH)
def rank(request: HttpRequest, draft: uuid.UUID, name: str) -> HttpResponse:
    """Put a list in another order."""
    by = editing(request, draft)
    now = state.read(by.version)
    if name not in now.orders:
        raise Refused
    form = _rank_form(request, now, name)
    done = attempt(
        form,
        lambda: actions.rank(by, name, **form.said()),
        lambda: state.mark(state.read(by.version).orders[name]),
    )
    if done:
        messages.success(request, "The new order is kept. You can undo it in the history.")
        return redirect("harms:draft", draft)
    title = now.lines[name]["label"] if name in now.lines else rules.KINDS[name][1]
    return ask(request, "harms/draft_rank.html", by, form, title=title)


def _rank_form(request: HttpRequest, now: State, name: str) -> RankForm:
    order = now.orders[name]
    lines = [(code, now.lines[code]["label"]) for group in order for code in group]
    places = {code: at for at, group in enumerate(order, start=1) for code in group}
    first = {"seen": state.mark(order)}
    data = request.POST if request.method == "POST" else None
    return RankForm(data, initial=first, lines=lines, places=places)
