"""Coding a source: its text with what is marked, choosing words, and what is done with them."""

import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.doer import doer_of
from firsthand.access.kept import done, status_of
from firsthand.access.refused import not_now
from firsthand.codebook import policies, queries, reading, rules, suggesting
from firsthand.codebook.actions import passages as actions
from firsthand.codebook.actions import vivo as in_vivo
from firsthand.codebook.forms.coding import CodeForm, MemoForm
from firsthand.codebook.forms.projects import ids
from firsthand.codebook.models import Code, Coder, Passage, Source
from firsthand.codebook.opening import text_of
from firsthand.codebook.sentences import sentences_of
from firsthand.methods.finding import find as find_words
from firsthand.methods.sentences import Sentence
from firsthand.methods.typed import whole

_BOTH = ["GET", "HEAD", "POST"]


def _number(text: str) -> int:
    return whole(text, 0)


@dataclass(frozen=True)
class Opened:
    """A source that someone has open: its text, its sentences, and the codes there are."""

    coder: Coder
    source: Source
    text: str
    units: tuple[Sentence, ...]
    tree: list[tuple[int, Code]]

    @property
    def digest(self) -> str:
        return self.source.digest or actions.sealed_digest(self.text)

    @property
    def earlier(self) -> int:
        """How many passages were made on words that the person has changed since."""
        if not self.source.sealed:
            return 0
        rows = queries.visible_passages(self.coder, self.source)
        return rows.exclude(digest=self.digest).count()


