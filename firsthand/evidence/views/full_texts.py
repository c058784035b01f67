"""Full texts: which reports are got, their PDFs, and reading them."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from firsthand.access.downloads import disposition
from firsthand.access.refused import Refused, not_now
from firsthand.evidence import full_texts, policies, queries, rules
from firsthand.evidence.actions import full_texts as actions
from firsthand.evidence.forms.full_texts import PdfsForm, RetrievalForm
from firsthand.evidence.models import Member, Record
from firsthand.evidence.package.getting import NOT_HERE
from firsthand.methods.typed import whole

_A_PAGE = 50


@require_safe
def listing(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """List the reports sought, and how far getting each is."""
    member = policies.check_member(request.user, review)
    status = request.GET.get("show", "")
    status = status if status in rules.RETRIEVALS else ""
    rows = full_texts.reports(member.review, status)
    context = {
        "review": member.review, "rules": rules, "status": status,
        "counts": full_texts.counts(member.review),
        "page": Paginator(rows, _A_PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "evidence/full_texts.html", context)


@require_safe
def one(request: HttpRequest, review: uuid.UUID, record: uuid.UUID) -> HttpResponse:
    """Show how far getting one report is, its PDFs, and their text."""
    member = policies.check_member(request.user, review)
    row = queries.record(member.review, record)
    return _show(request, member, row, RetrievalForm.of(full_texts.retrieval(row)), PdfsForm())


@require_POST
def mark(request: HttpRequest, review: uuid.UUID, record: uuid.UUID) -> HttpResponse:
    """Write down how far getting a report is."""
    member = policies.check_member(request.user, review)
    row = queries.record(member.review, record)
    form = RetrievalForm(request.POST)
    if not form.is_valid():
        return _show(request, member, row, form, PdfsForm(), status=422)
    said = form.cleaned_data
    try:
        actions.mark(member, row, said["status"], said["on"], said["note"])
    except Refused as refused:
        if refused.hidden:
            raise
        form.add_error("status", refused.sentence)
        return _show(request, member, row, form, PdfsForm(), status=409)
    messages.success(request, f"Kept: {rules.RETRIEVALS[said['status']].lower()}.")
    return redirect("evidence:full_text", review, record)


@require_POST
def attach(request: HttpRequest, review: uuid.UUID, record: uuid.UUID) -> HttpResponse:
    """Attach PDFs; those that cannot be taken are named with why."""
    member = policies.check_member(request.user, review)
    row = queries.record(member.review, record)
    form = PdfsForm(request.POST, request.FILES)
    taken = actions.attach(member, row, form.cleaned_data["pdfs"]) if form.is_valid() else None
    for wrong in taken.wrong if taken else ():
        form.add_error("pdfs", wrong)
    for name in taken.again if taken else ():
        messages.warning(request, f"{name} is attached already. Nothing was attached twice.")
    if taken and taken.new:
        messages.success(request, "Attached. Its text is being read; you can go on meanwhile.")
    if form.errors:
        marking = RetrievalForm.of(full_texts.retrieval(row))
        return _show(request, member, row, marking, form, status=422)
    return redirect("evidence:full_text", review, record)


@require_safe
def file(request: HttpRequest, review: uuid.UUID, pdf: uuid.UUID) -> HttpResponse:
    """Give a PDF as it was attached: kept by the browser, never run in a page of ours."""
    member = policies.check_member(request.user, review)
    row = full_texts.file(member, pdf, content=True)
    if not row.content:
        raise not_now(NOT_HERE)
    answer = HttpResponse(bytes(row.content), content_type="application/pdf")
    answer["Content-Disposition"] = disposition(row.name)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@require_POST
def take_away(request: HttpRequest, review: uuid.UUID, pdf: uuid.UUID) -> HttpResponse:
    """Take a PDF away; it can be put back."""
    member = policies.check_member(request.user, review)
    row = full_texts.file(member, pdf)
    actions.take_away(member, row)
    messages.success(request, f"{row.name} is taken away. You can put it back below.")
    return redirect("evidence:full_text", review, row.record_id)


@require_POST
def put_back(request: HttpRequest, review: uuid.UUID, pdf: uuid.UUID) -> HttpResponse:
    """Put a PDF back."""
    member = policies.check_member(request.user, review)
    row = full_texts.file(member, pdf)
    actions.put_back(member, row)
    messages.success(request, f"{row.name} is attached again.")
    return redirect("evidence:full_text", review, row.record_id)


def reading(request: HttpRequest, record: Record) -> full_texts.Reading | None:
    """Return what is read of a record's PDF, by what the address asks for."""
    page = whole(request.GET.get("from", ""), None)
    asked = request.GET.get("pdf", ""), request.GET.get("find", "")
    return full_texts.reading(record, *asked, page)


def _show(
    request: HttpRequest, member: Member, row: Record, marking: RetrievalForm, attaching: PdfsForm,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    found = full_texts.files(row)
    context = {
        "review": member.review, "record": row, "rules": rules, "marking": marking,
        "attaching": attaching, "retrieval": full_texts.retrieval(row),
        "files": [each for each in found if each.taken_away_at is None],
        "taken_away": [each for each in found if each.taken_away_at is not None],
        "reading": reading(request, row), "screening": rules.FULL_TEXT,
        "waiting": any(each.stage == rules.WAITING for each in found),
        "sought": row.screenings.filter(stage=rules.FULL_TEXT).exists(),
    }  # fmt: skip
    return render(request, "evidence/full_text.html", context, status=status)
