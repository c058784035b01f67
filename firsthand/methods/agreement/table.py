"""Ratings as counts: how many people gave each record each category. Missing ratings are allowed.

One row a record, one place a person, None where that person did not decide. Records decided by
nobody are left out; those decided by one person say what is chosen, but nothing on agreement.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ratings = Sequence[Sequence[str | None]]


@dataclass(frozen=True)
class Table:
    """`counts`: (records, categories), how many people chose which; `names`: the categories."""

    counts: Floats
    names: tuple[str, ...]

    @property
    def raters(self) -> Floats:
        """How many people decided each record: shape (records,)."""
        total: Floats = self.counts.sum(axis=1)
        return total

    @property
    def shared(self) -> NDArray[np.bool_]:
        """Which records two people or more decided."""
        both: NDArray[np.bool_] = self.raters >= 2
        return both

    @property
    def used(self) -> int:
        """How many categories somebody chose."""
        return int((self.counts.sum(axis=0) > 0).sum())

    def agreeing(self) -> Floats:
        """Return, of each record, the share of its pairs of people that agree (0 without pairs)."""
        pairs = self.raters * (self.raters - 1)
        same: Floats = (self.counts * (self.counts - 1)).sum(axis=1)
        return same / np.maximum(pairs, 1)


def table(ratings: Ratings, categories: Sequence[str] | None = None) -> Table:
    """Count the ratings. `categories` are all that could be chosen; without them, those used.

    Raises ValueError when rows differ in length, or hold what is not among the categories.
    """
    check(ratings, categories)
    met = {each for row in ratings for each in row if each is not None}
    names = tuple(sorted(met)) if categories is None else tuple(dict.fromkeys(categories))
    rows = [row for row in ratings if any(each is not None for each in row)]
    counts = [[sum(each == name for each in row) for name in names] for row in rows]
    return Table(np.array(counts, float).reshape(len(rows), len(names)), names)


def check(ratings: Ratings, categories: Sequence[str] | None = None) -> None:
    """Raise ValueError, saying where, when the ratings are no table of the categories."""
    wide = {len(row) for row in ratings}
    if len(wide) > 1:
        raise ValueError(f"Records have between {min(wide)} and {max(wide)} ratings: not a table.")
    if wide and min(wide) < 2:
        raise ValueError("Agreement needs at least two people.")
    for number, row in enumerate(ratings, 1):
        for each in row:
            if each is not None and categories is not None and each not in categories:
                raise ValueError(f"Record {number}: {each!r} is not among the categories.")
