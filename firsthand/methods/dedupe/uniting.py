"""What was decided about pairs becomes groups, pairs for a person and links.

The surest merges come first, and one that would join groups that contradict each other is put to a
person instead: so what becomes of a pair depends on the others of its group, and on no more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from firsthand.methods.dedupe.answers import GUARD, Answer, reason
from firsthand.methods.dedupe.comparing import Evidence, compare, side_by_side
from firsthand.methods.dedupe.deciding import decide
from firsthand.methods.dedupe.facts import Facts
from firsthand.methods.dedupe.grouping import Unions
from firsthand.methods.dedupe.printed import against
from firsthand.methods.dedupe.values import Found, Group, Link, Merge, Pair

_ENOUGH = 50  # members of a group that are asked whether they contradict a new one


class Edge(NamedTuple):
    """Two reports, by their places in the order of all, and what was decided about them."""

    one: int
    other: int
    answer: Answer
    seen: Evidence


def edge(all_: Sequence[Facts] | Mapping[int, Facts], one: int, other: int) -> Edge | None:
    """What is decided about two reports, the earlier first; None: nothing holds between them."""
    seen = compare(all_[one], all_[other])
    answer = decide(all_[one], all_[other], seen) if seen else None
    return Edge(one, other, answer, seen) if seen and answer and answer.outcome else None


class Uniting:
    """Groups as they stand. `facts` may grow; it is asked by a report's place."""

    def __init__(self, facts: Sequence[Facts] | Mapping[int, Facts]) -> None:
        self._facts = facts
        self._unions: Unions[int] = Unions()
        self._merged: dict[int, list[Edge]] = {}

    def known(self, one: int, other: int) -> None:
        """Two that are one, whatever speaks against it."""
        self._unions.join(one, other)

    def found(self, edges: Iterable[Edge]) -> Found:
        """The three outcomes of new edges."""
        edges = list(edges)
        asked = self._unite([each for each in edges if each.answer.outcome == "merge"])
        asked += [each for each in edges if each.answer.outcome == "ask"]
        linked = [each for each in edges if each.answer.outcome == "link"]
        pairs = tuple(self._pair(each) for each in self._between(asked))
        return Found(self._groups(edges), pairs, tuple(map(self._link, self._between(linked))))

    def _unite(self, edges: list[Edge]) -> list[Edge]:
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

    def _join(self, a: int, b: int, edge: Edge) -> None:
        root = self._unions.join(a, b)
        mine = self._merged.setdefault(root, [])
        mine.extend(self._merged.pop(b if root == a else a, ()))
        mine.append(edge)

    def _contradict(self, edge: Edge) -> bool:
        mine, theirs = self._unions.members(edge.one), self._unions.members(edge.other)
        if len(mine) == len(theirs) == 1:
            return False
        signs = {_sign(self._facts[each]): each for each in mine[:_ENOUGH]}
        others = {_sign(self._facts[each]): each for each in theirs[:_ENOUGH]}
        return any(
            _clash(self._facts[a], self._facts[b]) for a in signs.values() for b in others.values()
        )

    def _between(self, edges: list[Edge]) -> list[Edge]:
        """One edge between two groups, the surest; none within a group."""
        best: dict[tuple[int, int], Edge] = {}
        for edge in sorted(edges, key=_surest):
            a, b = sorted((self._unions.root(edge.one), self._unions.root(edge.other)))
            if a != b:
                best.setdefault((a, b), edge)
        return sorted(best.values(), key=lambda e: (e.one, e.other))

    def _groups(self, edges: list[Edge]) -> tuple[Group, ...]:
        roots = {self._unions.root(edge.other) for edge in edges if edge.answer.outcome == "merge"}
        several = [each for each in roots if len(self._unions.members(each)) > 1]
        in_order = sorted(several, key=lambda each: min(self._unions.members(each)))
        return tuple(map(self._group, in_order))

    def _group(self, root: int) -> Group:
        ids = tuple(self._facts[each].report.id for each in sorted(self._unions.members(root)))
        return Group(ids, tuple(self._merge(each) for each in self._merged[root]))

    def _merge(self, edge: Edge) -> Merge:
        return Merge(*self._named(edge), reason(edge.answer, edge.seen))

    def _pair(self, edge: Edge) -> Pair:
        return Pair(*self._named(edge), reason(edge.answer, edge.seen))

    def _link(self, edge: Edge) -> Link:
        return Link(*self._named(edge), edge.answer.kind, reason(edge.answer, edge.seen))

    def _named(self, edge: Edge) -> tuple[str, str]:
        return self._facts[edge.one].report.id, self._facts[edge.other].report.id


def _surest(edge: Edge) -> tuple[int, int, int, int]:
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
