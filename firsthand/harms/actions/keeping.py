"""Keeps one change of a draft: writes it, moves what stands beneath, notes how it was before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from firsthand.access.refused import not_now
from firsthand.harms import rules, state
from firsthand.harms.actions.trail import leave
from firsthand.harms.models import Change, Drafting, Editor, Ground
from firsthand.harms.state import Line, Orders, State


@dataclass(frozen=True)
class Kept:
    """A change worked out: its lines after it by code (None: no more), the lists it reorders."""

    kind: str
    code: str
    sources: tuple[str, ...]
    results: tuple[str, ...]
    reason: str
    lines: Mapping[str, Line | None]
    orders: Orders = field(default_factory=dict)
    relation: str = ""


def keep(by: Editor, now: State, kept: Kept) -> Change:
    """Write a change down and carry it out. Raises Refused without a reason."""
    if not kept.reason.strip():
        raise not_now("Say why. Every change of the model gives its reason.")
    before = {code: now.lines.get(code) for code in kept.lines}
    state.write(by.version, before, kept.lines, kept.orders)
    grounds = _carried(by, kept)
    change = Change.objects.create(
        version=by.version, number=_next(by), kind=kept.kind, code=kept.code,
        sources=list(kept.sources), results=list(kept.results), relation=kept.relation,
        reason=kept.reason.strip(), by=by.user,
        before=_told(before, {name: now.orders.get(name, []) for name in kept.orders}, grounds),
        after=_told(kept.lines, kept.orders, {}),
    )  # fmt: skip
    leave(by, f"line {kept.kind}", code=kept.code, results=list(kept.results), reason=kept.reason)
    return change


def _told(lines: Mapping[str, Line | None], orders: Orders, grounds: Any) -> dict[str, Any]:
    return {"lines": dict(lines), "orders": orders, "grounds": grounds}


def _next(by: Editor) -> int:
    """Count the change in."""
    row = Drafting.objects.get(pk=by.drafting_id)
    row.revision += 1
    row.save()
    return row.revision


def _carried(by: Editor, kept: Kept) -> dict[str, list[str]]:
    """Let what stood beneath lines that moved or merged stand beneath where they went.

    What stood beneath a split or removed line is left for a person to place.
    """
    if kept.kind not in (rules.MOVED, rules.MERGED):
        return {}
    to = kept.results[0]
    rows = Ground.objects.filter(version=by.version, code__in=set(kept.sources) - {to})
    return {str(row.pk): stand_under(row, to) for row in rows}


def stand_under(row: Ground, code: str) -> list[str]:
    """Put a ground beneath another line; return the code and title it had."""
    had = [row.code, row.title]
    mates = Ground.objects.filter(version=row.version_id, code=code, kind=row.kind)
    if mates.filter(title=row.title).exists():  # both stay: a paper may count for each
        row.title = f"{row.title[:280]} (from {row.code})"
    row.code = code
    row.save()
    return had


def touched(lines: Iterable[str], orders: Iterable[str], changes: Sequence[Change]) -> list[Change]:
    """List the changes that touch one of these lines or lists."""
    mine = {*lines, *orders}
    return [each for each in changes if mine & {*each.after["lines"], *each.after["orders"]}]
