"""The flow of records, counted from the rows."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firsthand.evidence import policies, rules
from firsthand.evidence.actions.screening import reveal_all
from firsthand.evidence.flow import flow as counted


@require_safe
def flow(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Show every number of the diagram that is known so far."""
    member = policies.check_member(request.user, review)
    reveal_all(member)
    context = {"review": member.review, "flow": counted(member.review), "rules": rules}
    return render(request, "evidence/flow.html", context)
