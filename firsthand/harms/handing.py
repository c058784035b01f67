"""Handing down to a draft what was found elsewhere: leading it to the draft's lines, saying what
cannot be led there and why, and putting the rest beneath them.

Whoever hands it down has worked out what there is (`Found`). Where an old line became several
nothing is guessed: a person places it. What the same place handed down before, and what does not
hold any more, is taken away; what is the same already is left alone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q

from firsthand.harms import crossing, drafts, policies, queries, rules, shown
from firsthand.harms.actions import grounds
from firsthand.harms.models import Editor, Entry, Ground, ModelVersion
from firsthand.methods import mapping

REMOVED = "The draft has no such line any more, and nothing that it became."
SEVERAL = "It became several lines of the draft ({}). To which of them this belongs is not guessed."
APART = "What became of it means something else now ({}), or only part of it."
FOREIGN = "It is of a version that the draft was not begun from, and no map leads from it."


@dataclass(frozen=True)
class Found:
    """Something that is to stand beneath a line of the draft, as `grounds.put` takes it."""

    code: str
    kind: str
    title: str
    count: int | None
    at: str
    low: float | None = None
    high: float | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NotPlaced:
    """Something that stands beneath no line, and why."""

    what: str
    why: str


@dataclass(frozen=True)
class Plan:
    """What would be put beneath the lines of a draft, what would be taken away, what cannot be."""

    found: tuple[Found, ...]
    gone: tuple[Ground, ...]
    not_placed: tuple[NotPlaced, ...]


class Leading:
    """Leads lines of older versions to those of a draft, along the changes of the draft."""

    def __init__(self, editor: Editor) -> None:
        self._drafting = editor.drafting
        self._lines = drafts.the_map(
            self._drafting.based_on, queries.changes(self._drafting.version)
        ).lines
        self._known: dict[Any, Mapping[str, tuple[mapping.Line, ...]]] = {}

    def to(self, version: ModelVersion, code: str) -> tuple[str, str]:
        """Return the draft's code that a line became, and ""; or "" and why there is none."""
        onward = self._onward(version)
        if not onward:
            return "", FOREIGN
        found = onward.get(code, ())
        sure = sorted({line.new for line in found if line.relation in mapping.CERTAIN})
        if len(sure) == 1:
            return sure[0], ""
        return "", _why(sorted({line.new for line in found}))

    def _onward(self, version: ModelVersion) -> Mapping[str, tuple[mapping.Line, ...]]:
        if version.pk not in self._known:
            self._known[version.pk] = _by_old(self._all(version))
        return self._known[version.pk]

    def _all(self, version: ModelVersion) -> Iterable[mapping.Line]:
        if version.pk == self._drafting.version_id:
            return crossing.lines(version, version)
        before = crossing.lines(version, self._drafting.based_on)
        return mapping.chained(before, self._lines)


def _by_old(lines: Iterable[mapping.Line]) -> dict[str, tuple[mapping.Line, ...]]:
    found: dict[str, tuple[mapping.Line, ...]] = {}
    for line in lines:
        found[line.old] = (*found.get(line.old, ()), line)
    return found


def _why(led: Sequence[str]) -> str:
    if not led:
        return REMOVED
    return (SEVERAL if len(led) > 1 else APART).format(", ".join(led))


def plan(
    draft: ModelVersion,
    mine: str,
    kinds: Collection[str],
    found: Iterable[Found],
    not_placed: Iterable[NotPlaced],
) -> Plan:
    """Say what would be put. What was handed down before is of these kinds, at `mine` or below.

    A title that something from elsewhere has already is told apart, never written over.
    """
    rows = Ground.objects.filter(version=draft)
    own = Q(at__startswith=mine, kind__in=kinds)
    others = set(rows.exclude(own).values_list("code", "kind", "title"))
    named = tuple(_named(each, others, mine) for each in found)
    kept = {(each.code, each.kind, each.title) for each in named}
    before = rows.filter(own).order_by("code", "kind", "title")
    gone = tuple(row for row in before if (row.code, row.kind, row.title) not in kept)
    return Plan(named, gone, tuple(not_placed))


def _named(each: Found, others: set[tuple[str, str, str]], mine: str) -> Found:
    title = each.title[:280]
    if (each.code, each.kind, title) in others:
        title = f"{title} ({rules.digest({'at': mine})[:8]})"
    return Found(
        each.code, each.kind, title, each.count, each.at, each.low, each.high, each.detail
    )  # fmt: skip


@transaction.atomic
def carry_out(editor: Editor, what: Plan) -> tuple[list[Ground], int]:
    """Put a plan beneath the lines; return what stands there now, and how much was changed."""
    policies.check_open(editor.version)
    for row in what.gone:
        grounds.remove(editor, row.id)
    rows = [_put(editor, each) for each in what.found]
    return [row for row, _ in rows], len(what.gone) + sum(new for _, new in rows)


def _put(editor: Editor, each: Found) -> tuple[Ground, bool]:
    same = Ground.objects.filter(
        version=editor.version, code=each.code, kind=each.kind, title=each.title
    ).first()
    if same is not None and _facts(same) == _told(each):
        return same, False
    row = grounds.put(
        editor.version, each.code, each.kind, each.title, each.count, each.low, each.high,
        each.detail, each.at, by=editor.user,
    )  # fmt: skip
    return row, True


def _facts(row: Ground) -> tuple[Any, ...]:
    return row.count, row.low, row.high, row.detail, row.at


def _told(each: Found) -> tuple[Any, ...]:
    if each.kind == rules.TESTIMONY and shown.too_small(each.kind, each.count):
        return None, None, None, {shown.HELD_BACK: True}, each.at
    return each.count, each.low, each.high, dict(each.detail), each.at


def labels(draft: ModelVersion) -> dict[str, str]:
    """Return what each line of a draft is called."""
    return dict(Entry.objects.filter(version=draft).values_list("code", "label"))
