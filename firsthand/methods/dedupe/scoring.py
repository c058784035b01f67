"""How good a de-duplication is: two scores, as published tools are compared.

Pairwise (strict): pairs inside predicted components against pairs inside true groups; precision,
recall and F1 as in P. Christen and K. Goiser, "Quality and complexity measures for data linkage
and deduplication", in Quality Measures in Data Mining (2007), 127-151.
Record level: the first record of each component is kept; what is removed is right while one record
of its true group is kept. So K. Hair et al., "The Automated Systematic Search Deduplicator
(ASySD)", BMC Biology 21 (2023) 189, and others count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from firsthand.methods.dedupe.grouping import components


@dataclass(frozen=True, slots=True)
class Counts:
    """True and false positives and negatives; shares are None where nothing was there to count."""

    tp: int
    fp: int
    fn: int
    tn: int

    @property
    def recall(self) -> float | None:
        """Of what should be found, the share that was."""
        return _share(self.tp, self.tp + self.fn)

    @property
    def precision(self) -> float | None:
        """Of what was found, the share that is right."""
        return _share(self.tp, self.tp + self.fp)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both."""
        return _share(2 * self.tp, 2 * self.tp + self.fp + self.fn)


@dataclass(frozen=True, slots=True)
class Score:
    """Both counts; components that touch several true groups; true groups found exactly."""

    pairs: Counts
    records: Counts
    mixed: int
    exact: int
    groups: int


def score(
    ids: Sequence[str], truth: Iterable[Sequence[str]], links: Iterable[tuple[str, str]]
) -> Score:
    """Score links against true groups. `ids` stand in file order; unknown ids are dropped.

    Raises ValueError when an id stands twice, or in two true groups.
    """
    known = dict.fromkeys(ids)
    if len(known) != len(ids):
        raise ValueError("The same id stands more than once among the records.")
    true = [[each for each in dict.fromkeys(group) if each in known] for group in truth]
    true = [group for group in true if len(group) > 1]
    of = _membership(true)
    found = components(ids, [(a, b) for a, b in links if a in known and b in known])
    return Score(
        _pairwise(found, true, of, len(ids)),
        _records(found, true, of, ids),
        sum(len({of[each] for each in part if each in of}) > 1 for part in found),
        len({frozenset(part) for part in found} & {frozenset(group) for group in true}),
        len(true),
    )


def _membership(true: list[list[str]]) -> dict[str, int]:
    of: dict[str, int] = {}
    for number, group in enumerate(true):
        for each in group:
            if each in of:
                raise ValueError(f"The id {each!r} stands in more than one true group.")
            of[each] = number
    return of


def _pairwise(
    found: list[list[str]], true: list[list[str]], of: dict[str, int], size: int
) -> Counts:
    hit = said = 0
    for part in found:
        said += _two(len(part))
        counts: dict[int, int] = {}
        for each in part:
            if each in of:
                counts[of[each]] = counts.get(of[each], 0) + 1
        hit += sum(map(_two, counts.values()))
    want = sum(_two(len(group)) for group in true)
    return Counts(hit, said - hit, want - hit, _two(size) - said - want + hit)


def _two(number: int) -> int:
    """How many pairs there are among so many."""
    return number * (number - 1) // 2


def _records(
    found: list[list[str]], true: list[list[str]], of: dict[str, int], ids: Sequence[str]
) -> Counts:
    gone = {each for part in found for each in part[1:]}
    alone = [each for each in ids if each not in of]
    fp = sum(each in gone for each in alone)
    tp, fn, tn = 0, 0, len(alone) - fp
    for group in true:
        kept = sum(each not in gone for each in group)
        if kept:
            tn, fn, tp = tn + 1, fn + kept - 1, tp + len(group) - kept
        else:
            fp, tp = fp + 1, tp + len(group) - 1
    return Counts(tp, fp, fn, tn)


def added(counts: Iterable[Counts]) -> Counts:
    """Counts of several sets as one (the micro average)."""
    rows = [(each.tp, each.fp, each.fn, each.tn) for each in counts]
    tp, fp, fn, tn = (sum(column) for column in zip(*rows, strict=True))
    return Counts(tp, fp, fn, tn)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
