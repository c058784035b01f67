"""A file that is being imported, or was: how far it is, and every problem with its line."""

import re
import uuid
from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.downloads import disposition
from firsthand.evidence import giving, policies, queries, rules
from firsthand.evidence.actions import importing
from firsthand.evidence.formats.columns import PARTS, guess
from firsthand.evidence.forms.searching import ColumnsForm
from firsthand.evidence.models import ImportFile

_A_PAGE = 100


@require_safe
def file(request: HttpRequest, review: uuid.UUID, imported: uuid.UUID) -> HttpResponse:
    """Show how far a file is, and what could not be taken as it stood."""
    member = policies.check_member(request.user, review)
    row = queries.file(member.review, imported)
    page = Paginator(row.problems.all(), _A_PAGE).get_page(request.GET.get("page"))
    waiting = row.stage in rules.UNFINISHED
    context = {
        "review": member.review,
        "file": row,
        "page": page,
        "waiting": waiting,
        "columns": list(zip(row.header, row.columns, strict=False)),
        "parts": PARTS,
    }
    return render(request, "evidence/imported.html", {**context, "rules": rules})


@require_POST
def again(request: HttpRequest, review: uuid.UUID, imported: uuid.UUID) -> HttpResponse:
    """Have a file that could not be read tried once more, or forget it."""
    member = policies.check_member(request.user, review)
    row = queries.file(member.review, imported)
    if "forget" in request.POST:
        importing.leave_out(member, row)
        messages.success(request, f"{row.name} is left out.")
        return redirect("evidence:search", review, row.run_id)
    importing.again(member, row)
    messages.success(request, "The file is being read again.")
    return redirect("evidence:imported", review, imported)


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, review: uuid.UUID, imported: uuid.UUID) -> HttpResponse:
    """Show a table's first rows; take what someone says of its columns."""
    member = policies.check_member(request.user, review)
    row = queries.file(member.review, imported)
    if row.stage != rules.COLUMNS:
        return redirect("evidence:imported", review, imported)
    form = ColumnsForm(row.header, guess(row.header), request.POST or None)
    if form.is_valid():
        importing.say_columns(member, row, form.parts)
        messages.success(request, "Thank you. The file is being read.")
        return redirect("evidence:imported", review, imported)
    examples = [
        [each[at] for each in row.sample if at < len(each) and each[at].strip()]
        for at in range(len(row.header))
    ]
    context = {"review": member.review, "file": row, "form": form, "examples": examples}
    status = 422 if form.is_bound else 200
    return render(request, "evidence/import_columns.html", context, status=status)


@require_safe
def problems(request: HttpRequest, review: uuid.UUID, imported: uuid.UUID) -> StreamingHttpResponse:
    """Give every problem of a file as a table: its line, what was found, what was kept."""
    member = policies.check_member(request.user, review)
    row = queries.file(member.review, imported)
    return _download(giving.problems(row), f"{_stem(row)}-problems.csv", "text/csv")


@require_safe
def records(
    request: HttpRequest, review: uuid.UUID, imported: uuid.UUID, form: str
) -> StreamingHttpResponse:
    """Give a file's records again, every raw field as it came."""
    member = policies.check_member(request.user, review)
    row = queries.file(member.review, imported)
    ending, kind = giving.FORMS[form]
    said = giving.records(row, form)
    return _download(said, f"{_stem(row)}-records.{ending}", kind)


def _stem(row: ImportFile) -> str:
    return (
        re.sub(r"[^A-Za-z0-9_-]+", "-", row.name.rpartition(".")[0] or row.name)[:60].strip("-")
        or "file"
    )


def _download(said: Iterator[str], name: str, kind: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(
        (each.encode() for each in said), content_type=f"{kind}; charset=utf-8"
    )
    answer["Content-Disposition"] = disposition(name)
    return answer
