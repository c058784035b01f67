"""Duplicates: what was merged, linked and kept apart; the pairs that wait for a person."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.refused import Refused
from firsthand.evidence import duplicates, labels, policies, queries, rules, side_by_side
from firsthand.evidence.actions import duplicates as actions
from firsthand.evidence.models import Member, Pair, Record
from firsthand.methods.typed import whole

_A_PAGE = 50
_FOUND = 20
_SHOWN = (rules.SAME, rules.VERSIONS, rules.APART)


@require_safe
def listing(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """List what holds between records, each with its reason and a way to undo it."""
    member = policies.check_member(request.user, review)
    holds = request.GET.get("show", rules.SAME)
    holds = holds if holds in _SHOWN else rules.SAME
    rows = duplicates.pairs(member.review, holds)
    context = {
        "review": member.review, "holds": holds, "shown": _SHOWN, "rules": rules,
        "page": Paginator(rows, _A_PAGE).get_page(request.GET.get("page")),
        "counts": duplicates.counts(member.review), "look": duplicates.last_look(member.review),
        "waiting": duplicates.is_looking(member.review),
        "new": member.review.records_made - member.review.compared,
        "aside": duplicates.set_aside(member.review),
    }  # fmt: skip
    return render(request, "evidence/duplicates.html", context)


@require_POST
def look(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Have the records that are new looked through."""
    member = policies.check_member(request.user, review)
    actions.begin(member.review, member)
    messages.success(request, "New records are being looked through. You can go on meanwhile.")
    return redirect("evidence:duplicates", review)


@require_safe
def following(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Show the next pair that waits for a person, or that there is none."""
    member = policies.check_member(request.user, review)
    rows, skipped = duplicates.queue(member.review), _skipped(request)
    row = rows[skipped : skipped + 1].first()
    if row is None:
        context = {"review": member.review, "left": rows.count()}
        return render(request, "evidence/pairs_done.html", context)
    return _show(request, member, row)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, review: uuid.UUID, pair: uuid.UUID) -> HttpResponse:
    """Show one pair; take an answer and go on to the next."""
    member = policies.check_member(request.user, review)
    row = duplicates.pair(member.review, pair)
    said = request.POST.get("says", "")
    if request.method != "POST" or said not in rules.ANSWERS:
        return _show(request, member, row, status=422 if request.method == "POST" else 200)
    try:
        actions.answer(member, row, said)
        messages.success(request, f"Kept: {rules.PAIRS[said].lower()}.")
    except Refused as refused:
        if refused.hidden:
            raise
        messages.warning(request, refused.sentence)
    return redirect(f"{reverse('evidence:pairs', args=[review])}?skip={_skipped(request)}")


@require_POST
def undo(request: HttpRequest, review: uuid.UUID, pair: uuid.UUID) -> HttpResponse:
    """Take apart what was merged or linked, or an answer back."""
    member = policies.check_member(request.user, review)
    before = duplicates.pair(member.review, pair)
    now = actions.undo(member, before)
    kept = "They are kept apart from now on." if now.holds == rules.APART else "It is asked again."
    messages.success(request, f"Undone. Each record is as it was before. {kept}")
    at = reverse("evidence:duplicates", args=[review])
    return redirect(f"{at}?show={before.holds}")


@require_POST
def show(request: HttpRequest, review: uuid.UUID, record: uuid.UUID) -> HttpResponse:
    """Choose whose value of a field is shown for a report that came as several records."""
    member = policies.check_member(request.user, review)
    row = queries.record(member.review, record)
    number = whole(request.POST.get("number", ""), -1)
    actions.show(member, row, request.POST.get("field", ""), number)
    messages.success(request, "Chosen. All the other values are kept.")
    return redirect("evidence:record", review, record)


def _skipped(request: HttpRequest) -> int:
    return whole(request.GET.get("skip", ""), 0)


def _show(request: HttpRequest, member: Member, row: Pair, status: int = 200) -> HttpResponse:
    skipped = _skipped(request)
    context: dict[str, Any] = {
        "review": member.review, "pair": row, "two": row.two, "rules": rules,
        "lines": side_by_side.lines(*row.two), "skipped": skipped,
        "waits": row.holds == rules.ASKED and row.ended_at is None, "unanswered": status == 422,
        "left": duplicates.queue(member.review).count(),
    }  # fmt: skip
    return render(request, "evidence/pair.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def same(request: HttpRequest, review: uuid.UUID, record: uuid.UUID) -> HttpResponse:
    """Find another record that is the same report, and have the two compared."""
    member = policies.check_member(request.user, review)
    row = queries.record(member.review, record)
    other = _other(request, member)
    if other is not None:
        pair = actions.put_to_people(member, row, other)
        return redirect("evidence:pair", review, pair.id)
    words = request.GET.get("find", "").strip()
    rows = labels.matching(Record.objects.filter(review=member.review), words)
    found = list(rows.exclude(id=row.id).order_by("number")[: _FOUND + 1]) if words else []
    context = {
        "review": member.review, "record": row, "words": words, "found": found[:_FOUND],
        "more": len(found) > _FOUND,
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "evidence/same.html", context, status=status)


def _other(request: HttpRequest, member: Member) -> Record | None:
    """Return the record that was chosen, of this review; None where none was."""
    try:
        key = uuid.UUID(request.POST.get("other", ""))
    except ValueError:
        return None
    return Record.objects.filter(review=member.review, id=key).first()
