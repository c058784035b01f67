"""May one stop? The chance of seeing what was seen, had too many included records been missed.

Callaghan MW and Müller-Hansen F (2020), "Statistical stopping criteria for automated screening in
systematic reviews", Systematic Reviews 9: 273, equations 3 to 6: the last records read are taken as
a random sample of what was unread before them. As reading goes by rank, they hold more included
records than a random sample would, so p is too large rather than too small; a rank that is worse
than chance breaks this.

Their p is looked at again and again, and its start chosen after the fact. Here looks are numbered
and p of look m, least of at most m starts, is multiplied by m * m * (m + 1): as 1/(m(m + 1)) over
all looks sums to 1, no run of looks is wrong more often than one look said it would be
(Bonferroni's inequality).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # loads its parts when they are first used


@dataclass(frozen=True)
class Look:
    """What one look says: `p` as in the paper, `corrected` for looking often; both from 0 to 1."""

    read: int
    found: int
    p: float
    corrected: float


def chance_of_missing(
    total: int, before: int, earlier: int, sample: int, hits: int, recall: float
) -> float:
    """Return p: how likely so few hits are, if recall were below `recall`.

    `before` records were read and `earlier` found; then `sample` were read with `hits` found, of
    `total` records in all. Raises ValueError when the numbers do not fit together.
    """
    _check(total, before, earlier, sample, hits, recall)
    left = total - before
    missed = math.floor((earlier + hits) / recall - earlier + 1 + 1e-9)  # fewest that is too many
    if missed > left - (sample - hits):  # that many cannot be there any more
        return 0.0
    return float(scipy.stats.hypergeom.cdf(hits, left, missed, sample))


def _check(total: int, before: int, earlier: int, sample: int, hits: int, recall: float) -> None:
    if not (0 <= earlier <= before and 0 <= hits <= sample and before + sample <= total):
        raise ValueError("More found than read, or more read than there are.")
    if not 0 < recall <= 1:
        raise ValueError("The recall aimed at must be above 0 and at most 1.")


def look(
    total: int, labels: Sequence[int], recall: float, ends: Sequence[int], begin: int = 0
) -> Look:
    """Look once more. `labels` are those read so far, in order (1 found, 0 not).

    `ends` says after how many records each look was taken, this one last: the same each time but
    for its end, and not chosen for what was found. The first `begin` were read in another order, or
    before anyone said what is aimed at: no sample begins among them. Raises ValueError when the
    looks do not rise from there.
    """
    if not ends or list(ends) != sorted(set(ends)) or ends[0] <= begin or ends[-1] != len(labels):
        raise ValueError("Looks must rise, and the last one be at the last record read.")
    counts = np.concatenate([[0], np.cumsum(labels)])
    read, found = len(labels), int(counts[-1])
    least = 1.0
    for start in (begin, *ends[:-1]):
        earlier = int(counts[start])
        p = chance_of_missing(total, start, earlier, read - start, found - earlier, recall)
        least = min(least, p)
    often = len(ends)
    return Look(read, found, least, min(1.0, least * often * often * (often + 1)))


def in_a_row(labels: Sequence[int], many: int = 50) -> int | None:
    """Return after how many records `many` in a row were not included: a habit, with no promise."""
    row = 0
    for read, label in enumerate(labels, 1):
        row = 0 if label else row + 1
        if row == many:
            return read
    return None
