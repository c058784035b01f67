"""Which counts to withhold: every one under the threshold, and as few others as cover for them.

What is promised, and checked by `attack`: whoever knows all that is published and every relation
cannot rule out 0 nor the threshold itself for any count under the threshold. So a small count can
never be told to within threshold - 1, nor be told from a publishable one. A nought is a count
under the threshold like any other: it is withheld, and a withheld cell may be nought. A margin
under the threshold is withheld too, and a margin may serve as cover when nothing cheaper does.

Way: one small count at a time is moved to 0 and then to the threshold in a made-up table that
obeys every relation, hiding the fewest counted things for it (a fixed-charge form of the network
heuristic of J. P. Kelly, B. L. Golden and A. A. Assad, "Cell suppression: disclosure protection
for sensitive tabular data", Networks 22 (1992), 397-417). Each made-up table is a proof that its
count is covered; later steps only withhold more, so the proofs stand. It hides little, not
provably least.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from firsthand.methods.disclosure.program import Numbers, Rows, rows
from firsthand.methods.disclosure.table import Key, Table

SYMBOL = "[c]"  # Government Analysis Function, "Using symbols and shorthand in tables" (2022)
_DEAR = 5.0  # how many times its count a cell to be kept costs
_ROOM = 10  # how many thresholds a covering cell may move; enough for any chain of cells


class CannotCover(ValueError):
    """What is known pins a small count down whatever is withheld; publish nothing of the table."""


@dataclass(frozen=True)
class Protected:
    """A table, the threshold it was protected with, and the cells that are withheld."""

    table: Table
    threshold: int
    withheld: frozenset[Key]

    def shown(self, key: Key) -> int | None:
        """The true count, or None where it is withheld."""
        return None if key in self.withheld else self.table.cells[key]

    def text(self, key: Key) -> str:
        """What is printed: the count, or the one symbol for every withheld cell."""
        shown = self.shown(key)
        return SYMBOL if shown is None else str(shown)


def under(table: Table, threshold: int) -> frozenset[Key]:
    """Cells that must not be published for their own sake: counts from 0 to threshold - 1."""
    return frozenset(key for key, count in table.cells.items() if count < threshold)


def protect(table: Table, threshold: int, *, keep: Collection[Key] = ()) -> Protected:
    """Withhold what is under the threshold and enough besides. Raises CannotCover.

    Cells in `keep` are the last to serve as cover.
    """
    small = under(table, threshold)
    if not small:
        return Protected(table, threshold, small)
    search = _Search(table, threshold, small, frozenset(keep))
    for key in sorted(small, key=lambda k: (-table.cells[k], k)):
        search.reach(key, 0)
        search.reach(key, threshold)
    return Protected(table, threshold, frozenset(search.withheld))


class _Search:
    """The cells withheld so far and, for each cell, how far some made-up table moved it."""

    def __init__(
        self, table: Table, threshold: int, small: frozenset[Key], keep: frozenset[Key]
    ) -> None:
        self.keys = list(table.cells)
        self.place = {key: i for i, key in enumerate(self.keys)}
        self.truth = np.array([table.cells[key] for key in self.keys], dtype=float)
        self.room = float(_ROOM * threshold)
        self.dear = np.array([_DEAR if key in keep else 1.0 for key in self.keys])
        self.withheld = set(small)
        self.lowest, self.highest = self.truth.copy(), self.truth.copy()
        self.known = _moves_allowed(rows(table.relations, self.keys), self.truth)

    def reach(self, key: Key, target: int) -> None:
        """Withhold whatever lets `key` be as low, or as high, as `target`."""
        i = self.place[key]
        if self.lowest[i] <= target <= self.highest[i]:
            return
        moved = self._cheapest_move(i, target - self.truth[i])
        self.withheld |= {self.keys[j] for j in np.flatnonzero(moved)}
        self.lowest = np.minimum(self.lowest, self.truth + moved)
        self.highest = np.maximum(self.highest, self.truth + moved)

    def _cheapest_move(self, i: int, by: float) -> Numbers:
        """Whole-number changes to every cell, cell i's being `by`, hiding as little as can be.

        Columns: rises, falls, then a switch for each cell that is on when the cell moves at all.
        """
        n = len(self.keys)
        rise, fall = np.full(n, self.room), np.minimum(self.truth, self.room)
        least = np.zeros(3 * n)
        least[i], rise[i] = max(by, 0), max(by, 0)
        least[n + i], fall[i] = max(-by, 0), max(-by, 0)
        bounds = Bounds(least, np.concatenate([rise, fall, np.ones(n)]))
        found = milp(
            np.concatenate([np.zeros(2 * n), self._costs()]),
            integrality=np.ones(3 * n),
            bounds=bounds,
            constraints=[*self.known, _switches(n, self.room)],
        )
        if found.x is None:
            raise CannotCover("a small count is pinned down by what is known")
        moved: Numbers = np.rint(found.x[:n] - found.x[n : 2 * n])
        return moved

    def _costs(self) -> Numbers:
        """What it costs to withhold a cell: as many as it counts, and nothing once withheld."""
        gone = np.array([key in self.withheld for key in self.keys])
        return np.where(gone, 0.0, (self.truth + 1.0) * self.dear)


def _moves_allowed(known: Rows, truth: Numbers) -> list[LinearConstraint]:
    """The relations, as bounds on rises less falls (the switches take no part)."""
    now = known.matrix @ truth
    wide = np.hstack([known.matrix, -known.matrix, np.zeros_like(known.matrix)])
    return Rows(wide, known.low - now, known.high - now).constraints()


def _switches(n: int, room: float) -> LinearConstraint:
    """A cell's rise and fall together stay within its room, which is nothing unless switched on."""
    one = np.eye(n)
    return LinearConstraint(np.hstack([one, one, -room * one]), -math.inf, 0)
