"""Coding a source: its text with what is marked, choosing words, and what is done with them."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.doer import doer_of
from firsthand.access.refused import Refused
from firsthand.codebook import policies, queries, reading, rules, suggesting
from firsthand.codebook.actions import codes as book
from firsthand.codebook.actions import passages as actions
from firsthand.codebook.forms.coding import CodeForm, MemoForm
from firsthand.codebook.forms.projects import ids
from firsthand.codebook.models import Code, Coder, Passage, Source
from firsthand.codebook.opening import text_of
from firsthand.codebook.reading import Sheet
from firsthand.methods.finding import find as find_words
from firsthand.methods.sentences import split

_BOTH = ["GET", "HEAD", "POST"]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@require_http_methods(_BOTH)
def source(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponseBase:
    """Show a page of a source; code some of its words, or say what might fit them."""
    coder = policies.check_coder(request.user, project)
    row = queries.source(coder.project, source)
    text = text_of(doer_of(request), row)
    asked = request.GET
    sheet = reading.sheet(
        coder, row, text, _number(asked.get("page", "")), _number(asked.get("at", ""))
    )
    codes = [each for _, each in queries.tree(coder.project)]
    about: dict[str, Any] = {
        "text": text, "units": sheet.units, "codes": codes,
        "digest": row.digest or actions.sealed_digest(text),
    }  # fmt: skip
    if request.method != "POST":
        form = CodeForm(initial={"first": asked.get("first"), "last": asked.get("last")}, **about)
        return _page(request, coder, row, sheet, form)
    form = CodeForm(request.POST, **about)
    return _asked(request, coder, row, sheet, form)


def _asked(
    request: HttpRequest, coder: Coder, row: Source, sheet: Sheet, form: CodeForm
) -> HttpResponseBase:
    suggest, vivo = "suggest" in request.POST, "vivo" in request.POST
    if not form.is_valid() or form.span is None:
        return _page(request, coder, row, sheet, form)
    start, end = form.span
    if suggest:
        found = suggesting.suggestions(coder.project, sheet.text[start:end])
        return _page(request, coder, row, sheet, form, found)
    if form.needs_something(vivo):
        return _page(request, coder, row, sheet, form)
    chosen = form.chosen
    if vivo:
        chosen.append(_vivo(coder, row, sheet.text[start:end]))
    hinted = [each for each in chosen if each.id in set(form.hinted)]
    actions.code(
        coder, row, start, end, chosen, form.cleaned_data["memo"], suggested=hinted,
        opened=sheet.text if row.sealed else "",
    )  # fmt: skip
    at = reading.sentence_at(sheet.units, start)
    names = ", ".join(each.name for each in chosen)
    messages.success(request, f"Coded: {names}." if names else "The memo is kept.")
    return redirect(_at(coder.project_id, row.id, at))


def _vivo(coder: Coder, row: Source, words: str) -> Code:
    """Return the code that is called by these words, made if there is none. Raises Refused."""
    if row.sealed:
        raise policies.words_stay_sealed()
    name = " ".join(words.split())[: rules.LONGEST_NAME]
    there = queries.codes(coder.project).filter(name__iexact=name, parent=None).first()
    return there or book.add(coder, name)


def _at(project: uuid.UUID, source: uuid.UUID, sentence: int) -> str:
    there = reverse("codebook:source", args=[project, source])
    return f"{there}?{urlencode({'at': sentence})}#s{sentence}"


def _page(
    request: HttpRequest,
    coder: Coder,
    row: Source,
    sheet: Sheet,
    form: CodeForm,
    found: list[tuple[Code, Any]] | None = None,
) -> HttpResponse:
    working = queries.working(coder, row)
    span = form.span if form.is_bound else None
    context = {
        "coder": coder, "project": coder.project, "source": row, "sheet": sheet, "form": form,
        "tree": queries.tree(coder.project), "working": working, "rules": rules,
        "stands": working.stands if working else rules.UNBEGUN,
        "others": queries.others_standing(coder, row), "seen_on": queries.seen_on(coder, row),
        "found": found, "chosen_words": sheet.text[slice(*span)] if span else "",
        "ticked": set(form["codes"].value() or ()), "quick": rules.QUICK, "span": span,
        "last": queries.newest(coder, row),
    }  # fmt: skip
    wrong = form.is_bound and found is None
    return render(request, "codebook/source.html", context, status=422 if wrong else 200)


@require_safe
def following(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponseBase:
    """Go to the next sentence that one has not coded."""
    coder = policies.check_coder(request.user, project)
    row = queries.source(coder.project, source)
    text = text_of(doer_of(request), row)
    units = split(text)
    own = queries.visible_passages(coder, row).filter(coder=coder).values_list("start", "end")
    at = reading.next_uncoded(units, list(own), _number(request.GET.get("after", "")))
    if not at:
        messages.success(request, "Every sentence is coded.")
        return redirect("codebook:source", project, source)
    return redirect(_at(project, source, at))


@require_safe
def find(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponse:
    """Find words, a code's passages, or what someone said, in one source."""
    coder = policies.check_coder(request.user, project)
    row = queries.source(coder.project, source)
    text = text_of(doer_of(request), row)
    units = split(text)
    asked = {each: request.GET.get(each, "").strip() for each in ("words", "code", "speaker")}
    places = [(each.begin, each.end) for each in find_words([text], asked["words"])]
    places += _of_code(coder, row, asked["code"])
    if asked["speaker"]:
        turns = row.turns.filter(speaker=asked["speaker"])
        places += list(turns.values_list("start", "end"))
    shown = [_place(text, units, start, end) for start, end in places]
    context = {
        "coder": coder, "project": coder.project, "source": row, "asked": asked, "places": shown,
        "tree": queries.tree(coder.project), "looked": any(asked.values()),
        "speakers": queries.speakers(row),
    }  # fmt: skip
    return render(request, "codebook/find.html", context)


