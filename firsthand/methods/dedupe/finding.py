"""Find duplicates among reports; once built, an index is asked about new reports only."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from firsthand.methods.dedupe.candidates import Blocks
from firsthand.methods.dedupe.facts import Facts, facts
from firsthand.methods.dedupe.uniting import Edge, Uniting, edge
from firsthand.methods.dedupe.values import Found, Report


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


class Index:
    """Reports that have been compared. Adding compares only what is new."""

    def __init__(self, reports: Iterable[Report] = ()) -> None:
        self._facts: list[Facts] = []
        self._ids: dict[str, int] = {}
        self._blocks = Blocks()
        self._uniting = Uniting(self._facts)
        self.first = self.add(reports)

    def __len__(self) -> int:
        return len(self._facts)

    def add(self, reports: Iterable[Report]) -> Found:
        """Add reports; returns what they belong to. Raises ValueError for an id seen before."""
        new = list(reports)
        self._check(new)
        with _nothing_collected():
            edges = [each for one in new for each in self._enter(one)]
        return self._uniting.found(edges)

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
                self._uniting.known(self._ids[ids[0]], self._ids[other])

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

    def _enter(self, report: Report) -> list[Edge]:
        near, number = self._learn(report), len(self._facts) - 1
        edges = (edge(self._facts, other, number) for other in sorted(near))
        return [each for each in edges if each]


def find(reports: Iterable[Report], *, known: Index | None = None) -> Found:
    """Find duplicates among reports; with `known`, also between them and what it holds.

    `known` learns the reports: asking again about the same ids raises ValueError.
    """
    return Index(reports).first if known is None else known.add(reports)
