"""The flow of records, counted from the rows: as a picture, in tables, and as files."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firsthand.access.downloads import attachment
from firsthand.access.refused import not_now
from firsthand.evidence import drawing, policies, rules
from firsthand.evidence.actions.screening import reveal_all
from firsthand.evidence.diagram import diagram, differing
from firsthand.evidence.flow import flow as counted
from firsthand.evidence.models import Review
from firsthand.methods.flow import table
from firsthand.methods.flow.checks import contradictions
from firsthand.methods.flow.counts import Flow
from firsthand.methods.flow.csvfile import write
from firsthand.methods.flow.figure import under_way

_CSV = ".csv"
_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    _CSV: "text/csv; charset=utf-8",
}


@require_safe
def flow(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Show the diagram, every number of it that is known so far, and what is not."""
    member = policies.check_member(request.user, review)
    reveal_all(member)
    found = counted(member.review)
    drawn = diagram(member.review, found)
    context = {
        "review": member.review,
        "flow": found,
        "diagram": drawn,
        "drawn": bool(table.rows(drawn)),
        "wrong": (*contradictions(drawn), *differing(found)),
        "under_way": under_way(drawn),
        "rules": rules,
    }
    return render(request, "evidence/flow.html", context)


@require_safe
def file(request: HttpRequest, review: uuid.UUID, kind: str, narrow: bool = False) -> HttpResponse:
    """Give the diagram as a file, or its counts as one. Raises Refused while there are none."""
    member = policies.check_member(request.user, review)
    reveal_all(member)
    drawn = diagram(member.review, counted(member.review))
    if not table.rows(drawn):
        raise not_now("Nothing has been counted in this review yet, so there is nothing to draw.")
    name = f"flow-narrow{kind}" if narrow else f"flow{kind}"
    return attachment(_made(member.review, drawn, kind, narrow), name, _TYPES[kind])


def _made(review: Review, drawn: Flow, kind: str, narrow: bool) -> bytes:
    if kind == _CSV:
        return write(drawn).encode()
    return drawing.FORMATS[kind](drawn, review.title, narrow=narrow)