def _of_code(coder: Coder, row: Source, code: str) -> list[tuple[int, int]]:
    rows = queries.visible_passages(coder, row).filter(codings__code__in=ids([code]))
    return [(each.start, each.end) for each in rows]


def _place(text: str, units: Any, start: int, end: int) -> dict[str, Any]:
    words = text[start:end]
    return {
        "at": reading.sentence_at(units, start),
        "before": text[max(start - 60, 0) : start],
        "words": words if len(words) < 300 else words[:300] + "\u2026",
        "after": text[end : end + 60],
    }


# -- one passage ------------------------------------------------------------------------------


@require_http_methods(_BOTH)
def passage(request: HttpRequest, project: uuid.UUID, passage: uuid.UUID) -> HttpResponseBase:
    """Show a passage of one's own: its codes, its memo, taking codes off and putting them back."""
    coder = policies.check_coder(request.user, project)
    row = queries.passage(coder, passage)
    text = text_of(doer_of(request), row.source)
    form = MemoForm(request.POST if request.method == "POST" else None, initial={"memo": row.memo})
    at = reading.sentence_at(split(text), row.start)
    if form.is_valid():
        actions.write_memo(coder, row, form.cleaned_data["memo"])
        messages.success(request, "The memo is kept.")
        return redirect(_at(project, row.source_id, at))
    off = queries.codes_named(coder.project, ids(request.GET.getlist("off")))
    context = {
        "coder": coder, "project": coder.project, "source": row.source, "row": row, "form": form,
        "before": text[max(row.start - 200, 0) : row.start], "words": text[row.start : row.end],
        "after": text[row.end : row.end + 200], "off": off,
        "back_to": _at(project, row.source_id, at),
        "codes": [each.code for each in row.codings.select_related("code")],
    }  # fmt: skip
    return render(request, "codebook/passage.html", context)


@require_POST
def uncode(request: HttpRequest, project: uuid.UUID, passage: uuid.UUID) -> HttpResponseBase:
    """Take one code off a passage, or all of them; the page after it can put them back."""
    coder = policies.check_coder(request.user, project)
    row = queries.passage(coder, passage)
    named = ids([request.POST.get("code", "")])
    one = queries.codes_named(coder.project, named)[0] if named else None
    taken = actions.uncode(coder, row, one)
    there = reverse("codebook:passage", args=[project, passage])
    return redirect(f"{there}?{urlencode({'off': [str(each.id) for each in taken]}, doseq=True)}")


@require_POST
def recode(request: HttpRequest, project: uuid.UUID, passage: uuid.UUID) -> HttpResponseBase:
    """Put codes back on a passage that they were taken off."""
    coder = policies.check_coder(request.user, project)
    row = queries.passage(coder, passage)
    codes = queries.codes_named(coder.project, ids(request.POST.getlist("code")))
    kept = actions.put_back(coder, row, codes)
    messages.success(request, "It is back as it was.")
    return redirect("codebook:passage", project, kept.id)


@require_POST
def undo_last(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponseBase:
    """Take off the passage that one marked last in a source."""
    coder = policies.check_coder(request.user, project)
    row = queries.source(coder.project, source)
    last: Passage | None = queries.newest(coder, row)
    if last is None:
        raise Refused
    taken = actions.uncode(coder, last)
    there = reverse("codebook:passage", args=[project, last.id])
    return redirect(f"{there}?{urlencode({'off': [str(each.id) for each in taken]}, doseq=True)}")


# -- one's work on a source -----------------------------------------------------------------------


@require_POST
def work(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponseBase:
    """Finish a source, open it again, or choose to read it only."""
    coder = policies.check_coder(request.user, project)
    row = queries.source(coder.project, source)
    doing = {
        "finish": (actions.finish, "You are finished with this source."),
        "reopen": (actions.reopen, "You can go on coding."),
        "read": (actions.read_only, "You read this source, and do not code it."),
    }
    done = doing.get(request.POST.get("do", ""))
    if done is None:
        raise Refused
    done[0](coder, row)
    messages.success(request, done[1])
    return redirect("codebook:source", project, source)


@require_http_methods(_BOTH)
def memo(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponseBase:
    """Write what one thinks about a source; read what others thought, where one may."""
    coder = policies.check_coder(request.user, project)
    row = queries.source(coder.project, source)
    working = queries.working(coder, row)
    said = {"memo": working.memo if working else ""}
    form = MemoForm(request.POST if request.method == "POST" else None, initial=said)
    if form.is_valid():
        actions.write_source_memo(coder, row, form.cleaned_data["memo"])
        messages.success(request, "The memo is kept.")
        return redirect("codebook:source", project, source)
    theirs = [
        each for each in row.workings.select_related("coder__user")
        if each.memo and each.coder in queries.seen_on(coder, row)
    ]  # fmt: skip
    context = {
        "coder": coder,
        "project": coder.project,
        "source": row,
        "form": form,
        "theirs": theirs,
    }
    return render(request, "codebook/memo.html", context)
