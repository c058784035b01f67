"""Shares: who is asked which part of the records, and how far each is with theirs."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.refused import Refused
from firsthand.evidence import policies, queries, rules, shares
from firsthand.evidence.actions import shares as actions
from firsthand.evidence.forms.talking import SharesForm


@require_safe
def listing(request: HttpRequest, review: uuid.UUID, stage: str) -> HttpResponse:
    """Show how far everyone is with their share."""
    member = policies.check_member(request.user, review)
    policies.check_stage(stage)
    context = {
        "review": member.review, "member": member, "stage": stage, "rules": rules,
        "lines": shares.lines(member.review, stage), "splits": shares.splits(member.review, stage),
        "to_share": shares.to_share(member.review, stage),
        "pool": shares.in_pool(member.review, stage),
    }  # fmt: skip
    return render(request, "evidence/shares.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, review: uuid.UUID, stage: str) -> HttpResponse:
    """Share out what nobody has decided yet."""
    member = policies.check_owner(request.user, review)
    policies.check_stage(stage)
    people = list(queries.members(member.review).order_by("since", "id"))
    form = SharesForm(
        request.POST if request.method == "POST" else None, people=people,
        initial={"asked": 2 if member.review.each > 1 and len(people) > 1 else 1},
    )  # fmt: skip
    if form.is_valid():
        try:
            row = actions.split(member, stage, form.cleaned_data["asked"], form.percents)
        except Refused as refused:
            if refused.hidden:
                raise
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, f"{row.records:,} records are shared out by chance.")
            return redirect("evidence:shares", review, stage)
    context = {
        "form": form, "review": member.review, "stage": stage, "rules": rules,
        "to_share": shares.to_share(member.review, stage),
    }  # fmt: skip
    return render(request, "evidence/share_out.html", context, status=422 if form.errors else 200)


@require_POST
def join(request: HttpRequest, review: uuid.UUID, stage: str) -> HttpResponse:
    """Put what nobody has begun of the shares together again."""
    member = policies.check_owner(request.user, review)
    count = actions.join(member, policies.check_stage(stage))
    messages.success(request, f"{count:,} records are in nobody's share any more.")
    return redirect("evidence:shares", review, stage)
