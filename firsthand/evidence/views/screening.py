"""Screening: the next record, deciding it, going back, taking one's decision back."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.refused import Refused
from firsthand.evidence import (
    duplicates,
    highlighting,
    labels,
    ordering,
    policies,
    queries,
    rules,
    screening,
    shares,
    showing,
    stopping,
)
from firsthand.evidence.actions import labels as labelling
from firsthand.evidence.actions import screening as actions
from firsthand.evidence.forms.screening import DecisionForm
from firsthand.evidence.models import Member, Ordering, Screening
from firsthand.evidence.views.full_texts import reading
from firsthand.evidence.views.labels import chosen
from firsthand.methods.typed import whole

_SKIPPED = 20  # records that are not shown again at once
_UNDONE = "decision taken back"  # in the sitting: what was typed with it comes back


@require_safe
def following(request: HttpRequest, review: uuid.UUID, stage: str) -> HttpResponse:
    """Show the next record for this reviewer, or that there is none."""
    member = policies.check_member(request.user, review)
    order = ordering.current(member.review, policies.check_stage(stage))
    row = screening.next_in(order, member, stage, _after(request), _past(request))
    if row is None:
        return _done(request, member, stage)
    return _show(request, member, row, _form(request, member, row), order)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, review: uuid.UUID, stage: str, record: uuid.UUID) -> HttpResponse:
    """Show one record; take a decision on it and go on to the next."""
    member = policies.check_member(request.user, review)
    row = screening.found(member.review, policies.check_stage(stage), record)
    order, form = ordering.current(member.review, stage), _form(request, member, row)
    if request.method != "POST":
        return _show(request, member, row, form, order)
    if not form.is_valid():
        return _show(request, member, row, form, order, status=422)
    said = form.cleaned_data
    try:
        with transaction.atomic():
            actions.decide(member, row, said["choice"], said["note"], form.named)
            labelling.put(member, row, chosen(request, member))
    except Refused as refused:
        if refused.hidden:
            raise
        messages.warning(request, refused.sentence)
    return redirect(_next(order, row, _past(request)))


@require_POST
def undo(request: HttpRequest, review: uuid.UUID, stage: str, record: uuid.UUID) -> HttpResponse:
    """Take one's decision back, and show the record again."""
    member = policies.check_member(request.user, review)
    row = screening.found(member.review, policies.check_stage(stage), record)
    said = actions.undo(member, row)
    request.session[_UNDONE] = {"of": str(row.id), "note": said["note"], "reasons": said["reasons"]}
    messages.success(request, "Your decision is taken back. Decide again when you are ready.")
    return redirect("evidence:screen_one", review, stage, record)


# -- the parts --------------------------------------------------------------------------------


def _after(request: HttpRequest) -> int:
    return whole(request.GET.get("after", ""), 0)


def _past(request: HttpRequest) -> list[int]:
    """Return the numbers of the records skipped lately, where the best of now comes first."""
    typed = request.GET.get("past", "")[:300].split(".")
    return [number for each in typed if (number := whole(each, None)) is not None]


def _next(order: Ordering | None, row: Screening, past: list[int]) -> str:
    """Return where the next one is: behind this one, or, in a learned order, the best of now."""
    at = reverse("evidence:screen", args=[row.review_id, row.stage])
    if ordering.how(order) == rules.LEARNED:
        return at + _query(past)
    return f"{at}?{urlencode({'after': row.number})}"


def _query(past: list[int]) -> str:
    return f"?past={'.'.join(map(str, past[-_SKIPPED:]))}" if past else ""


def _form(request: HttpRequest, member: Member, row: Screening) -> DecisionForm:
    typed = request.session.get(_UNDONE) or {}
    initial = typed if typed.get("of") == str(row.id) else {}
    data = request.POST if request.method == "POST" else None
    criteria = queries.criteria(member.review)
    return DecisionForm(data, initial=initial, criteria=criteria, stage=row.stage)


def _show(
    request: HttpRequest,
    member: Member,
    row: Screening,
    form: DecisionForm,
    order: Ordering | None,
    status: int = 200,
) -> HttpResponse:
    own, past = screening.own(member, row), _past(request)
    last = screening.last_of(member, row.stage)
    criteria = queries.criteria(member.review, own.criteria_version) if own else form.criteria
    shown = showing.as_shown(row.record)
    mine = screening.is_asked(member, row)
    context = {
        "member": member,
        "review": member.review,
        "row": row,
        "record": shown,
        "form": form,
        "own": own,
        "may_decide": own is None and row.stands and row.state in rules.OPEN and mine,
        "mine": mine,
        "instead": None if row.stands else duplicates.stands_for(row.record),
        "earlier": screening.earlier_of(member, row) if own else last,
        "last": last,
        "skip": _next(order, row, past if own else [*past, row.number]),
        "past": _query(past),
        "criteria": criteria,
        "rules": rules,
        "marked": highlighting.marked(member, shown),
        "labels": labels.labels(member.review),
        "ticked": chosen(request, member) if request.method == "POST" else labels.own(member, row),
        "reading": reading(request, row.record) if row.stage == rules.FULL_TEXT else None,
        "here": reverse("evidence:screen_one", args=[row.review_id, row.stage, row.record_id]),
    }
    return render(request, "evidence/screen.html", context, status=status)


def _done(request: HttpRequest, member: Member, stage: str) -> HttpResponse:
    context = {
        "review": member.review,
        "stage": stage,
        "last": screening.last_of(member, stage),
        "share": shares.line(member, stage),
        "stop": stopping.stop(member.review, stage),
        "progress_": screening.progress(member.review, stage),
        "rules": rules,
    }
    return render(request, "evidence/screen_done.html", context)
