"""The codebook: all codes; adding, changing, moving, merging, splitting, deleting and undoing."""

import uuid
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.kept import done, status_of
from firsthand.access.refused import Refused
from firsthand.codebook import afterwards, policies, queries, rules
from firsthand.codebook.actions import codes as actions
from firsthand.codebook.actions import model
from firsthand.codebook.forms.codes import (
    AddForm,
    MergeForm,
    MoveForm,
    SplitForm,
    WordsForm,
    parts_of,
)
from firsthand.codebook.models import Code, Coder
from firsthand.harms.queries import current_version

_BOTH = ["GET", "HEAD", "POST"]
_STYLES = {
    "thick": "text-decoration-style:solid;text-decoration-thickness:5px",
    "double": "text-decoration-style:double;text-decoration-thickness:2px",
    "wavy": "text-decoration-style:wavy;text-decoration-thickness:2px",
    "dotted": "text-decoration-style:dotted;text-decoration-thickness:4px",
    "dashed": "text-decoration-style:dashed;text-decoration-thickness:3px",
    "solid": "text-decoration-style:solid;text-decoration-thickness:2px",
}


@require_safe
def listing(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Show the codebook."""
    coder = policies.check_coder(request.user, project)
    often = queries.counts(queries.visible_passages(coder))
    version = current_version()
    tree = queries.tree(coder.project)
    context = {
        "coder": coder, "project": coder.project, "tree": tree, "often": often, "rules": rules,
        "examples": queries.examples(coder.project), "version": version,
        "from_model": {each.entry_id for _, each in tree if each.entry_id},
    }  # fmt: skip
    return render(request, "codebook/codes.html", context)


@require_safe
def looks(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Give the colours and patterns of the codes as styles: no page may carry any of its own."""
    coder = policies.check_coder(request.user, project)
    rows = coder.project.codes.values_list("number", "colour", "pattern")
    lines = [
        f".k{number}{{text-decoration-color:{colour if rules.is_colour(colour) else '#345a6b'};"
        f"{_STYLES[pattern]}}}"
        for number, colour, pattern in rows
    ]
    answer = HttpResponse("\n".join(lines), content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


@require_http_methods(_BOTH)
def add(request: HttpRequest, project: uuid.UUID) -> HttpResponseBase:
    """Add a code."""
    coder = policies.check_coder(request.user, project)
    colour, pattern = rules.look_of(coder.project.codes_made)
    said = {"colour": colour, "pattern": pattern, "parent": request.GET.get("below", "")}
    posted = request.POST if request.method == "POST" else None
    form = AddForm(posted, tree=queries.tree(coder.project), initial=said)
    if done(
        form,
        lambda: actions.add(coder, parent=form.above, examples=form.sentences, **form.words),
    ):
        messages.success(request, f"\u201c{form.words['name']}\u201d is added.")
        return redirect("codebook:codes", project)
    return _ask(request, "codebook/code_add.html", coder, form)


@require_http_methods(_BOTH)
def change(request: HttpRequest, project: uuid.UUID, code_id: uuid.UUID) -> HttpResponseBase:
    """Change what a code says; when someone else did meanwhile, show theirs beside it."""
    coder = policies.check_coder(request.user, project)
    row = queries.code(coder.project, code_id)
    now = WordsForm.said(row, coder.project.codebook_version)
    form = WordsForm(request.POST if request.method == "POST" else None, initial=now)
    history = queries.changes(coder.project).filter(code=row)
    more: dict[str, Any] = {"row": row, "history": history, "rules": rules, "stale": None}
    if form.is_valid():
        said: dict[str, Any] = {"examples": form.sentences, "seen": form.cleaned_data["seen"]}
        try:
            saved = done(form, lambda: actions.change(coder, row, form.words, **said))
        except actions.Stale as stale:
            return _two_versions(request, coder, form, stale.code, more)
        if saved:
            messages.success(request, f"\u201c{form.words['name']}\u201d is saved.")
            return redirect("codebook:codes", project)
    return _ask(request, "codebook/code.html", coder, form, **more)


def _two_versions(
    request: HttpRequest, coder: Coder, form: WordsForm, kept: Code, more: dict[str, Any]
) -> HttpResponse:
    """What was typed stays in the boxes; the next press keeps it."""
    typed = request.POST.copy()
    coder.project.refresh_from_db()
    typed["seen"] = str(coder.project.codebook_version)
    form.data = typed
    form.add_error(
        None,
        "Someone changed this code since you opened this page. What is kept now is shown below. "
        "What you typed is still in the boxes: press Save to keep it instead.",
    )
    context = {"form": form, "coder": coder, "project": coder.project, **more, "stale": kept}
    return render(request, "codebook/code.html", context, status=409)


@require_http_methods(_BOTH)
def move(request: HttpRequest, project: uuid.UUID, code_id: uuid.UUID) -> HttpResponseBase:
    """Put a code elsewhere."""
    coder = policies.check_coder(request.user, project)
    row = queries.code(coder.project, code_id)
    form = MoveForm(
        request.POST if request.method == "POST" else None, tree=queries.tree(coder.project),
        code=row, initial={"parent": row.parent_id},
    )  # fmt: skip
    if form.is_valid():
        actions.move(coder, row, *form.where)
        messages.success(request, f"\u201c{row.name}\u201d is moved.")
        return redirect("codebook:codes", project)
    return _ask(request, "codebook/code_move.html", coder, form, row=row)


@require_http_methods(_BOTH)
def merge(request: HttpRequest, project: uuid.UUID, code_id: uuid.UUID) -> HttpResponseBase:
    """Merge a code into another."""
    coder = policies.check_coder(request.user, project)
    row = queries.code(coder.project, code_id)
    posted = request.POST if request.method == "POST" else None
    form = MergeForm(posted, tree=queries.tree(coder.project), code=row)
    if form.is_valid():
        actions.merge(coder, [row], form.target)
        messages.success(
            request, f"\u201c{row.name}\u201d is merged into \u201c{form.target.name}\u201d."
        )
        return redirect("codebook:changes", project)
    return _ask(request, "codebook/code_merge.html", coder, form, row=row)


@require_http_methods(_BOTH)
def split(request: HttpRequest, project: uuid.UUID, code_id: uuid.UUID) -> HttpResponseBase:
    """Split a code: names first; then which of one's own passages goes where."""
    coder = policies.check_coder(request.user, project)
    row = queries.code(coder.project, code_id)
    form = SplitForm(request.POST if request.method == "POST" else None)
    mine = list(queries.mine_to_share_out(coder, row))
    if form.is_valid() and ("shared" in request.POST or not mine):
        names = form.cleaned_data["parts"]
        chosen = parts_of(request.POST, [each.id for each in mine], len(names))
        if done(form, lambda: actions.split(coder, row, names, chosen)):
            messages.success(request, f"\u201c{row.name}\u201d is split.")
            return redirect("codebook:changes", project)
    names = form.cleaned_data.get("parts", []) if form.is_bound else []
    status = status_of(form) if form.errors else 200
    context = {
        "form": form, "coder": coder, "project": coder.project, "row": row, "mine": mine,
        "names": names, "chosen": request.POST,
    }  # fmt: skip
    return render(request, "codebook/code_split.html", context, status=status)


@require_POST
def delete(request: HttpRequest, project: uuid.UUID, code_id: uuid.UUID) -> HttpResponseBase:
    """Delete a code that is not in use. Refused otherwise, with why and what to do instead."""
    coder = policies.check_coder(request.user, project)
    row = queries.code(coder.project, code_id)
    actions.delete(coder, row)
    messages.success(request, f"\u201c{row.name}\u201d is deleted. You can undo it here.")
    return redirect("codebook:changes", project)


@require_safe
def changes(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Show what was done to the codes, the newest first, each to be undone."""
    coder = policies.check_coder(request.user, project)
    rows = queries.changes(coder.project)[:200]
    touched = {each.change.id: each for each in afterwards.touched(coder)}
    context = {
        "coder": coder, "project": coder.project, "rows": rows, "rules": rules, "touched": touched,
    }  # fmt: skip
    return render(request, "codebook/changes.html", context)


@require_POST
def undo(request: HttpRequest, project: uuid.UUID, change: uuid.UUID) -> HttpResponseBase:
    """Undo one change of the codebook."""
    coder = policies.check_coder(request.user, project)
    row = coder.project.changes.filter(id=change).first()
    if row is None:
        raise Refused
    actions.undo(coder, row)
    messages.success(request, "It is undone.")
    return redirect("codebook:changes", project)


@require_POST
def from_model(request: HttpRequest, project: uuid.UUID) -> HttpResponseBase:
    """Make the entries of the model of harm codes, by one press."""
    coder = policies.check_coder(request.user, project)
    made = model.bring_in(coder)
    said = f"{made} codes are made from the model of harm." if made else "All are there already."
    messages.success(request, said)
    return redirect("codebook:codes", project)


def _ask(request: HttpRequest, page: str, coder: Coder, form: Form, **more: object) -> HttpResponse:
    context = {"form": form, "coder": coder, "project": coder.project, **more}
    return render(request, page, context, status=status_of(form))
