"""Find duplicates among reports; once built, an index is asked about new reports only."""

from collections.abc import Iterable, Sequence

from firsthand.methods.dedupe.candidates import Blocks
from firsthand.methods.dedupe.facts import Facts, facts
from firsthand.methods.dedupe.uniting import Edge, Uniting, edge
from firsthand.methods.dedupe.values import Found, Report


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
        return self._uniting.found([each for one in new for each in self._enter(one)])

    def hold(self, reports: Iterable[Report], groups: Iterable[Sequence[str]] = ()) -> None:
        """Take in reports that were compared before, and which of them are one: compares nothing.

        Whoever changed a merge by hand is heard so. Raises ValueError for an id seen before.
        """
        new = list(reports)
        self._check(new)
        for each in new:
            self._learn(each)
        for ids in groups:
            for other in ids[1:]:
                self._uniting.known(self._ids[ids[0]], self._ids[other])

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
