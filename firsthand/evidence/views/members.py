"""Who takes part in a review."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from firsthand.evidence import policies, queries
from firsthand.evidence.actions import reviews as actions
from firsthand.evidence.forms.protocol import MemberForm


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """List who takes part; add someone."""
    member = policies.check_owner(request.user, review)
    people = list(queries.could_join(member.review))
    form = MemberForm(request.POST if request.method == "POST" else None, people=people)
    if form.is_valid():
        added = actions.add_member(member, form.user, form.cleaned_data["role"])
        messages.success(request, f"{added} takes part now.")
        return redirect("evidence:members", review)
    context = {
        "form": form,
        "member": member,
        "review": member.review,
        "people": queries.members(member.review),
    }
    return render(request, "evidence/members.html", context, status=422 if form.is_bound else 200)


@require_POST
def end(request: HttpRequest, review: uuid.UUID, member: uuid.UUID) -> HttpResponse:
    """Someone takes part no longer."""
    by = policies.check_owner(request.user, review)
    leaving = queries.member(by.review, member)
    actions.end_member(by, leaving)
    messages.success(request, f"{leaving} takes part no longer. What they decided stays.")
    return redirect("evidence:reviews" if leaving == by else "evidence:members", *_to(by, leaving))


def _to(by: object, leaving: object) -> list[uuid.UUID]:
    return [] if leaving == by else [leaving.review_id]  # type: ignore[attr-defined]
