"""The search builder: blocks of synonyms, what each platform makes of them, and every version."""

import re
import uuid

import yaml
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.downloads import attachment
from firsthand.access.refused import Refused
from firsthand.evidence import policies, strategies
from firsthand.evidence.actions import strategies as actions
from firsthand.evidence.forms.building import MOST_BLOCKS, Sheet, sent
from firsthand.evidence.models import Member
from firsthand.methods.searching import drafting, keeping, typed
from firsthand.methods.searching.typed import Typed
from firsthand.methods.typed import whole

_DO = re.compile(r"(up|down|remove)-(\d{1,2})")


@require_http_methods(["GET", "HEAD", "POST"])
def build(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Show the boxes; add, move and take out blocks without keeping anything; save a version."""
    member = policies.check_member(request.user, review)
    if request.method != "POST":
        return _show(request, member, strategies.begin(member.review))
    boxes, do = sent(request.POST), request.POST.get("do", "")
    if do == "save":
        return _save(request, member, boxes)
    return _show(request, member, _arranged(boxes, do), told=do == "show")


def _arranged(boxes: Typed, do: str) -> Typed:
    """Return the boxes with a block added, moved or taken out."""
    if do == "add" and len(boxes.blocks) < MOST_BLOCKS:
        return typed.one_more(boxes)
    if not (found := _DO.fullmatch(do)):
        return boxes
    at = int(found[2])
    if found[1] == "remove":
        return typed.without(boxes, at)
    return typed.moved(boxes, at, -1 if found[1] == "up" else 1)


def _save(request: HttpRequest, member: Member, boxes: Typed) -> HttpResponse:
    draft, note = drafting.read(boxes), request.POST.get("note", "")
    sheet = Sheet(boxes, draft.wrong, note)
    if draft.whole is None or not sheet.fits:
        return _show(request, member, boxes, told=True, status=422)
    try:
        row = actions.save(member, keeping.content(draft.whole), note, _base(request))
    except Refused as refused:
        messages.warning(request, refused.sentence)
        return _show(request, member, boxes, status=409)  # now made from the version just named
    messages.success(request, f"Saved as version {row.number}.")
    return redirect("evidence:strategy", member.review_id, row.number)


def _base(request: HttpRequest) -> int:
    return whole(request.POST.get("base", ""), 0)


def _show(
    request: HttpRequest, member: Member, boxes: Typed, *, told: bool = False, status: int = 200
) -> HttpResponse:
    """Show the boxes and the queries; `told`: with what is wrong at its block."""
    draft, last = drafting.read(boxes), strategies.last(member.review)
    keeps = request.method == "POST" and status != 409
    context = {
        "review": member.review, "last": last, "told": told, "draft": draft,
        "base": _base(request) if keeps else last.number if last else 0,
        "sheet": Sheet(boxes, draft.wrong if told else (), request.POST.get("note", "")),
        "queries": strategies.written(draft.search) if draft.search else (),
        "most": MOST_BLOCKS, "advised": strategies.advised(draft.search) if draft.search else {},
    }  # fmt: skip
    return render(request, "evidence/build.html", context, status=status)


# -- versions -----------------------------------------------------------------------------------


@require_safe
def versions(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """List every version, and the searches that were run from it."""
    member = policies.check_member(request.user, review)
    context = {"review": member.review, "versions": strategies.versions(member.review)}
    return render(request, "evidence/strategies.html", context)


@require_safe
def version(request: HttpRequest, review: uuid.UUID, version: int) -> HttpResponse:
    """Show one version as each platform writes it."""
    member = policies.check_member(request.user, review)
    row = strategies.version(member.review, version)
    made, last = strategies.search(row), strategies.last(member.review)
    context = {
        "review": member.review, "row": row, "search": made, "runs": row.runs.all(),
        "queries": strategies.written(made), "is_last": last == row,
        "limits": strategies.limits(made), "advised": strategies.advised(made),
    }  # fmt: skip
    return render(request, "evidence/strategy.html", context)


@require_POST
def back(request: HttpRequest, review: uuid.UUID, version: int) -> HttpResponse:
    """Let an earlier version hold again."""
    member = policies.check_member(request.user, review)
    row = actions.go_back(member, strategies.version(member.review, version))
    messages.success(request, f"Version {version} holds again, as version {row.number}.")
    return redirect("evidence:strategy", review, row.number)


@require_safe
def text(request: HttpRequest, review: uuid.UUID, version: int, platform: str) -> HttpResponse:
    """Give one platform's query as a text file, with what a person must see to."""
    member = policies.check_member(request.user, review)
    row = strategies.version(member.review, version)
    said = strategies.as_text(row, strategies.known(platform))
    return _file(said, f"search-version-{version}-{platform}.txt", "text/plain")


@require_safe
def plan(request: HttpRequest, review: uuid.UUID, version: int) -> HttpResponse:
    """Give a version as the file that `firsthand review search` reads."""
    member = policies.check_member(request.user, review)
    row = strategies.version(member.review, version)
    said = yaml.safe_dump(row.content, allow_unicode=True, sort_keys=False)
    return _file(said, f"search-version-{version}.yaml", "application/yaml")


def _file(said: str, name: str, kind: str) -> HttpResponse:
    return attachment(said, name, f"{kind}; charset=utf-8")
