"""The flow of records, counted from the rows: as a picture, in tables, and as files."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.downloads import attachment
from firsthand.access.refused import Refused, not_now
from firsthand.evidence import drawing, policies, rules
from firsthand.evidence.actions import updates
from firsthand.evidence.actions.screening import reveal_all
from firsthand.evidence.diagram import diagram, differing
from firsthand.evidence.flow import flow as counted
from firsthand.evidence.forms.protocol import UpdateForm
from firsthand.evidence.models import Review
from firsthand.evidence.versions import Version, version, versions
from firsthand.methods.flow import table
from firsthand.methods.flow.checks import contradictions
from firsthand.methods.flow.counts import Flow
from firsthand.methods.flow.csvfile import write
from firsthand.methods.flow.figure import under_way
from firsthand.methods.typed import whole

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
    shown = _asked_for(request, member.review)
    found = counted(member.review, shown)
    drawn = diagram(member.review, found)
    context = {
        "member": member,
        "review": member.review,
        "version": shown,
        "versions": versions(member.review),
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
    drawn = diagram(member.review, counted(member.review, _asked_for(request, member.review)))
    if not table.rows(drawn):
        raise not_now("Nothing has been counted in this review yet, so there is nothing to draw.")
    name = f"flow-narrow{kind}" if narrow else f"flow{kind}"
    return attachment(_made(member.review, drawn, kind, narrow), name, _TYPES[kind])


@require_http_methods(["GET", "HEAD", "POST"])
def update(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Begin an update: what is found from now on is new."""
    member = policies.check_owner(request.user, review)
    form = UpdateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        row = updates.begin(member, form.cleaned_data["why"])
        messages.success(request, f"Update {row.number} has begun. Write its searches down next.")
        return redirect("evidence:searches", review)
    context = {"form": form, "review": member.review}
    status = 422 if form.is_bound else 200
    return render(request, "evidence/update_begin.html", context, status=status)


@require_POST
def update_undo(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Take back the beginning of the last update. Raises Refused."""
    member = policies.check_owner(request.user, review)
    begun = version(member.review).begun
    if begun is None:
        raise not_now("No update has begun, or it was taken back already.")
    updates.take_back(member, begun)
    messages.success(request, f"Update {begun.number} is taken back. The version before goes on.")
    return redirect("evidence:flow", review)


def _asked_for(request: HttpRequest, review: Review) -> Version:
    """Return the version that the address names; the newest without. Raises Refused."""
    named = request.GET.get("version", "")
    if not named:
        return version(review)
    number = whole(named, None)
    if number is None:
        raise Refused
    return version(review, number)


def _made(review: Review, drawn: Flow, kind: str, narrow: bool) -> bytes:
    if kind == _CSV:
        return write(drawn).encode()
    return drawing.FORMATS[kind](drawn, review.title, narrow=narrow)