def _opened(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> Opened:
    coder = policies.check_coder(request.user, project)
    row = queries.source(coder.project, source)
    text = text_of(doer_of(request), row)
    return Opened(coder, row, text, sentences_of(row, text), queries.tree(coder.project))


@require_http_methods(_BOTH)
def source(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponseBase:
    """Show a page of a source; code some of its words, or say what might fit them."""
    here = _opened(request, project, source)
    about: dict[str, Any] = {
        "text": here.text, "units": here.units, "codes": [each for _, each in here.tree],
        "digest": here.digest,
    }  # fmt: skip
    if request.method == "POST":
        return _asked(request, here, CodeForm(request.POST, **about))
    said = {name: request.GET.get(name) for name in ("first", "last")}
    return _page(request, here, CodeForm(initial=said, **about))


def _asked(request: HttpRequest, here: Opened, form: CodeForm) -> HttpResponseBase:
    vivo = "vivo" in request.POST
    if not form.is_valid() or form.span is None:
        return _page(request, here, form)
    start, end = form.span
    if "suggest" in request.POST:
        found = suggesting.suggestions(here.coder.project, here.text[start:end])
        return _page(request, here, form, found)
    if form.needs_something(vivo):
        return _page(request, here, form)
    chosen: list[Code] = []
    if not done(form, lambda: chosen.extend(_code(here, form, start, end, vivo))):
        return _page(request, here, form)
    names = ", ".join(each.name for each in chosen)
    messages.success(request, f"Coded: {names}." if names else "The memo is kept.")
    at = reading.sentence_at(here.units, start)
    return redirect(_at(here.coder.project_id, here.source.id, at))


def _code(here: Opened, form: CodeForm, start: int, end: int, vivo: bool) -> list[Code]:
    """Code what was chosen; return with which codes."""
    chosen = form.chosen
    about: dict[str, Any] = {
        "memo": form.cleaned_data["memo"],
        "suggested": [each for each in chosen if each.id in form.hinted],
    }
    if vivo:
        return [*chosen, in_vivo.code(here.coder, here.source, start, end, chosen, **about)[1]]
    opened = here.text if here.source.sealed else ""
    actions.code(here.coder, here.source, start, end, chosen, opened=opened, **about)
    return chosen


def _at(project: uuid.UUID, source: uuid.UUID, sentence: int) -> str:
    there = reverse("codebook:source", args=[project, source])
    return f"{there}?{urlencode({'at': sentence})}#s{sentence}"


def _page(
    request: HttpRequest,
    here: Opened,
    form: CodeForm,
    found: list[tuple[Code, Any]] | None = None,
) -> HttpResponse:
    coder, row = here.coder, here.source
    page, at = (_number(request.GET.get(name, "")) for name in ("page", "at"))
    workings = list(queries.workings_of([row]))
    working = next((each for each in workings if each.coder_id == coder.id), None)
    span = form.span if form.is_bound else None
    context = {
        "coder": coder, "project": coder.project, "source": row, "form": form, "rules": rules,
        "sheet": reading.sheet(coder, row, here.text, here.units, here.digest, page, at),
        "tree": here.tree, "earlier": here.earlier,
        "working": working, "stands": working.stands if working else rules.UNBEGUN,
        "others": [each.stands for each in workings if each != working],
        "seen_on": queries.seen_among(coder, workings),
        "found": found, "chosen_words": here.text[slice(*span)] if span else "",
        "ticked": set(form["codes"].value() or ()), "quick": rules.QUICK,
        "last": queries.newest(coder, row),
    }  # fmt: skip
    status = status_of(form) if found is None else 200
    return render(request, "codebook/source.html", context, status=status)


@require_safe
def following(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponseBase:
    """Go to the next sentence that one has not coded."""
    here = _opened(request, project, source)
    rows = reading.passages_on(here.coder, here.source, here.digest)
    own = rows.filter(coder=here.coder).values_list("start", "end")
    at = reading.next_uncoded(here.units, list(own), _number(request.GET.get("after", "")))
    if not at:
        messages.success(request, "Every sentence is coded.")
        return redirect("codebook:source", project, source)
    return redirect(_at(project, source, at))


@require_http_methods(_BOTH)
def find(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponse:
    """Find words, a code's passages, or what someone said, in one source.

    Words that a person told us stand in no address, for a browser keeps those.
    """
    here = _opened(request, project, source)
    coder, row, text, units = here.coder, here.source, here.text, here.units
    given = request.POST if request.method == "POST" or row.sealed else request.GET
    said = {each: given.get(each, "") for each in ("words", "code", "speaker")}
    asked = {name: typed.replace("\0", "").strip() for name, typed in said.items()}
    places = [(each.begin, each.end) for each in find_words([text], asked["words"])]
    coded = reading.passages_on(coder, row, here.digest).filter(
        codings__code__in=ids([asked["code"]])
    )
    places += [(each.start, each.end) for each in coded]
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
    text = opened = text_of(doer_of(request), row.source)
    form = MemoForm(request.POST if request.method == "POST" else None, initial={"memo": row.memo})
    if row.source.sealed and row.digest != actions.sealed_digest(text):
        text = ""  # the person has changed their words: it lies on none of those of today
    at = reading.sentence_at(sentences_of(row.source, text), row.start)
    if done(form, lambda: actions.write_memo(coder, row, form.cleaned_data["memo"], opened)):
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
    return render(request, "codebook/passage.html", context, status=status_of(form))


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
    if kept.state == rules.LOST:
        messages.warning(request, "The text was changed meanwhile. Say where your passage stands.")
        return redirect("codebook:lost", project, row.source_id)
    messages.success(request, "It is back as it was.")
    return redirect("codebook:passage", project, kept.id)


@require_POST
def undo_last(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponseBase:
    """Take off the passage that one marked last in a source."""
    coder = policies.check_coder(request.user, project)
    row = queries.source(coder.project, source)
    last: Passage | None = queries.newest(coder, row)
    if last is None:
        raise not_now("There is nothing of yours to undo in this source.")
    taken = actions.uncode(coder, last)
    there = reverse("codebook:passage", args=[project, last.id])
    return redirect(f"{there}?{urlencode({'off': [str(each.id) for each in taken]}, doseq=True)}")


# -- one's work on a source -----------------------------------------------------------------------


@require_POST
def work(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponseBase:
    """Finish a source, open it again, or choose to read it only."""
    coder = policies.check_coder(request.user, project)
    row = queries.source(coder.project, source)
    text_of(doer_of(request), row)  # nobody is done with words that they may not read
    doing = {
        "finish": (actions.finish, "You are finished with this source."),
        "reopen": (actions.reopen, "You can go on coding."),
        "read": (actions.read_only, "You read this source, and do not code it."),
    }
    done = doing.get(request.POST.get("do", ""))
    if done is None:
        raise not_now("Choose whether to finish, to go on, or to read only.")
    done[0](coder, row)
    messages.success(request, done[1])
    return redirect("codebook:source", project, source)


@require_http_methods(_BOTH)
def memo(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponseBase:
    """Write what one thinks about a source; read what others thought, where one may."""
    coder = policies.check_coder(request.user, project)
    row = queries.source(coder.project, source)
    # What was thought of a person's words ends with their sharing.
    opened = text_of(doer_of(request), row)
    working = queries.working(coder, row)
    said = {"memo": working.memo if working else ""}
    form = MemoForm(request.POST if request.method == "POST" else None, initial=said)
    if done(form, lambda: actions.write_source_memo(coder, row, form.cleaned_data["memo"], opened)):
        messages.success(request, "The memo is kept.")
        return redirect("codebook:source", project, source)
    every = list(queries.workings_of([row]))
    seen = queries.seen_among(coder, every)
    theirs = [each for each in every if each.memo and each.coder in seen]
    context = {
        "coder": coder,
        "project": coder.project,
        "source": row,
        "form": form,
        "theirs": theirs,
    }
    return render(request, "codebook/memo.html", context, status=status_of(form))
