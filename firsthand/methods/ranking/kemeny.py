"""Kemeny's order: the one that disagrees least with the ballots, pair by pair, and a proof of it.

Kemeny JG (1959), "Mathematics without numbers", Daedalus 88: 577-591. As a linear ordering problem
with cuts added where they are broken (Grötschel, Jünger, Reinelt 1984, Operations Research 32:
1195-1220), solved by HiGHS (Huangfu and Hall 2018). Items that a majority puts before all others
are ordered apart first: that loses nothing (extended Condorcet criterion, Truchon 1998).
"""

from dataclasses import dataclass

import numpy as np
import scipy  # loads its parts when they are first used
from scipy.sparse import csr_array, vstack
from scipy.sparse.csgraph import connected_components

from firsthand.methods.ranking.ballots import Floats, Ints
from firsthand.methods.ranking.pairs import Wins

_ROUNDS, _CUTS = 200, 4_000  # how often cuts are added, and how many at once
_SURE = 1e-6


@dataclass(frozen=True)
class Kemeny:
    """Items in order, how many pairs of all ballots it goes against, and what none can go below.

    `shared`: the rank of each item. Neighbours whom no majority separates share the better one:
    in whatever order they stand, it goes against as many.
    """

    order: tuple[int, ...]
    shared: tuple[int, ...]
    against: float
    bound: float

    @property
    def proven(self) -> bool:
        """Whether no order goes against fewer."""
        return self.against - self.bound < 0.5 - _SURE

    @property
    def places(self) -> Ints:
        """The rank of each item, from 1."""
        return np.array(self.shared, dtype=np.int64)


def kemeny(found: Wins, seconds: float = 20.0) -> Kemeny:
    """Return the best order found. Where one call of the solver takes longer, the bound tells.

    Of orders that are equally good, one is given. Ties on ballots go against neither order.
    """
    before, order, slack = found.before, list[int](), 0.0
    for group in _groups(before):
        inside = before[np.ix_(group, group)]
        local, bound = _ordered(inside, seconds)
        slack += cost(inside, local) - bound
        order += [int(group[each]) for each in local]
    against = cost(before, order)
    return Kemeny(tuple(order), _shared(before, order), against, against - slack)


def _shared(before: Floats, order: list[int]) -> tuple[int, ...]:
    places, level = [0] * len(order), list[int]()
    for at, item in enumerate(order):
        if level and np.abs(before[item, level] - before[level, item]).max() > _SURE:
            level = []
        level.append(item)
        places[item] = at - len(level) + 2
    return tuple(places)


def cost(before: Floats, order: list[int]) -> float:
    """How often ballots put a later one before an earlier one of this order."""
    return float(np.tril(before[np.ix_(order, order)], -1).sum())


def _groups(before: Floats) -> list[Ints]:
    """Items that beat each other in a circle, or level; the groups in the majority's order."""
    many, label = connected_components(csr_array(before >= before.T), connection="strong")
    groups = [np.flatnonzero(label == each).astype(np.int64) for each in range(many)]
    first = [group[0] for group in groups]
    beaten = (before > before.T)[np.ix_(first, first)].sum(axis=1)
    return [groups[each] for each in np.argsort(-beaten, kind="stable")]


def _ordered(before: Floats, seconds: float) -> tuple[list[int], float]:
    """The order of one group, and what none can go below."""
    items = len(before)
    if items < 3:
        return list(range(items)), float(np.minimum(before, before.T).sum() / 2)
    x, bound = _Programme(before, seconds).solve()
    order = better(before, np.argsort(-x.sum(axis=1), kind="stable").tolist())
    return order, min(bound, cost(before, order))


