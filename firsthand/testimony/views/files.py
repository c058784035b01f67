"""Files: added, opened and taken away. Each is sealed under a key of its own."""

import secrets
import uuid
from collections import Counter

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access import door, limits
from firsthand.access.doer import doer_of
from firsthand.access.downloads import disposition
from firsthand.testimony import attaching, queries, rules
from firsthand.testimony.files import BadFile, CleanFile
from firsthand.testimony.files.sent import give_up_at, taken
from firsthand.testimony.models import Testimony
from firsthand.testimony.views import shared
from firsthand.testimony.views.ended import own_or_ended
from firsthand.vault import items

_BUSY = (
    "this was not added, because many files have come from where you are in a short time. You did "
    "nothing wrong. Please wait {wait}, then choose it again."
)


@require_http_methods(["GET", "POST"])
def files(request: HttpRequest, testimony: uuid.UUID) -> HttpResponse:
    """Ask for files; keep the good ones whatever is wrong with the others."""
    row = own_or_ended(request, testimony, "files")
    if not isinstance(row, Testimony):
        return row
    wrong: list[tuple[str, str]] = []
    if request.method == "POST":
        wrong = _add(request, row)
        if not wrong and "add" not in request.POST:
            return redirect(_onward(request, row))
        if not wrong:
            return redirect("testimony:files", testimony)
    return _page(request, row, wrong)


@require_POST
def remove(request: HttpRequest, testimony: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    """Take a file away for good."""
    row = queries.own(doer_of(request), testimony)
    attaching.remove(doer_of(request), queries.attachment(row.id, file))
    return redirect("testimony:files", testimony)


@require_safe
def file(request: HttpRequest, testimony: uuid.UUID, file: uuid.UUID) -> StreamingHttpResponse:
    """Give a file to its owner or to someone they chose; the log is written first."""
    row = queries.attachment(testimony, file)
    opened = door.enter(doer_of(request), row.item_id)
    about = items.read_all(opened)
    content, kind = items.checked_file_of(opened), about["type"].decode()
    response = StreamingHttpResponse(content, content_type=kind)
    response["Content-Disposition"] = disposition(about["name"].decode())
    response["Content-Length"] = about["size"].decode()
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _add(request: HttpRequest, row: Testimony) -> list[tuple[str, str]]:
    wrong, same, number = [], Counter[CleanFile](), _number(request)
    until = give_up_at()
    for upload in request.FILES.getlist("files"):
        try:
            _check_room(request, row, upload.name or "file")
            limits.make_room_for_files(limits.near(request), [upload.size or 0])
            clean = taken(upload, until)
            same[clean] += 1  # chosen twice in one form, a file is there twice
            attaching.add(doer_of(request), row, clean, f"{number} {same[clean]}")
        except BadFile as bad:
            wrong.append((upload.name or "file", str(bad)))
        except limits.SlowDown as slow:
            wrong.append((upload.name or "file", _BUSY.format(wait=slow.wait)))
    return wrong


def _check_room(request: HttpRequest, row: Testimony, name: str) -> None:
    """Raise BadFile when there is no room, but for a file that may be the same sent once more."""
    try:
        attaching.check_room(row)
    except BadFile:
        if name not in {each["name"] for each in attaching.listed(doer_of(request), row)}:
            raise


def _number(request: HttpRequest) -> str:
    """Return the form's own number; a page that is shown again keeps it."""
    return request.POST.get("number", "")[:100] or secrets.token_urlsafe(16)


def _onward(request: HttpRequest, row: Testimony) -> str:
    if "later" in request.POST:
        return reverse("testimony:way_back", args=[row.id])
    if row.stage == rules.KEPT:
        return shared.own_address(row.id)
    return shared.address(row.id, rules.step_after("files"))


def _page(request: HttpRequest, row: Testimony, wrong: list[tuple[str, str]]) -> HttpResponse:
    _, said = shared.opened(request, row)
    context = {
        "wrong": wrong,
        "number": _number(request),
        "files": attaching.listed(doer_of(request), row),
        **shared.around(row, "files", said),
    }
    return render(request, "testimony/files.html", context, status=422 if wrong else 200)
