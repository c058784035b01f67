"""The interval attack: how closely a reader of the published table can bound each withheld cell.

The reader knows every published count, every relation, and that counts are whole and not negative;
for each withheld cell the smallest and the largest value that fit are found by integer linear
programming (the "disclosure auditing problem": L. Willenborg and T. de Waal, Elements of
Statistical Disclosure Control, Springer 2001, chapter 6; solver: HiGHS through SciPy).
"""

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from firsthand.methods.disclosure.program import rows
from firsthand.methods.disclosure.table import Key, Table

_OPTIMAL = 0
_NEAR = 1e-6  # the solver's idea of a whole number
# The solver is not to be trusted with an unbounded programme (HiGHS 1.12 calls some infeasible),
# so every cell gets a ceiling this many times all that is counted; to near it is to have no bound.
_CEILING = 1000


@dataclass(frozen=True)
class Interval:
    """The least and the greatest count that fit what is published; no greatest is None."""

    low: int
    high: int | None

    @property
    def width(self) -> float:
        return math.inf if self.high is None else self.high - self.low


def attack(table: Table, withheld: Collection[Key]) -> dict[Key, Interval]:
    """Bounds for every withheld cell. Raises KeyError for a cell the table has not."""
    keys = [key for key in table.cells if key in set(withheld)]
    if len(keys) != len(set(withheld)):
        raise KeyError("a withheld cell is not in the table")
    ceiling = _CEILING * (sum(table.cells.values()) + 1)
    reader = _Reader(len(keys), _what_is_known(table, keys), ceiling)
    return {key: reader.interval(i) for i, key in enumerate(keys)}


def _what_is_known(table: Table, keys: list[Key]) -> list[LinearConstraint]:
    """Each relation, with its published cells taken to the other side."""
    everything = list(table.cells)
    hidden = np.isin(np.arange(len(everything)), [everything.index(key) for key in keys])
    counts = np.array([table.cells[key] for key in everything], dtype=float)
    return rows(table.relations, everything).given(hidden, counts).constraints()


@dataclass(frozen=True)
class _Reader:
    """Someone who knows `known` of n withheld cells, and that none is above the ceiling."""

    n: int
    known: list[LinearConstraint]
    ceiling: int

    def interval(self, i: int) -> Interval:
        low, high = self._extreme(i, 1), self._extreme(i, -1)
        return Interval(low, None if high > self.ceiling / 2 else high)

    def _extreme(self, i: int, sign: int) -> int:
        """The least (sign 1) or greatest (sign -1) whole value of cell i.

        Fractions first: the answer is mostly whole already.
        """
        found = self._solve(i, sign, whole=False)
        if found.status == _OPTIMAL and np.abs(found.x - np.rint(found.x)).max() > _NEAR:
            found = self._solve(i, sign, whole=True)
        if found.status != _OPTIMAL:
            raise ArithmeticError(f"the solver stopped early: {found.message}")
        return round(float(found.x[i]))

    def _solve(self, i: int, sign: int, *, whole: bool) -> OptimizeResult:
        goal = np.zeros(self.n)
        goal[i] = sign
        bounds = Bounds(0, self.ceiling)
        return milp(
            goal, integrality=np.full(self.n, int(whole)), bounds=bounds, constraints=self.known
        )