class _Programme:
    """Which of two comes first, for every two; cuts keep three from going round in a circle."""

    def __init__(self, before: Floats, seconds: float) -> None:
        self.before, self.seconds, self.items = before, seconds, len(before)
        self.one, self.other = np.triu_indices(self.items, 1)
        self.column = np.zeros((self.items, self.items), dtype=np.int64)
        self.column[self.one, self.other] = np.arange(len(self.one))
        self.costs = (before.T - before)[self.one, self.other]
        self.least = float(before[self.one, self.other].sum())  # were all the other way
        self.cuts: list[csr_array] = []
        self.limits: list[Floats] = []

    def solve(self) -> tuple[Floats, float]:
        """Return items x items (1: the row comes first) and the bound."""
        x, bound, whole = np.full((self.items, self.items), 0.5), 0.0, False
        for _ in range(_ROUNDS):
            answer = self._asked(whole)
            bound = max(bound, self.least + _least(answer, whole))
            if answer.x is None:
                break
            x = self._matrix(answer.x)
            cut = self._cut(x)
            if answer.status or not (cut or self._split(x)):  # out of time, or done
                break
            whole = whole or not cut
        return x, bound

    def _asked(self, whole: bool) -> "scipy.optimize.OptimizeResult":
        solver, rules = scipy.optimize, []
        if self.cuts:
            limits = np.concatenate(self.limits)
            rules = [solver.LinearConstraint(vstack(self.cuts), ub=limits)]
        kind = np.full(len(self.costs), int(whole))
        options = {"time_limit": self.seconds, "mip_rel_gap": 0.0}
        return solver.milp(self.costs, integrality=kind, bounds=solver.Bounds(0, 1),
                           constraints=rules, options=options)  # fmt: skip

    def _matrix(self, x: Floats) -> Floats:
        found = np.zeros((self.items, self.items))
        found[self.one, self.other] = x
        found[self.other, self.one] = 1 - x
        return found

    def _split(self, x: Floats) -> bool:
        inside = x[self.one, self.other]
        return bool((np.minimum(inside, 1 - inside) > _SURE).any())

    def _cut(self, x: Floats) -> bool:
        """Forbid the circles that are there, the plainest first; say whether there were any."""
        round_ = x[:, :, None] + x[None, :, :] + x.T[:, None, :] - 2
        i, j, k = np.nonzero(round_ > _SURE)
        first = (i < j) & (i < k)  # each circle once, whichever way it goes
        i, j, k = i[first], j[first], k[first]
        worst = np.argsort(-round_[i, j, k], kind="stable")[:_CUTS]
        if len(worst):
            self._forbid(np.stack([i[worst], j[worst], k[worst]]))
        return bool(len(worst))

    def _forbid(self, circles: Ints) -> None:
        """x_ij + x_jk + x_ki <= 2, written in the columns there are."""
        many = circles.shape[1]
        signs, columns, limit = [], [], np.full(many, 2.0)
        for one, other in zip(circles, np.roll(circles, -1, axis=0), strict=True):
            sign = np.where(one < other, 1.0, -1.0)
            limit -= sign < 0
            signs.append(sign)
            columns.append(self.column[np.minimum(one, other), np.maximum(one, other)])
        rows = np.tile(np.arange(many), 3)
        shape = (many, len(self.costs))
        self.cuts.append(csr_array((np.concatenate(signs), (rows, np.concatenate(columns))), shape))
        self.limits.append(limit)


def _least(answer: "scipy.optimize.OptimizeResult", whole: bool) -> float:
    """What the solver proved that its programme cannot go below."""
    if whole:
        return float(answer.mip_dual_bound if answer.mip_dual_bound is not None else -np.inf)
    return float(answer.fun) if answer.status == 0 else -np.inf


def better(before: Floats, order: list[int]) -> list[int]:
    """Move one item at a time while that goes against fewer ballots."""
    moved = True
    while moved:
        moved = False
        for item in list(order):
            rest = [each for each in order if each != item]
            away, towards = before[rest, item], before[item, rest]
            at = np.concatenate([[0], np.cumsum(towards)]) + np.concatenate(
                [np.cumsum(away[::-1])[::-1], [0]]
            )
            if at.min() < at[order.index(item)] - _SURE:
                order, moved = [*rest], True
                order.insert(int(at.argmin()), item)
    return order
