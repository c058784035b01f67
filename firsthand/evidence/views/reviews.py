"""My reviews; beginning one; its front page, protocol and history."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.access.refused import Refused
from firsthand.evidence import policies, queries, rules, screening
from firsthand.evidence.actions import reviews as actions
from firsthand.evidence.actions.screening import reveal_all
from firsthand.evidence.forms.protocol import ProtocolForm
from firsthand.people.models import User
from firsthand.people.rules import RESEARCHER

# Who decided what, and what tells of it, is told elsewhere, once it may be.
_NOT_TOLD = (
    "decided", "decision taken back", "labels put", "note written", "note taken back",
    "put on the meeting list", "taken off the meeting list",
)  # fmt: skip
_NEWEST = 200


def user_of(request: HttpRequest) -> User:
    """Return who is signed in: the permission table has asked before."""
    if not isinstance(request.user, User):
        raise Refused
    return request.user


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the reviews that someone takes part in."""
    user = user_of(request)
    context = {"members": queries.reviews_of(user), "may_begin": user.role == RESEARCHER}
    return render(request, "evidence/reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a review with its protocol."""
    form = ProtocolForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        member = actions.make(user_of(request), form.cleaned_data)
        messages.success(request, "The review has begun. Write down its criteria next.")
        return redirect("evidence:review", member.review.id)
    context = {"form": form, "review": None}
    return render(request, "evidence/protocol.html", context, status=422 if form.is_bound else 200)


@require_safe
def review(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Show a review: its question, how far it is, what is next."""
    member = policies.check_member(request.user, review)
    reveal_all(member)
    row = member.review
    context = {
        "member": member,
        "review": row,
        "criteria": queries.criteria(row),
        "people": queries.members(row),
        "searches": queries.searches(row),
        "stages": [(stage, screening.progress(row, stage)) for stage in rules.STAGES],
        "rules": rules,
    }
    return render(request, "evidence/review.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def protocol(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Change the protocol."""
    member = policies.check_owner(request.user, review)
    posted = request.method == "POST"
    form = ProtocolForm(request.POST) if posted else ProtocolForm.of(member.review)
    if form.is_valid():
        actions.change_protocol(member, form.cleaned_data)
        messages.success(request, "The protocol is saved. The history keeps how it was before.")
        return redirect("evidence:review", review)
    context = {"form": form, "review": member.review}
    return render(request, "evidence/protocol.html", context, status=422 if form.is_bound else 200)


@require_safe
def history(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Show what was done, the newest first, but for what is not told yet."""
    member = policies.check_member(request.user, review)
    rows = member.review.trail.exclude(did__in=_NOT_TOLD).select_related("by").order_by("-at", "id")
    context = {"review": member.review, "lines": rows[:_NEWEST], "newest": _NEWEST}
    return render(request, "evidence/history.html", context)
