"""The access log: each item's own chain of lines, under the server's mark.

A line cannot be changed, taken out or added by someone who only writes to the database: each
carries the mark of the one before it, and the head says how many there are.
"""

import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from firsthand.access.doer import Doer
from firsthand.access.models import LogHead, LogLine
from firsthand.people.models import Team
from firsthand.vault import derive
from firsthand.vault.items import OpenItem
from firsthand.vault.seal import Tampered

Found = TypeVar("Found")


def append(
    whole: uuid.UUID,
    doer: Doer,
    done: str,
    *,
    about: uuid.UUID | None = None,
    team: Team | None = None,
    digest: bytes = b"",
    refused: bool = False,
    owner: bool = False,
    stood: OpenItem | None = None,
) -> LogLine:
    """Write one line into the log of `whole`, in the transaction that does what it says.

    Raises Tampered when the log was touched, or when `stood`, an item as it was just before, is
    not as the log says it was left.
    """
    head = _locked_head(whole)
    if stood is not None:
        _check_stands(head, stood)
    line = LogLine(
        item_id=whole,
        place=head.count + 1,
        about=about or whole,
        at=_moment(owner),
        done=done,
        refused=refused,
        by=None if owner else doer.user,
        team=team,
        digest=digest,
    )
    line.chained = _chained(bytes(head.last), line)
    line.save(force_insert=True)
    head.count, head.last = line.place, line.chained
    head.proof = _head_proof(head)
    head.save(force_insert=line.place == 1, force_update=line.place > 1)
    return line


def verify(whole: uuid.UUID, *, names: bool = False) -> list[LogLine]:
    """Return every line of an item's log, in order. Raises Tampered when any was touched.

    With `names` those who did it come along, and must be as they were too.
    """
    return settled(whole, lambda: _verify(whole, names))


def settled(whole: uuid.UUID, read: Callable[[], Found]) -> Found:
    """Return what `read` finds; when it raises Tampered, believe it only while nobody can write.

    Whoever reads several rows while someone else writes may see some from before and some from
    after, which looks like tampering. Every writer to a thing or a part of it takes the head of
    its log before it is done, so that whoever holds the head sees all of it at one moment.
    """
    try:
        return read()
    except Tampered:
        with transaction.atomic():
            _locked_head(whole)
            return read()


def _verify(whole: uuid.UUID, names: bool) -> list[LogLine]:
    rows = LogLine.objects.filter(item_id=whole)
    lines = list(rows.select_related("by", "team__organisation") if names else rows)
    last = b""
    for place, line in enumerate(lines, start=1):
        if line.place != place or not derive.same(_chained(last, line), bytes(line.chained)):
            raise Tampered
        last = bytes(line.chained)
    head = LogHead.objects.filter(item_id=whole).first()
    if (head.count if head else 0) != len(lines) or (head and not _is_true(head, last)):
        raise Tampered
    return lines


def check_state(whole: uuid.UUID, opened: OpenItem) -> None:
    """Raise Tampered unless the item stands as the last write in the log left it."""
    head = LogHead.objects.filter(item_id=whole).first()
    if head is None or not derive.same(_head_proof(head), bytes(head.proof)):
        raise Tampered
    _check_stands(head, opened)


def tampered(items: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Return those of `items` whose log does not hold together."""
    return [item for item in items if not _holds(item)]


def _holds(item: uuid.UUID) -> bool:
    try:
        verify(item)
    except Tampered:
        return False
    return True


def _check_stands(head: LogHead, opened: OpenItem) -> None:
    writes = LogLine.objects.filter(item_id=head.item_id, about=opened.id).exclude(digest=b"")
    last = writes.order_by("-place").values_list("place", "digest").first()
    if last is None or head.count < last[0]:
        raise Tampered
    if not derive.same(bytes(last[1]), opened.digest):
        raise Tampered


def _locked_head(whole: uuid.UUID) -> LogHead:
    head = LogHead.objects.select_for_update().filter(item_id=whole).first()
    if head is None:
        return LogHead(item_id=whole)  # two at once: the second to save it fails and is tried anew
    if not derive.same(_head_proof(head), bytes(head.proof)):
        raise Tampered
    return head


def today() -> datetime:
    """Return the moment that stands for today where only the day is kept: noon, UTC."""
    return datetime.combine(timezone.localdate(), time(12), UTC)


def _moment(owner: bool) -> datetime:
    return today() if owner else timezone.now()


def _chained(last: bytes, line: LogLine) -> bytes:
    return derive.mark(
        "log line",
        last,
        line.item_id,
        line.place,
        line.about,
        line.at.timestamp(),
        line.done,
        line.refused,
        line.by_id,
        line.team_id,
        bytes(line.digest),
    )


def _is_true(head: LogHead, last: bytes) -> bool:
    """Whether a head is as we left it, and ends in `last`."""
    return derive.same(bytes(head.last), last) and derive.same(_head_proof(head), bytes(head.proof))


def _head_proof(head: LogHead) -> bytes:
    return derive.mark("log head", head.item_id, head.count, bytes(head.last))
