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
import scipy  # loads its parts when they are first used

from firsthand.methods.disclosure.program import Choice, Numbers, Rows, rows
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
        self.moves = _moves(rows(table.relations, self.keys), self.truth)

    def reach(self, key: Key, target: int) -> None:
        """Withhold whatever lets `key` be as low, or as high, as `target`."""
        i = self.place[key]
        if self.lowest[i] <= target <= self.highest[i]:
            return
        by = target - self.truth[i]
        moved = self._free_move(i, by)
        if moved is None:
            moved = self._cheapest_move(i, by)
        self.withheld |= {self.keys[j] for j in np.flatnonzero(moved)}
        self.lowest = np.minimum(self.lowest, self.truth + moved)
        self.highest = np.maximum(self.highest, self.truth + moved)

    def _free_move(self, i: int, by: float) -> Numbers | None:
        """Whole changes to cells already withheld, cell i's being `by`; None when there are none.

        Mostly there are, and finding them is far quicker than choosing further cells.
        """
        n = len(self.keys)
        least, most = self._reach(i, by)
        gone = self._gone()
        bounds = scipy.optimize.Bounds(np.where(gone, least, 0), np.where(gone, most, 0))
        known = self.moves.constraints()
        found = scipy.optimize.milp(
            np.zeros(n), integrality=np.ones(n), bounds=bounds, constraints=known
        )
        return None if found.x is None else np.asarray(np.rint(found.x))

    def _cheapest_move(self, i: int, by: float) -> Numbers:
        """Whole changes to any cells, cell i's being `by`, hiding as little as can be.

        Columns: the change of each cell, then a switch for each that is on when it changes at all.
        """
        n = len(self.keys)
        least, most = self._reach(i, by)
        found = scipy.optimize.milp(
            np.concatenate([np.zeros(n), np.where(self._gone(), 0, (self.truth + 1) * self.dear)]),
            integrality=np.ones(2 * n),
            bounds=scipy.optimize.Bounds(
                np.append(least, np.zeros(n)), np.append(most, np.ones(n))
            ),
            constraints=_switched(self.moves, self.room).constraints(),
        )
        if found.x is None:
            raise CannotCover("a small count is pinned down by what is known")
        return np.asarray(np.rint(found.x[:n]))

    def _reach(self, i: int, by: float) -> tuple[Numbers, Numbers]:
        """How far each cell may fall and rise: within its room, not below nought; cell i `by`."""
        least, most = -np.minimum(self.truth, self.room), np.full(len(self.keys), self.room)
        least[i] = most[i] = by
        return least, most

    def _gone(self) -> Choice:
        return np.array([key in self.withheld for key in self.keys])


def _moves(known: Rows, truth: Numbers) -> Rows:
    """The relations as they bind changes to the true counts."""
    now = known.matrix @ truth
    return Rows(known.matrix, known.low - now, known.high - now)


def _switched(moves: Rows, room: float) -> Rows:
    """The same with switches: a cell's change is within its room, and nothing unless it is on."""
    one = np.eye(moves.matrix.shape[1])
    endless = np.full(len(one), math.inf)
    return Rows(
        np.block(
            [[moves.matrix, np.zeros_like(moves.matrix)], [one, -room * one], [one, room * one]]
        ),
        np.concatenate([moves.low, -endless, np.zeros(len(one))]),
        np.concatenate([moves.high, np.zeros(len(one)), endless]),
    )
