"""A draft: at a glance, a line of it, its map and its history; beginning one; who edits it."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.refused import Refused
from firsthand.harms import drafts, missed, noting, policies, queries, rules, shown
from firsthand.harms.actions import drafting as actions
from firsthand.harms.forms.drafting import AboutForm, BeginForm, EditorForm, PlaceForm
from firsthand.harms.models import Drafting, Entry
from firsthand.harms.views.drafting import BOTH, ask, attempt, editing, glance
from firsthand.people.models import User


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List the drafts someone edits."""
    told = {"editing": queries.edited(_user(request)), "newest": queries.current_version()}
    return render(request, "harms/drafts.html", told)


@require_http_methods(BOTH)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a draft from the newest version."""
    newest = queries.current_version()
    if newest is None:
        return render(request, "harms/none.html", status=404)
    first = {"title": newest.title}
    form = BeginForm(request.POST if request.method == "POST" else None, initial=first)
    by = attempt(form, lambda: actions.begin(_user(request), **form.cleaned_data))
    if by:
        messages.success(request, f"The draft of {by.version.slug} is begun. Nobody else sees it.")
        return redirect("harms:draft", by.version.pk)
    told = {"form": form, "newest": newest}
    return render(request, "harms/draft_begin.html", told, status=422 if form.is_bound else 200)


@require_safe
def draft(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Show a draft at a glance: what changed, and what is still without grounds."""
    by = policies.check_editor(request.user, draft)
    seen = glance(by)
    told = {
        "by": by, "version": by.version, "seen": seen, "HOW": drafts.HOW, "KINDS": rules.KINDS,
        "many": seen.how_many(), "place_form": PlaceForm(),
        "inner": {line.entry.code: _inner(seen, line.entry) for line in seen.lines},
        "missed": [] if by.version.published else missed.missed(by.drafting),
    }  # fmt: skip
    return render(request, "harms/draft.html", told)


def _inner(seen: drafts.Glance, one: Entry) -> list[drafts.Line]:
    return [line for line in seen.lines if line.entry.parent_id == one.pk]


@require_safe
def entry(request: HttpRequest, draft: uuid.UUID, code: str) -> HttpResponse:
    """Show a line of a draft: its words, what stands beneath it, and what was done to it."""
    by = policies.check_editor(request.user, draft)
    seen = glance(by)
    line = seen.line(code)
    if line is None:
        raise Refused
    codes = {code, *line.old}
    told = {
        "by": by, "version": by.version, "line": line, "entry": line.entry, "HOW": drafts.HOW,
        "rules": rules, "shown": shown,
        "rank_words": queries.rank_words(line.entry),
        "changes": [each for each in seen.changes
                    if codes & {*each.sources, *each.results}],
        "list": rules.list_of(line.entry.kind, getattr(line.entry.parent, "code", None)),
    }  # fmt: skip
    return render(request, "harms/draft_entry.html", told)


@require_safe
def the_map(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Show what became of every line of the version before."""
    by = policies.check_editor(request.user, draft)
    told = {"by": by, "version": by.version, "seen": glance(by), "rules": rules,
            "labels": labels(by.drafting)}  # fmt: skip
    return render(request, "harms/draft_map.html", told)


def labels(of: Drafting) -> dict[str, str]:
    """Give the plain words of the lines of a draft, and of lines that are no more, by code."""
    old = {one.code: one.label for one in queries.entries(of.based_on)}
    return old | {one.code: one.label for one in queries.entries(of.version)}


@require_safe
def history(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Show every change, undone ones too, and what else was done."""
    by = policies.check_editor(request.user, draft)
    told = {
        "by": by,
        "version": by.version,
        "changes": drafts.told_changes(by.drafting, actions.history(by.version)),
        "rules": rules,
        "trail": queries.trail(by.version),
    }
    return render(request, "harms/draft_history.html", told)


@require_POST
def undo(request: HttpRequest, draft: uuid.UUID, change: uuid.UUID) -> HttpResponse:
    """Undo a change. Refused when something was changed on top of it."""
    by = editing(request, draft)
    done = actions.undo(by, change)
    messages.success(request, f"Undone: {done}. It stays in the history.")
    return redirect("harms:draft_history", draft)


@require_http_methods(BOTH)
def about(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Say what the version is called, who made it, and what changed."""
    by = editing(request, draft)
    form = AboutForm(
        request.POST if request.method == "POST" else None, initial=_about(by.drafting)
    )
    if attempt(form, lambda: actions.describe(by, form.cleaned_data) or True):
        messages.success(request, "Kept.")
        return redirect("harms:draft", draft)
    return ask(request, "harms/draft_about.html", by, form)


def _about(of: Drafting) -> dict[str, str]:
    begun = noting.begun(of.based_on.slug, drafts.steps(queries.changes(of.version)), labels(of))
    return {"title": of.version.title, "made_by": of.version.made_by, "note": of.note or begun,
            "authors": AboutForm.written(of.authors)}  # fmt: skip


@require_http_methods(BOTH)
def editors(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """List who edits a draft; add someone."""
    by = editing(request, draft)
    people = list(queries.could_edit(by.drafting))
    form = EditorForm(request.POST if request.method == "POST" else None, people=people)
    if added := attempt(form, lambda: actions.add_editor(by, form.user)):
        messages.success(request, f"{added} edits this draft now.")
        return redirect("harms:draft_editors", draft)
    return ask(request, "harms/draft_editors.html", by, form, people=queries.editors(by.drafting))


@require_POST
def end_editor(request: HttpRequest, draft: uuid.UUID, editor: uuid.UUID) -> HttpResponse:
    """Someone edits the draft no longer."""
    by = editing(request, draft)
    leaving = by.drafting.editors.filter(pk=editor).select_related("user").first()
    if leaving is None:
        raise Refused
    actions.end_editor(by, leaving)
    messages.success(request, f"{leaving} edits this draft no longer. Their changes stay.")
    gone = leaving.pk == by.pk
    return redirect("harms:drafts") if gone else redirect("harms:draft_editors", draft)


@require_POST
def drop(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Throw a draft away. Asked for once more on the page, by its name."""
    by = editing(request, draft)
    if request.POST.get("slug", "").strip() != by.version.slug:
        messages.warning(request, "To throw it away, type its short name. Nothing was done.")
        return redirect("harms:draft_about", draft)
    actions.drop(by)
    messages.success(request, "The draft is thrown away.")
    return redirect("harms:drafts")
