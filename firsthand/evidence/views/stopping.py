"""When to stop: what was found so far, what may be left, what was aimed at; stopping, going on."""

import uuid
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.refused import not_now
from firsthand.evidence import ordering, policies, rules, screening, stopping
from firsthand.evidence.actions import stopping as actions
from firsthand.evidence.actions.screening import reveal_all
from firsthand.evidence.forms.ordering import AuditForm, PlanForm, StopForm
from firsthand.evidence.models import Review
from firsthand.methods.screening import curve as drawing
from firsthand.methods.screening.stopping import in_a_row

_BOTH = ["GET", "HEAD", "POST"]
_ROWS = 10  # of the table beside the curve
_HABIT = 50  # irrelevant in a row: what many stop at


@require_safe
def page(request: HttpRequest, review: uuid.UUID, stage: str) -> HttpResponse:
    """Show how far reading is, what may be left, and what each way to stop promises."""
    member = policies.check_member(request.user, review)
    order = ordering.current(member.review, policies.check_stage(stage))
    reveal_all(member)
    row, now = member.review, stopping.reading(member.review, stage)
    aim = stopping.plan(row, stage)
    context = {
        "member": member, "review": row, "stage": stage, "order": order,
        "how": ordering.how(order), "now": now, "plan": aim, "rules": rules,
        "progress_": screening.progress(row, stage),
        "rows": drawing.points(now.labels, _ROWS),
        "ruled": stopping.ruled(aim, order, now),
        "audited": stopping.audited(stopping.audit(row, stage), aim, now),
        "stop": stopping.stop(row, stage), "unscreened": stopping.not_screened(row, stage),
        "habit": in_a_row(now.labels, _HABIT), "unseen": stopping.unseen(row, stage),
    }  # fmt: skip
    return render(request, "evidence/stopping.html", context)


@require_safe
def curve(request: HttpRequest, review: uuid.UUID, stage: str) -> HttpResponse:
    """Draw the included records found against those read."""
    member = policies.check_member(request.user, review)
    now = stopping.reading(member.review, policies.check_stage(stage))
    reveal_all(member)
    if not now.read:
        raise not_now("Nothing is settled yet, so there is nothing to draw.")
    said = f"{now.found:,} included among the first {now.read:,} records read."
    svg = drawing.drawn(drawing.points(now.labels), "Included records found", said)
    return HttpResponse(svg, content_type="image/svg+xml")


@require_http_methods(_BOTH)
def plan(request: HttpRequest, review: uuid.UUID, stage: str) -> HttpResponse:
    """Write down what is aimed at."""
    member = policies.check_owner(request.user, review)
    policies.check_stage(stage)
    form = PlanForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.aim(member, stage, **form.cleaned_data)
        messages.success(request, "Written down, with today's date.")
        return redirect("evidence:stopping", review, stage)
    return _ask(request, "evidence/stopping_plan.html", member.review, stage, form)


@require_http_methods(_BOTH)
def audit(request: HttpRequest, review: uuid.UUID, stage: str) -> HttpResponse:
    """Draw records by chance."""
    member = policies.check_owner(request.user, review)
    policies.check_stage(stage)
    form = AuditForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.draw(member, stage, form.cleaned_data["size"])
        messages.success(request, "Drawn. They come first until they are read.")
        return redirect("evidence:stopping", review, stage)
    return _ask(request, "evidence/stopping_audit.html", member.review, stage, form)


@require_http_methods(_BOTH)
def stop(request: HttpRequest, review: uuid.UUID, stage: str) -> HttpResponse:
    """Stop screening here, saying why."""
    member = policies.check_owner(request.user, review)
    policies.check_stage(stage)
    form = StopForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        row = actions.stop(member, stage, form.cleaned_data["reason"])
        messages.success(request, f"Screening stopped. {row.unread:,} are left unread.")
        return redirect("evidence:stopping", review, stage)
    unseen = stopping.unseen(member.review, stage)
    return _ask(request, "evidence/stop.html", member.review, stage, form, unseen=unseen)


@require_POST
def go_on(request: HttpRequest, review: uuid.UUID, stage: str) -> HttpResponse:
    """Go on screening."""
    member = policies.check_owner(request.user, review)
    actions.go_on(member, policies.check_stage(stage))
    messages.success(request, "Screening goes on. Nothing was lost.")
    return redirect("evidence:stopping", review, stage)


def _ask(
    request: HttpRequest, at: str, review: Review, stage: str, form: Form, **more: Any
) -> HttpResponse:
    context = {"form": form, "review": review, "stage": stage, "rules": rules, **more}
    return render(request, at, context, status=422 if form.is_bound else 200)
