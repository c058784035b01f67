"""Find duplicates among reports; once built, an index is asked about new reports only."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import NamedTuple

from firsthand.methods.dedupe.answers import GUARD, NOTHING, Answer, reason
from firsthand.methods.dedupe.candidates import Blocks
from firsthand.methods.dedupe.comparing import Evidence, compare, side_by_side
from firsthand.methods.dedupe.deciding import decide
from firsthand.methods.dedupe.facts import Facts, facts
from firsthand.methods.dedupe.grouping import Unions
from firsthand.methods.dedupe.printed import against
from firsthand.methods.dedupe.values import Found, Group, Link, Merge, Pair, Report

_ENOUGH = 50  # members of a group that are asked whether they contradict a new one


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Let Python's collector of cycles rest: none are made here, and it walks every report again
    and again, which was a quarter of the time at 80,000 reports."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Edge(NamedTuple):
    one: int
    other: int
    answer: Answer
    seen: Evidence


class Index:
    """Reports that have been compared. Adding compares only what is new."""

    def __init__(self, reports: Iterable[Report] = ()) -> None:
        self._facts: list[Facts] = []
        self._ids: dict[str, int] = {}
        self._blocks = Blocks()
        self._unions: Unions[int] = Unions()
        self._merged: dict[int, list[_Edge]] = {}
        self.first = self.add(reports)

    def __len__(self) -> int:
        return len(self._facts)

    def add(self, reports: Iterable[Report]) -> Found:
        """Add reports; returns what they belong to. Raises ValueError for an id seen before."""
        new = list(reports)
        self._check(new)
        with _nothing_collected():
            edges = [edge for each in new for edge in self._enter(each)]
        asked = self._unite([edge for edge in edges if edge.answer.outcome == "merge"])
        asked += [edge for edge in edges if edge.answer.outcome == "ask"]
        linked = [edge for edge in edges if edge.answer.outcome == "link"]
        pairs = tuple(self._pair(each) for each in self._between(asked))
        return Found(self._groups(edges), pairs, tuple(map(self._link, self._between(linked))))

    def hold(self, reports: Iterable[Report], groups: Iterable[Sequence[str]] = ()) -> None:
        """Take in reports that were compared before, and which of them are one: compares nothing.

        Whoever changed a merge by hand is heard so. Raises ValueError for an id seen before.
        """
        new = list(reports)
        self._check(new)
        with _nothing_collected():
            for each in new:
                self._learn(each)
        for ids in groups:
            for other in ids[1:]:
                self._unions.join(self._ids[ids[0]], self._ids[other])

    def known(self) -> Iterator[tuple[str, Facts]]:
        """Yield what is known of each report, in the order they came."""
        yield from ((each.report.id, each) for each in self._facts)

    def _learn(self, report: Report) -> set[int]:
        """Take a report in; returns the numbers of those worth comparing with it."""
        mine = facts(report)
        self._ids[report.id] = len(self._facts)
        self._facts.append(mine)
        return self._blocks.near(mine)

    def _check(self, new: Sequence[Report]) -> None:
        seen: set[str] = set()
        for each in new:
            if each.id in seen or each.id in self._ids:
                raise ValueError(f"The id {each.id!r} stands more than once; ids must be unique.")
            seen.add(each.id)

    def _enter(self, report: Report) -> list[_Edge]:
        near, number = self._learn(report), len(self._facts) - 1
        mine, edges = self._facts[number], []
        for other in sorted(near):
            seen = compare(self._facts[other], mine)
            answer = decide(self._facts[other], mine, seen) if seen else NOTHING
            if seen and answer.outcome:
                edges.append(_Edge(other, number, answer, seen))
        return edges

    def _unite(self, edges: list[_Edge]) -> list[_Edge]:
        """Join what merges, the surest first; returns what may not be joined."""
        refused = []
        for edge in sorted(edges, key=_surest):
            a, b = self._unions.root(edge.one), self._unions.root(edge.other)
            if a == b:
                continue
            if self._contradict(edge):
                refused.append(edge._replace(answer=replace(edge.answer, rule=GUARD)))
            else:
                self._join(a, b, edge)
        return refused

    def _join(self, a: int, b: int, edge: _Edge) -> None:
        root = self._unions.join(a, b)
        mine = self._merged.setdefault(root, [])
        mine.extend(self._merged.pop(b if root == a else a, ()))
        mine.append(edge)

    def _contradict(self, edge: _Edge) -> bool:
        mine, theirs = self._unions.members(edge.one), self._unions.members(edge.other)
        if len(mine) == len(theirs) == 1:
            return False
        signs = {_sign(self._facts[each]): each for each in mine[:_ENOUGH]}
        others = {_sign(self._facts[each]): each for each in theirs[:_ENOUGH]}
        return any(
            _clash(self._facts[a], self._facts[b]) for a in signs.values() for b in others.values()
        )

    def _between(self, edges: list[_Edge]) -> list[_Edge]:
        """One edge between two groups, the surest; none within a group."""
        best: dict[tuple[int, int], _Edge] = {}
        for edge in sorted(edges, key=_surest):
            a, b = sorted((self._unions.root(edge.one), self._unions.root(edge.other)))
            if a != b:
                best.setdefault((a, b), edge)
        return sorted(best.values(), key=lambda e: (e.one, e.other))

    def _groups(self, edges: list[_Edge]) -> tuple[Group, ...]:
        roots = {self._unions.root(edge.other) for edge in edges if edge.answer.outcome == "merge"}
        found = [self._group(each) for each in roots if len(self._unions.members(each)) > 1]
        return tuple(sorted(found, key=lambda each: self._ids[each.ids[0]]))

    def _group(self, root: int) -> Group:
        ids = tuple(self._facts[each].report.id for each in sorted(self._unions.members(root)))
        return Group(ids, tuple(self._merge(each) for each in self._merged[root]))

    def _merge(self, edge: _Edge) -> Merge:
        return Merge(*self._named(edge), reason(edge.answer, edge.seen))

    def _pair(self, edge: _Edge) -> Pair:
        return Pair(*self._named(edge), reason(edge.answer, edge.seen))

    def _link(self, edge: _Edge) -> Link:
        return Link(*self._named(edge), edge.answer.kind, reason(edge.answer, edge.seen))

    def _named(self, edge: _Edge) -> tuple[str, str]:
        return self._facts[edge.one].report.id, self._facts[edge.other].report.id


def _surest(edge: _Edge) -> tuple[int, int, int, int]:
    return against(edge.seen), -sum(edge.seen[1:]), edge.one, edge.other


def _sign(facts: Facts) -> tuple[object, ...]:
    return (facts.title.letters, facts.doi, facts.volume, facts.first, facts.year, facts.container)


def _clash(one: Facts, other: Facts) -> bool:
    """Whether two members of one group contradict each other."""
    seen = side_by_side(one, other)
    answer = decide(one, other, seen)
    if answer.outcome == "merge":
        return False
    return answer.outcome == "link" or against(seen) > 1


def find(reports: Iterable[Report], *, known: Index | None = None) -> Found:
    """Find duplicates among reports; with `known`, also between them and what it holds.

    `known` learns the reports: asking again about the same ids raises ValueError.
    """
    return Index(reports).first if known is None else known.add(reports)
