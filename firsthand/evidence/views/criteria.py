"""The criteria: all of them with their wordings, adding, rewording, retiring, deleting."""

import uuid

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.evidence import policies, queries, rules
from firsthand.evidence.actions import criteria as actions
from firsthand.evidence.forms.protocol import CriterionForm, ReasonForm, WordingForm
from firsthand.evidence.models import Review

_BOTH = ["GET", "HEAD", "POST"]


@require_safe
def listing(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Show the criteria with every wording they had."""
    member = policies.check_member(request.user, review)
    lines = queries.criteria_and_retired(member.review)
    context = {
        "member": member,
        "review": member.review,
        "standing": [line for line in lines if not line.retired],
        "retired": [line for line in lines if line.retired],
        "rules": rules,
    }
    return render(request, "evidence/criteria.html", context)


@require_http_methods(_BOTH)
def add(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Add a criterion."""
    member = policies.check_owner(request.user, review)
    needed = rules.reason_needed(rules.ADDED, queries.has_begun(member.review))
    form = CriterionForm(request.POST if request.method == "POST" else None, needed=needed)
    if form.is_valid():
        said = form.cleaned_data
        row = actions.add(member, said["kind"], said["text"], said["reason"])
        messages.success(request, f"Criterion {row.number} is added.")
        return redirect("evidence:criteria", review)
    return _ask(request, "evidence/criterion_add.html", member.review, form, needed=needed)


@require_http_methods(_BOTH)
def reword(request: HttpRequest, review: uuid.UUID, criterion: uuid.UUID) -> HttpResponse:
    """Say a criterion anew, with the reason."""
    member = policies.check_owner(request.user, review)
    row = queries.criterion(member.review, criterion)
    last = row.wordings.last()
    said = {"text": last.text if last else ""}
    form = WordingForm(request.POST if request.method == "POST" else None, initial=said)
    if form.is_valid():
        actions.reword(member, row, form.cleaned_data["text"], form.cleaned_data["reason"])
        messages.success(request, f"Criterion {row.number} is reworded.")
        return redirect("evidence:criteria", review)
    used = queries.decided_under(row)
    return _ask(request, "evidence/criterion.html", member.review, form, row=row, used=used)


@require_http_methods(_BOTH)
def retire(request: HttpRequest, review: uuid.UUID, criterion: uuid.UUID) -> HttpResponse:
    """Use a criterion no longer, with the reason."""
    member = policies.check_owner(request.user, review)
    row = queries.criterion(member.review, criterion)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.retire(member, row, form.cleaned_data["reason"])
        messages.success(request, f"Criterion {row.number} is retired.")
        return redirect("evidence:criteria", review)
    text = row.wordings.last()
    return _ask(request, "evidence/criterion_retire.html", member.review, form, row=row, last=text)


@require_POST
def delete(request: HttpRequest, review: uuid.UUID, criterion: uuid.UUID) -> HttpResponse:
    """Delete a criterion that nothing was decided under. Refused otherwise, with why."""
    member = policies.check_owner(request.user, review)
    row = queries.criterion(member.review, criterion)
    number = row.number
    actions.delete(member, row)
    messages.success(request, f"Criterion {number} is deleted. Its number is not used again.")
    return redirect("evidence:criteria", review)


def _ask(
    request: HttpRequest, page: str, review: Review, form: Form, **more: object
) -> HttpResponse:
    context = {"form": form, "review": review, "rules": rules, **more}
    return render(request, page, context, status=422 if form.is_bound else 200)
