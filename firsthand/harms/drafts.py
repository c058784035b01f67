"""How a draft stands to the version it began from: its map, what changed, its digest.

The map is worked out from the changes (methods.mapping) and never written by hand; it is written
down when the draft is published.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from firsthand.harms import queries, rules, state
from firsthand.harms.models import (
    Change,
    Drafting,
    Entry,
    Ground,
    ModelVersion,
    SignOff,
    VersionMap,
)
from firsthand.methods import mapping
from firsthand.methods.mapping import Map, Step

KEPT = "kept"
HOW: Mapping[str, str] = {
    KEPT: "as it was", "added": "new", "reworded": "in other words", "moved": "moved",
    "merged": "merged", "split": "from a split", "removed": "removed",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A line of a draft as its editors see it."""

    entry: Entry
    how: tuple[str, ...]  # what was done to it (keys of HOW); ("kept",) when nothing was
    grounds: tuple[Ground, ...]
    old: tuple[str, ...]

    @property
    def founded(self) -> bool:
        """Whether something stands beneath it, or it is as it was in the version before."""
        return bool(self.grounds) or self.how == (KEPT,)


@dataclass(frozen=True)
class Glance:
    """A draft at a glance. `stray` stands beneath lines that are no more."""

    drafting: Drafting
    lines: tuple[Line, ...]
    map: Map
    changes: tuple[Change, ...]
    stray: tuple[Ground, ...]

    @property
    def unfounded(self) -> list[Line]:
        return [line for line in self.lines if not line.founded]

    def line(self, code: str) -> Line | None:
        return next((line for line in self.lines if line.entry.code == code), None)

    def how_many(self) -> dict[str, int]:
        """Count the lines by what was done to them, and the lines that were removed."""
        found = {how: sum(how in line.how for line in self.lines) for how in HOW}
        return found | {"removed": len(self.map.removed)}


def glance(of: Drafting) -> Glance:
    """Look at a draft."""
    changes = queries.changes(of.version)
    mapped = the_map(of.based_on, changes)
    rows = list(queries.entries(of.version))
    beneath: dict[str, list[Ground]] = {}
    for ground in queries.grounds(of.version):
        beneath.setdefault(ground.code, []).append(ground)
    lines = tuple(_line(row, mapped, changes, beneath) for row in rows)
    there = {row.code for row in rows}
    stray = tuple(one for code, found in beneath.items() if code not in there for one in found)
    return Glance(of, lines, mapped, tuple(changes), stray)


def _line(
    row: Entry, mapped: Map, changes: Iterable[Change], beneath: Mapping[str, list[Ground]]
) -> Line:
    old = tuple(line.old for line in mapped.lines if line.new == row.code)
    return Line(row, _how(row.code, changes), tuple(beneath.get(row.code, ())), old)


def _how(code: str, changes: Iterable[Change]) -> tuple[str, ...]:
    """Say what was done to a line, along the codes it had."""
    found: list[str] = []
    codes = {code}
    for change in reversed(list(changes)):
        if codes & set(change.results):
            codes |= set(change.sources)
            found.append(change.kind)
    return tuple(dict.fromkeys(reversed(found))) or (KEPT,)


def steps(changes: Iterable[Change]) -> list[Step]:
    """Turn changes into the steps that a map is worked out from."""
    return [
        Step(each.kind, tuple(each.sources), tuple(each.results), each.relation, each.reason)
        for each in changes
    ]


def the_map(old: ModelVersion, changes: Iterable[Change]) -> Map:
    """Work out how the lines of a version stand to those of the draft that began from it."""
    codes = Entry.objects.filter(version=old).values_list("code", flat=True)
    return mapping.mapped(codes, steps(changes))


def digest(of: Drafting) -> str:
    """Give the digest of what a draft says: its lines, their grounds, what became of the old ones.

    Every change that stands is in it with its reason, and so is the note, as both are published:
    lines that say again what they said had changes between that nobody saw. Undone changes are
    not: after an undo the digest is what it was. Who looks at a draft signs this. Its title and
    its authors may still be polished.
    """
    changes = queries.changes(of.version)
    mapped = the_map(of.based_on, changes)
    told = {
        "lines": [_facts(line) for line in state.read(of.version).lines.values()],
        "orders": state.read(of.version).orders,
        "grounds": [ground_facts(one) for one in queries.grounds(of.version)],
        "map": [[line.old, line.new, line.relation] for line in mapped.lines],
        "removed": dict(mapped.removed),
        "changes": [_change_facts(one) for one in changes],
        "note": of.note,
    }
    return rules.digest(told)


def _change_facts(one: Change) -> dict[str, Any]:
    same = ("kind", "code", "sources", "results", "relation", "reason")
    return {name: getattr(one, name) for name in same}


def _facts(line: state.Line) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name != "id"}


def ground_facts(one: Ground) -> dict[str, Any]:
    """Give what a ground says, as plain values."""
    same = ("code", "kind", "title", "count", "low", "high", "detail", "at")
    return {name: getattr(one, name) for name in same}


def signed(of: ModelVersion) -> list[SignOff]:
    """List who looked at a draft, the last first."""
    return list(SignOff.objects.filter(version=of).order_by("-at", "-id"))


@dataclass(frozen=True)
class ToldChange:
    """A change as a page says it, with plain words beside every code."""

    change: Change
    sources: str
    results: str


def told_changes(of: Drafting, changes: Iterable[Change]) -> list[ToldChange]:
    """Say changes in plain words: lines as they were called before, and as they are called now."""
    old = {one.code: one.label for one in queries.entries(of.based_on)}
    new = {one.code: one.label for one in queries.entries(of.version)}
    kinds = {kind: words[1] for kind, words in rules.KINDS.items()}
    return [
        ToldChange(
            each,
            _called(each.sources, kinds | new | old),
            "" if each.results == each.sources else _called(each.results, old | new),
        )
        for each in changes
    ]


def _called(codes: Iterable[str], labels: Mapping[str, str]) -> str:
    said = (f"“{labels[code]}” ({code})" if code in labels else code for code in codes)
    return ", ".join(said)


@dataclass(frozen=True)
class ToldMap:
    """What became of the lines of the version before, as it was published."""

    lines: list[VersionMap]
    removed: list[tuple[Entry, str]]  # each with the reason
    added: list[Entry]


def told_map(of: Drafting) -> ToldMap:
    """Return the map of a published version, as it was written down."""
    rows = VersionMap.objects.filter(to_entry__version=of.version_id)
    rows = rows.select_related("from_entry__version", "to_entry__version")
    lines = list(rows.order_by("from_entry__position", "to_entry__position"))
    kept = {line.from_entry.code for line in lines}
    led_to = {line.to_entry.code for line in lines}
    why = the_map(of.based_on, queries.changes(of.version)).removed
    return ToldMap(
        lines,
        [(one, why.get(one.code, "")) for one in queries.entries(of.based_on)
         if one.code not in kept],
        [one for one in queries.entries(of.version) if one.code not in led_to],
    )  # fmt: skip
