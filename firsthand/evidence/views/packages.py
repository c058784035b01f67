"""Taking a whole review along as a file, and bringing one in."""

import tempfile
import uuid
from typing import IO

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.downloads import disposition
from firsthand.evidence import packed, policies, rules
from firsthand.evidence.actions import packages as actions
from firsthand.evidence.actions import packing
from firsthand.evidence.forms.packages import PackageForm
from firsthand.evidence.models import Member, Review
from firsthand.evidence.package.resources import ALL
from firsthand.evidence.package.tables import Bad
from firsthand.evidence.views.reviews import user_of

_IN_MEMORY = 8 * 1024 * 1024  # bytes; a larger package is made in a file


@require_safe
def page(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Say what is in the file, and what is not; have it made, or say how far that is."""
    member = policies.check_member(request.user, review)
    last, ready = packed.newest(member.review), packed.ready(member.review)
    context = {
        "review": member.review, "tables": ALL, "last": last, "ready": ready,
        "at_once": rules.is_made_at_once(member.review.records_made),
        "waiting": last is not None and last.stage == rules.PACK_WAITING,
        "changed": ready is not None and ready.made_of != packed.made_of(member.review),
    }  # fmt: skip
    return render(request, "evidence/package.html", context)


@require_POST
def make(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Have the file made in the background."""
    packing.ask(policies.check_member(request.user, review))
    return redirect("evidence:package", review)


@require_safe
def file(request: HttpRequest, review: uuid.UUID) -> HttpResponseBase:
    """Give the whole review as a file: of a small review made now, or the one that is ready."""
    member = policies.check_member(request.user, review)
    if rules.is_made_at_once(member.review.records_made):
        return _named(FileResponse(_made_now(member)), member.review)
    if packed.ready(member.review) is None:
        return redirect("evidence:package", review)
    row = packing.give(member)
    answer = StreamingHttpResponse(packed.pieces(row))
    answer["Content-Length"] = str(row.size)
    return _named(answer, member.review)


def _made_now(member: Member) -> IO[bytes]:
    out = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    actions.take_out(member, out)
    out.seek(0)
    return out


def _named(answer: StreamingHttpResponse, review: Review) -> StreamingHttpResponse:
    name = slugify(review.title)[:60] or "review"
    answer["Content-Type"] = "application/zip"
    answer["Content-Disposition"] = disposition(f"{name}.zip")
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """Make a review of such a file."""
    posted = request.method == "POST"
    form = PackageForm(request.POST, request.FILES) if posted else PackageForm()
    if form.is_valid():
        try:
            member = actions.bring_in(user_of(request), form.cleaned_data["file"].file)
            messages.success(request, "The review is here now, and you are its owner.")
            return redirect("evidence:review", member.review.id)
        except Bad as why:
            form.add_error("file", f"{why} Nothing of it was kept.")
    context, status = {"form": form, "sends_files": True}, 422 if form.is_bound else 200
    return render(request, "evidence/package_in.html", context, status=status)
