"""Undoing a change of a draft, as long as nothing was changed on top of it."""

import uuid

from django.db import transaction
from django.utils import timezone

from firsthand.access.refused import Refused, not_now
from firsthand.harms import policies, rules, state
from firsthand.harms.actions.keeping import touched
from firsthand.harms.actions.trail import leave
from firsthand.harms.models import Change, Drafting, Editor, Ground
from firsthand.harms.state import State


@transaction.atomic
def undo(by: Editor, change: uuid.UUID) -> Change:
    """Make everything that a change touched as it was before. Raises Refused, saying why."""
    row = policies.check_open(by.version)
    done = Change.objects.filter(version=by.version, pk=change).first()
    if done is None:
        raise Refused
    if done.undone_at:
        raise not_now("This change has been undone already.")
    _check_on_top(done)
    now = state.read(row.version)
    state.write(row.version, _lines(now, done), done.before["lines"], done.before["orders"])
    _grounds_back(done)
    done.undone_by, done.undone_at = by.user, timezone.now()
    done.save()
    _count(row)
    leave(by, "change undone", code=done.code, kind=done.kind, number=done.number)
    return done


def _lines(now: State, done: Change) -> dict[str, state.Line | None]:
    return {code: now.lines.get(code) for code in done.after["lines"]}


def _check_on_top(done: Change) -> None:
    later = Change.objects.filter(version=done.version_id, undone_at=None, number__gt=done.number)
    on_top = touched(done.after["lines"], done.after["orders"], list(later))
    if on_top:
        last = on_top[-1]
        raise not_now(
            f"Something was changed on top of it: {last.code} was {rules.CHANGES[last.kind]}. "
            "Undo that first."
        )


def _grounds_back(done: Change) -> None:
    for key, (code, title) in done.before["grounds"].items():
        row = Ground.objects.filter(version=done.version_id, pk=key).first()
        if row:
            row.code, row.title = code, title
            row.save()


def _count(row: Drafting) -> None:
    row.revision += 1
    row.save()
