"""Blocks of words that are marked while screening."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from firsthand.evidence import highlighting, policies, screening
from firsthand.evidence.actions import highlights as actions
from firsthand.evidence.forms.labels import BlockForm
from firsthand.evidence.views.labels import done

_BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(_BOTH)
def listing(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """List the blocks; add one."""
    member = policies.check_owner(request.user, review)
    form = BlockForm(request.POST if request.method == "POST" else None)
    if done(form, lambda said: actions.add(member, said)):
        messages.success(request, "The block is added. Its words are marked from now on.")
        return redirect("evidence:highlights", review)
    context = {
        "review": member.review, "form": form, "blocks": highlighting.blocks(member.review),
    }  # fmt: skip
    return render(request, "evidence/highlights.html", context, status=422 if form.errors else 200)


@require_http_methods(_BOTH)
def change(request: HttpRequest, review: uuid.UUID, block: uuid.UUID) -> HttpResponse:
    """Change a block."""
    member = policies.check_owner(request.user, review)
    row = highlighting.block(member.review, block)
    form = BlockForm(request.POST) if request.method == "POST" else BlockForm.of(row)
    if done(form, lambda said: actions.change(member, row, said)):
        messages.success(request, "The block is changed.")
        return redirect("evidence:highlights", review)
    context = {"review": member.review, "form": form, "block": row}
    return render(request, "evidence/highlight.html", context, status=422 if form.errors else 200)


@require_POST
def use(request: HttpRequest, review: uuid.UUID, block: uuid.UUID) -> HttpResponse:
    """Mark a block's words from now on, or no longer."""
    member = policies.check_owner(request.user, review)
    row = highlighting.block(member.review, block)
    actions.use(member, row, request.POST.get("used") == "yes")
    return redirect("evidence:highlights", review)


@require_POST
def show(request: HttpRequest, review: uuid.UUID, stage: str, record: uuid.UUID) -> HttpResponse:
    """Mark words for whoever asks, or not; they come back to the record they were at."""
    member = policies.check_member(request.user, review)
    row = screening.found(member.review, policies.check_stage(stage), record)
    actions.show(member, request.POST.get("shown") == "yes")
    return redirect("evidence:screen_one", review, stage, row.record_id)
