"""Bringing in what another program wrote, and taking a project along for another program."""

import tempfile
import uuid

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.access.downloads import attachment, disposition
from firsthand.access.refused import Refused
from firsthand.codebook import policies, queries, rules
from firsthand.codebook.actions import bringing, interchange
from firsthand.codebook.forms.interchange import BringInForm, CodebookForm, MeForm
from firsthand.codebook.models import Brought, Coder
from firsthand.codebook.models.interchange import CHOSEN, DONE, FAILED, LOOKED, WAITING
from firsthand.codebook.refi.reading import read_codes
from firsthand.codebook.refi.telling import KINDS, Unreadable
from firsthand.codebook.views.projects import user_of

_IN_MEMORY = 8 * 1024 * 1024  # bytes; a larger project is written to a file


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """Take a file; say what is in it; bring it in. One file at a time for each person."""
    user = user_of(request)
    row = Brought.objects.filter(user=user).defer("content").first()
    if "leave" in request.POST:
        bringing.leave(user)
        return redirect("codebook:bring_in")
    if "again" in request.POST:
        bringing.again(user)
        return redirect("codebook:bring_in")
    if row is None:
        return _send(request)
    if row.stage == LOOKED:
        return _choose(request, row)
    context = {"row": row, "waiting": row.stage in (WAITING, CHOSEN), "done": row.stage == DONE,
               "failed": row.stage == FAILED, "told": _told(row),
               "can_try_again": bringing.is_kept(row)}  # fmt: skip
    return render(request, "codebook/brought.html", context)


def _send(request: HttpRequest) -> HttpResponse:
    posted = request.method == "POST"
    form = BringInForm(request.POST, request.FILES) if posted else BringInForm()
    if form.is_valid():
        bringing.send(user_of(request), *form.cleaned_data["file"])
        return redirect("codebook:bring_in")
    context, status = {"form": form, "sends_files": True}, 422 if form.is_bound else 200
    return render(request, "codebook/bring_in.html", context, status=status)


def _choose(request: HttpRequest, row: Brought) -> HttpResponse:
    """Say what is in the file before anything is made of it."""
    posted = request.POST if "bring" in request.POST else None
    form = MeForm(posted, looked=row.looked)
    if form.is_valid():
        bringing.choose(user_of(request), form.guid)
        return redirect("codebook:bring_in")
    context = {"form": form, "row": row, "looked": row.looked, "told": _told(row)}
    return render(
        request, "codebook/looked_into.html", context, status=422 if form.is_bound else 200
    )


def _told(row: Brought) -> list[tuple[str, list[dict[str, object]]]]:
    """Return what is told of a file, what is lost first."""
    every = row.looked.get("told", [])
    found = ((words, [each for each in every if each["kind"] == kind]) for kind, words in KINDS)
    return [(words, rows) for words, rows in found if rows]


@require_http_methods(["GET", "HEAD", "POST"])
def codebook_in(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Add the codes of a file to a project's codebook."""
    coder = policies.check_coder(request.user, project)
    posted = request.method == "POST"
    form = CodebookForm(request.POST, request.FILES) if posted else CodebookForm()
    if form.is_valid():
        try:
            return _added(request, coder, *form.cleaned_data["file"])
        except Unreadable as why:
            form.add_error("file", str(why))
        except Refused as refused:
            form.add_error("file", f"{refused.sentence} Nothing of it was kept.")
    context = {"form": form, "project": coder.project, "sends_files": True}
    status = 422 if form.is_bound else 200
    return render(request, "codebook/codebook_in.html", context, status=status)


def _added(request: HttpRequest, coder: Coder, name: str, content: bytes) -> HttpResponse:
    new, there = interchange.bring_codebook(coder, read_codes(content, name), name)
    said = f"{new:,} {'code' if new == 1 else 'codes'} added"
    messages.success(request, f"{said}; {there:,} were here already.")
    return redirect("codebook:codes", coder.project_id)


@require_safe
def take_out(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Say what is in the files, and what is not."""
    coder = policies.check_coder(request.user, project)
    sources = queries.sources(coder.project)
    sealed = sources.filter(kind=rules.TESTIMONY).count()
    context = {
        "project": coder.project, "sealed": sealed, "sources": sources.count() - sealed,
        "codes": queries.codes(coder.project).count(),
        "passages": queries.visible_passages(coder).exclude(source__kind=rules.TESTIMONY).count(),
    }  # fmt: skip
    return render(request, "codebook/take_out.html", context)


@require_safe
def qdpx(request: HttpRequest, project: uuid.UUID) -> FileResponse:
    """Give the project as a file."""
    coder = policies.check_coder(request.user, project)
    out = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    interchange.take_out(coder, out, names=request.GET.get("names") == "1")
    out.seek(0)
    answer = FileResponse(out, content_type="application/zip")
    answer["Content-Disposition"] = disposition(f"{_name(coder)}.qdpx")
    return answer


@require_safe
def qdc(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Give the codebook as a file."""
    coder = policies.check_coder(request.user, project)
    content = interchange.take_out_codebook(coder)
    return attachment(content, f"{_name(coder)}.qdc", "application/xml")


def _name(coder: Coder) -> str:
    return slugify(coder.project.title)[:60] or "project"
