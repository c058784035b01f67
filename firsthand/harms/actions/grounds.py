"""Putting what was found beneath the lines of a draft: papers, passages, answers, comments.

The rooms where it was found hand it down here. Words of people never come along: a title, a
count, an interval, and the address of what stands beneath.
"""

import re
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from firsthand.access.refused import Refused, not_now
from firsthand.harms import policies, rules, shown
from firsthand.harms.actions.keeping import stand_under
from firsthand.harms.actions.trail import leave, note
from firsthand.harms.models import Editor, Entry, Ground, ModelVersion
from firsthand.people.models import User

_AT = re.compile(r"(?:https://[^\s<>\"']+|/(?!/)[^\s<>\"'\\]*)?")


@transaction.atomic
def put(
    version: ModelVersion,
    entry_code: str,
    kind: str,
    title: str,
    count: int | None = None,
    low: float | None = None,
    high: float | None = None,
    detail: Mapping[str, Any] | None = None,
    at: str = "",
    *,
    by: User,
) -> Ground:
    """Put one thing beneath a line of a draft that `by` edits; the same title again replaces it.

    `count` is of what GROUNDS names; `low` and `high` an interval in the same order. A small
    count of accounts is held back at once and not kept. Raises Refused: not an editor, published,
    no such line, or nothing that could stand there.
    """
    editor = policies.check_editor(by, version.pk)
    policies.check_open(version)
    _check(version, entry_code, kind, title, at)
    _check_numbers(count, low, high)
    told = {"count": count, "low": low, "high": high, "detail": dict(detail or {}), "at": at}
    if kind == rules.TESTIMONY and shown.too_small(kind, count):
        told |= {"count": None, "low": None, "high": None, "detail": {shown.HELD_BACK: True}}
    row, made = Ground.objects.update_or_create(
        version=version, code=entry_code, kind=kind, title=title.strip(),
        defaults={**told, "by": by},
    )  # fmt: skip
    leave(editor, "ground put" if made else "ground changed", code=entry_code, kind=kind,
          title=row.title, count=told["count"])  # fmt: skip
    return row


@transaction.atomic
def remove(by: Editor, ground: uuid.UUID) -> Ground:
    """Take something away from beneath a line."""
    row = _row(by, ground)
    row.delete()
    leave(by, "ground removed", code=row.code, kind=row.kind, title=row.title)
    return row


@transaction.atomic
def place(by: Editor, ground: uuid.UUID, entry_code: str) -> Ground:
    """Put something beneath another line: where its line went when it was split or removed."""
    row = _row(by, ground)
    _check(by.version, entry_code, row.kind, row.title, row.at)
    if row.code != entry_code:
        before, _ = stand_under(row, entry_code)
        note(by.version, by.user, "ground placed", code=entry_code, before=before, title=row.title)
    return row


def _row(by: Editor, ground: uuid.UUID) -> Ground:
    policies.check_open(by.version)
    row = Ground.objects.filter(version=by.version, pk=ground).first()
    if row is None:
        raise Refused
    return row


def _check(version: ModelVersion, code: str, kind: str, title: str, at: str) -> None:
    if kind not in rules.GROUNDS:
        raise not_now(f"{kind[:20]!r} is nothing that a line can stand on.")
    if not 0 < len(title.strip()) <= 300:
        raise not_now("Give it a title of 300 letters at most: a paper's, a survey's, a group's.")
    if len(at) > 300 or not _AT.fullmatch(at):
        raise not_now("The address has to be of this site (/…) or begin with https://")
    if not Entry.objects.filter(version=version, code=code).exists():
        raise not_now(f"This draft has no line {code[:20]} that something could stand beneath.")


def _check_numbers(count: int | None, low: float | None, high: float | None) -> None:
    if count is not None and not 0 <= count < 2**31:
        raise not_now("A count is a whole number from 0 on.")
    if (low is None) != (high is None) or (low is not None and high is not None and low > high):
        raise not_now("An interval has a lower and an upper end, the lower one first.")
