"""What the pages of both sides have in common."""

import uuid
from collections.abc import Set
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone

from firsthand.access import door, limits
from firsthand.access.doer import Doer, doer_of
from firsthand.access.downloads import disposition
from firsthand.access.refused import Refused
from firsthand.repair import companions, policies, queries, rules, words
from firsthand.repair.models import Request
from firsthand.testimony.views.ended import MESSAGE, ended_or_reopened
from firsthand.vault import items

OVERTAKEN = (
    "Something new was written here while you were typing. Yours has not been sent yet. Read what "
    "is new first; then send yours if it is still needed. All that you typed is still here."
)


def around(
    doer: Doer, row: Request, party: str, unopened: Set[uuid.UUID] = frozenset()
) -> dict[str, Any]:
    """Return the conversation, open (but for what is `unopened`), and what may be done in it."""
    open_to_team = policies.is_let_in(row)
    may = {step: rules.may(row.stage, step, party) for step in rules.STEPS}
    may |= {step: may[step] and open_to_team for step in (rules.WRITE, rules.ANSWER)}
    return {
        "row": row,
        "said": queries.conversation(doer, row, unopened),
        "readers": companions.readers(row),
        "party": party,
        "may": may,
        "rules": rules,
        "late": rules.is_overdue(row.next_due, timezone.localdate()),
        "lapsed": row.stage in rules.SEEN_BY_TEAM and not open_to_team,
    }


def own_or_ended(request: HttpRequest, conversation: uuid.UUID) -> Request | HttpResponse:
    """Return the person's own request, or the page that gives back what they typed if their
    sitting has ended. Raises Refused."""
    row = queries.found(conversation)
    try:
        return policies.check_person(doer_of(request), row)
    except Refused:
        about = row.testimony_id if row else conversation
        reopened = ended_or_reopened(request, about, MESSAGE)
        if isinstance(reopened, HttpResponse):
            return reopened
        return policies.check_person(doer_of(request), row)


def address(row: Request) -> str:
    """Return where the person's own page of a conversation is."""
    return reverse("repair:conversation", args=[row.id])


def make_room(request: HttpRequest) -> None:
    """Count the files that came along. Raises SlowDown, whose page keeps what was typed."""
    sizes = [upload.size or 0 for upload in request.FILES.getlist("files")]
    limits.make_room_for_files(limits.near(request), sizes)


def file_response(doer: Doer, row: Request, file: uuid.UUID) -> StreamingHttpResponse:
    """Give one file of a conversation; the log is written first."""
    found, message_item = queries.file(row, file)
    opened = door.enter(doer, found.item_id)
    said = words.said_from_sealed(items.read(door.enter(doer, message_item), words.FIELD))
    line = next(each for each in said.files if each.id == str(found.id))
    response = StreamingHttpResponse(items.checked_file_of(opened), content_type=line.media_type)
    response["Content-Disposition"] = disposition(line.name)
    response["Content-Length"] = str(line.size)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
