"""The page by which other rooms put something beneath a draft: choose, look at it first, put it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from firsthand.access.refused import Refused
from firsthand.harms import handing, queries, shown
from firsthand.harms.handing import Plan
from firsthand.harms.models import Editor, Ground
from firsthand.people.models import User

CHOOSE = "Choose a draft first."


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    preview: Callable[[Editor, str], Plan],
    put: Callable[[Editor, str], Sequence[Ground]],
    of: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """Answer the page's GET and POST. `of`: what is put, (key, words), where there are several.

    `preview` and `put` get a draft's editor and the key. Raises Refused for what is not there.
    """
    drafts, by, key = _asked(request, [each for each, _ in of])
    if request.method == "POST" and by:
        _say(request, put(by, key))
        return redirect(f"{request.path}?{urlencode({'draft': str(by.version.pk), 'of': key})}")
    wrong = CHOOSE if request.method == "POST" else ""
    told = context | {
        "drafts": drafts, "by": by, "of": of, "key": key, "wrong": wrong,
        "plan": _told(by, preview(by, key)) if by else None,
    }  # fmt: skip
    return render(request, template, told, status=422 if wrong else 200)


def _asked(request: HttpRequest, keys: Sequence[str]) -> tuple[list[Editor], Editor | None, str]:
    asked = request.POST if request.method == "POST" else request.GET
    user = request.user
    drafts = queries.open_drafts(user) if isinstance(user, User) else []
    said, key = str(asked.get("draft", "")), str(asked.get("of", "")) or next(iter(keys), "")
    by = next((each for each in drafts if str(each.version.pk) == said), None)
    if (said and by is None) or (keys and key not in keys):
        raise Refused
    return drafts, by, key


def _say(request: HttpRequest, rows: Sequence[Ground]) -> None:
    lines = len({row.code for row in rows})
    messages.success(
        request,
        f"Done. {len(rows)} of these stand beneath {lines} lines of the draft."
        if rows else "Done. There is nothing of this to stand beneath the draft.",
    )  # fmt: skip


def _told(by: Editor, plan: Plan) -> dict[str, Any]:
    """Say a plan as the page shows it: each thing with its line's words."""
    labels = handing.labels(by.version)
    now = {(row.code, row.kind, row.title) for row in queries.grounds(by.version)}
    return {
        "found": [
            {"code": each.code, "label": labels.get(each.code, ""), "title": each.title,
             "words": _words(each), "there": (each.code, each.kind, each.title) in now}
            for each in plan.found
        ],
        "gone": plan.gone, "not_placed": plan.not_placed,
    }  # fmt: skip


def _words(each: handing.Found) -> str:
    row = Ground(kind=each.kind, count=each.count, low=each.low, high=each.high,
                 detail=dict(each.detail))  # fmt: skip
    between = shown.interval(row)
    rank = each.detail.get("rank")
    said = f", rank {rank}, 95 % interval {between}" if rank else ""
    return shown.words(row) + said
