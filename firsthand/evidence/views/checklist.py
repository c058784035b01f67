"""The PRISMA-ScR checklist: where each item is met, filling in, and as files."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.access.downloads import attachment
from firsthand.access.refused import Refused
from firsthand.evidence import checklist as asking
from firsthand.evidence import policies
from firsthand.evidence.actions import checklist as actions
from firsthand.evidence.actions.screening import reveal_all
from firsthand.evidence.checklist_items import BY_NUMBER
from firsthand.evidence.checklist_word import as_docx
from firsthand.evidence.forms.checklist import ReportedForm

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def listing(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """List the items, each with where it is met."""
    member = policies.check_member(request.user, review)
    reveal_all(member)
    context = {"review": member.review, "checklist": asking.checklist(member.review)}
    return render(request, "evidence/checklist.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, review: uuid.UUID, item: int) -> HttpResponse:
    """Show one item; keep where it is met, or why it does not apply."""
    member = policies.check_member(request.user, review)
    if item not in BY_NUMBER:
        raise Refused
    reveal_all(member)
    line = asking.line(member.review, BY_NUMBER[item])
    form = ReportedForm(request.POST) if request.method == "POST" else ReportedForm.of(line.said)
    if form.is_valid():
        actions.say(member, line.item, form.cleaned_data)
        messages.success(request, f"Item {item} is saved.")
        return redirect("evidence:checklist", review)
    context = {"review": member.review, "line": line, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "evidence/checklist_item.html", context, status=status)


@require_safe
def as_csv(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Give the checklist as CSV."""
    member = policies.check_member(request.user, review)
    reveal_all(member)
    text = asking.as_csv(asking.checklist(member.review))
    return attachment(text, "prisma-scr.csv", "text/csv; charset=utf-8")


@require_safe
def as_word(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Give the checklist as a Word document."""
    member = policies.check_member(request.user, review)
    reveal_all(member)
    made = as_docx(asking.checklist(member.review), member.review.title)
    return attachment(made, "prisma-scr.docx", _WORD)
