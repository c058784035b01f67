"""Texts: bringing files in, reading a text with its turns, changing it, and what that lost."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.refused import Refused
from firsthand.codebook import arrivals, policies, queries, rules
from firsthand.codebook.actions import arriving, editing
from firsthand.codebook.forms.texts import BringForm, EditForm, PlaceForm
from firsthand.codebook.models import Coder, Passage, Source
from firsthand.codebook.turning import a_part

_LISTED = 200
NOT_LOST = "This passage is not among your lost ones any more. Nothing was changed."


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Take files, several at once; show how far each is."""
    coder = policies.check_coder(request.user, project)
    posted = request.method == "POST"
    form = BringForm(request.POST, request.FILES) if posted else BringForm()
    if form.is_valid():
        said = form.cleaned_data
        _tell(request, arriving.take(coder, said["files"], said["kind"], said["study"]))
        for wrong in form.wrong:
            messages.warning(request, wrong)
        return redirect("codebook:bring", project)
    rows = list(arrivals.arrivals(coder.project)[:_LISTED])
    context = {
        "coder": coder, "project": coder.project, "form": form, "rows": rows, "rules": rules,
        "waiting": any(each.stage == rules.WAITING for each in rows), "sends_files": True,
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "codebook/bring.html", context, status=status)


def _tell(request: HttpRequest, taken: arriving.Taken) -> None:
    for name, row in taken.again:
        before = "" if row.name == name else f", as {row.name}"
        messages.warning(request, f"{name} is here already{before}. It was not brought in twice.")
    if taken.new:
        words = "Your file is" if len(taken.new) == 1 else f"{len(taken.new)} files are"
        messages.success(request, f"{words} being read. You can go on meanwhile.")


@require_POST
def again(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Have a file that could not be read tried once more, or forget it."""
    coder = policies.check_coder(request.user, project)
    row = arrivals.arrival(coder.project, _named(request, "arrival"))
    if row is None:
        messages.warning(request, "This file is not in the list any more.")
    elif request.POST.get("forget"):
        arriving.leave_out(coder, row)
        messages.success(request, f"{row.name} is left out.")
    else:
        arriving.again(coder, row)
        messages.success(request, f"{row.name} is being read again.")
    return redirect("codebook:bring", project)


def _named(request: HttpRequest, name: str) -> uuid.UUID | None:
    """Return the id that a form's hidden box holds."""
    try:
        return uuid.UUID(request.POST.get(name, ""))
    except ValueError:
        return None


@require_safe
def text(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponse:
    """Show a text as it was read, with who speaks, its headings and its pages."""
    coder, row = _open(request, project, source)
    context = {
        "coder": coder, "project": coder.project, "source": row,
        "part": a_part(row, request.GET.get("from", "")), "edit": arrivals.last_edit(row),
        "lost": len(arrivals.lost(coder, row)), "rules": rules,
    }  # fmt: skip
    return render(request, "codebook/text.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponse:
    """Change a text; say what became of what was coded on it."""
    coder = policies.check_owner(request.user, project)
    row = _with_text(coder, source)
    form = EditForm(request.POST) if request.method == "POST" else EditForm.of(row)
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = editing.edit(coder, row, said["text"], said["why"], said["digest"])
        except Refused as refused:
            form.add_error("text", refused.sentence)
        else:
            messages.success(request, _became(arrivals.became(coder, made)))
            return redirect("codebook:lost", project, source)
    context = {"coder": coder, "project": coder.project, "source": row, "form": form}
    return render(request, "codebook/edit.html", context, status=422 if form.is_bound else 200)


def _became(mine: arrivals.Became) -> str:
    """Only of one's own passages: how much others coded may not be seen yet."""
    if not mine.found + mine.lost:
        return "The text is changed. You had coded nothing on it."
    said = f"The text is changed. Passages of yours found again: {mine.found}"
    said += f", {mine.near} of them with changed words" if mine.near else ""
    return f"{said}. Lost: {mine.lost}."


@require_POST
def edit_undo(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponse:
    """Take the last change of a text back."""
    coder = policies.check_owner(request.user, project)
    editing.undo(coder, _with_text(coder, source))
    messages.success(request, "The text is as it was, and so is what was coded on it.")
    return redirect("codebook:text", project, source)


@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponse:
    """List a coder's own passages that a change lost, or whose words it changed; place one."""
    coder, row = _open(request, project, source)
    if request.method != "POST":
        return _lost(request, coder, row)
    passage = arrivals.lost_passage(coder, row, _named(request, "passage"))
    form = PlaceForm(request.POST, auto_id=f"{passage.id if passage else 0}-%s")
    if passage is None:
        messages.warning(request, NOT_LOST)
    elif not _placed(coder, passage, form):
        return _lost(request, coder, row, (passage.id, form), status=422)
    else:
        messages.success(request, "The passage is in its new place.")
    return redirect("codebook:lost", project, source)


def _placed(coder: Coder, passage: Passage, form: PlaceForm) -> bool:
    """Put a lost passage on words of the text; the form says why if it cannot be."""
    if not form.is_valid():
        return False
    try:
        editing.place(coder, passage, form.cleaned_data["words"])
    except Refused as refused:
        form.add_error("words", refused.sentence)
        return False
    return True


@require_POST
def drop(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponse:
    """Drop a lost passage, or have a dropped one back."""
    coder, row = _open(request, project, source)
    passage = arrivals.lost_passage(coder, row, _named(request, "passage"), dropped=None)
    if passage is None:
        messages.warning(request, NOT_LOST)
    elif passage.removed_on is None:
        editing.drop(coder, passage)
        messages.success(request, "The passage is dropped. You can have it back below.")
    else:
        editing.take_back(coder, passage)
        messages.success(request, "The passage is back among the lost ones.")
    return redirect("codebook:lost", project, source)


def _lost(
    request: HttpRequest, coder: Coder, source: Source,
    wrong: tuple[uuid.UUID, PlaceForm] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    said = dict([wrong] if wrong else [])
    rows = [
        (
            each,
            said.get(each.id) or PlaceForm(initial={"words": each.quote}, auto_id=f"{each.id}-%s"),
        )
        for each in arrivals.lost(coder, source)
    ]
    context = {
        "coder": coder, "project": coder.project, "source": source, "rows": rows,
        "wrong": wrong[1] if wrong else None, "dropped": arrivals.dropped(coder, source),
        "near": arrivals.near(coder, source), "edit": arrivals.last_edit(source),
    }  # fmt: skip
    return render(request, "codebook/lost.html", context, status=status)


def _open(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> tuple[Coder, Source]:
    coder = policies.check_coder(request.user, project)
    return coder, _with_text(coder, source)


def _with_text(coder: Coder, source: uuid.UUID) -> Source:
    """Return a source of the project; what a person told us is not read on these pages."""
    row = queries.source(coder.project, source)
    if row.sealed:
        raise Refused
    return row
