"""A file that is being imported, or was: how far it is, and every problem with its line."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from firsthand.evidence import policies, queries, rules
from firsthand.evidence.actions import importing

_A_PAGE = 100


@require_safe
def file(request: HttpRequest, review: uuid.UUID, imported: uuid.UUID) -> HttpResponse:
    """Show how far a file is, and what could not be taken as it stood."""
    member = policies.check_member(request.user, review)
    row = queries.file(member.review, imported)
    page = Paginator(row.problems.all(), _A_PAGE).get_page(request.GET.get("page"))
    waiting = row.stage in rules.UNFINISHED
    context = {"review": member.review, "file": row, "page": page, "waiting": waiting}
    return render(request, "evidence/imported.html", {**context, "rules": rules})


@require_POST
def again(request: HttpRequest, review: uuid.UUID, imported: uuid.UUID) -> HttpResponse:
    """Have a file that could not be read tried once more."""
    member = policies.check_member(request.user, review)
    importing.again(member, queries.file(member.review, imported))
    messages.success(request, "The file is being read again.")
    return redirect("evidence:imported", review, imported)
