"""Taking a whole review along as a file, and bringing one in."""

import tempfile
import uuid

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.access.downloads import disposition
from firsthand.evidence import policies
from firsthand.evidence.actions import packages as actions
from firsthand.evidence.forms.packages import PackageForm
from firsthand.evidence.package.resources import ALL
from firsthand.evidence.package.tables import Bad
from firsthand.evidence.views.reviews import user_of

_IN_MEMORY = 8 * 1024 * 1024  # bytes; a larger package is made in a file


@require_safe
def page(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Say what is in the file, and what is not."""
    member = policies.check_member(request.user, review)
    return render(request, "evidence/package.html", {"review": member.review, "tables": ALL})


@require_safe
def file(request: HttpRequest, review: uuid.UUID) -> FileResponse:
    """Give the whole review as a file."""
    member = policies.check_member(request.user, review)
    out = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    actions.take_out(member, out)
    out.seek(0)
    answer = FileResponse(out, content_type="application/zip")
    name = slugify(member.review.title)[:60] or "review"
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
