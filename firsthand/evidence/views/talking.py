"""Talking over what reviewers differ on, the meeting list, and opening a settled record again."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.evidence import policies, queries, rules, screening, showing, talking
from firsthand.evidence.actions import screening as deciding
from firsthand.evidence.actions import talking as actions
from firsthand.evidence.forms.talking import NoteForm, ReopeningForm

_BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(_BOTH)
def thread(request: HttpRequest, review: uuid.UUID, stage: str, record: uuid.UUID) -> HttpResponse:
    """Show what each decided and what was written of it; take another note."""
    member = policies.check_member(request.user, review)
    row = talking.thread(member, policies.check_stage(stage), record)
    deciding.reveal(member, [row])
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.write(member, row, form.cleaned_data["text"])
        messages.success(request, "Your note is kept.")
        return redirect("evidence:thread", review, stage, record)
    context = {
        "review": member.review, "member": member, "stage": stage, "row": row, "form": form,
        "record": showing.as_shown(row.record), "rules": rules,
    }  # fmt: skip
    return render(request, "evidence/thread.html", context, status=422 if form.errors else 200)


@require_POST
def take_back(request: HttpRequest, review: uuid.UUID, note: uuid.UUID) -> HttpResponse:
    """Take one's own note back."""
    member = policies.check_member(request.user, review)
    row = talking.note(member, note)
    actions.take_back(member, row)
    messages.success(request, "Your note is taken back. That there was one stays.")
    return redirect("evidence:thread", review, row.screening.stage, row.screening.record_id)


@require_POST
def listed(request: HttpRequest, review: uuid.UUID, stage: str, record: uuid.UUID) -> HttpResponse:
    """Put a record on the meeting list, or take it off."""
    member = policies.check_member(request.user, review)
    row = screening.found(member.review, policies.check_stage(stage), record)
    on = request.POST.get("on") == "yes"
    (actions.put_on_list if on else actions.take_off_list)(member, row)
    messages.success(request, "It is on the meeting list." if on else "It is off the meeting list.")
    return redirect("evidence:thread", review, stage, record)


@require_safe
def meeting(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """List what is for the next meeting, to be printed."""
    member = policies.check_member(request.user, review)
    rows = list(talking.conflicts(member.review, show=talking.FOR_MEETING))
    deciding.reveal(member, rows)
    context = {
        "review": member.review, "rows": rows, "rules": rules,
        "criteria": queries.criteria(member.review),
    }  # fmt: skip
    return render(request, "evidence/meeting.html", context)


@require_http_methods(_BOTH)
def reopen(request: HttpRequest, review: uuid.UUID, stage: str, record: uuid.UUID) -> HttpResponse:
    """Open a settled record again, for a reason."""
    member = policies.check_owner(request.user, review)
    row = screening.found(member.review, policies.check_stage(stage), record)
    policies.check_reopening(row, queries.is_read_further(row))
    form = ReopeningForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        deciding.reopen(member, row, form.cleaned_data["reason"])
        messages.success(request, "It is open again. All that was decided is kept with it.")
        return redirect("evidence:resolve", review, stage, record)
    context = {
        "review": member.review, "row": row, "record": row.record, "form": form, "rules": rules,
    }  # fmt: skip
    return render(request, "evidence/reopen.html", context, status=422 if form.errors else 200)
