"""Fitting worths to ballots, with half-weight pseudo-rankings, and how sure they are.

Turner and others (2020), section 3.2: each item wins and loses once, at weight `pseudo`, against a
ghost item that nobody was asked about. So there is always an answer, drawn a little together, even
where an item always won, or nobody compared it. The ghost is left out of what is returned.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy  # loads its parts when they are first used
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from firsthand.methods.ranking.ballots import Ballots, Floats
from firsthand.methods.ranking.luce import Looked, look
from firsthand.methods.ranking.pairs import wins
from firsthand.methods.ranking.stages import Stages, Totals, stages, totals

HALF = 0.5  # the weight of the ghost's wins and losses, as the package PlackettLuce has it
_MANY = 20_000  # different sets, beyond which a part of the ballots gives the first guess
_PART = 1_500  # ballots of that part
_STEPS = 100
FAR = 4.0  # no step is longer: beyond, the curve says nothing any more


class NotConnected(ValueError):
    """Some items never lost to, or never met, the others: without a ghost there is no answer."""


@dataclass(frozen=True)
class Worths:
    """Log worths, their mean 0, with standard errors of their distance to that mean.

    `ties` maps how many share a place to log delta. `covariance` is that of worths and ties.
    `deviance` is minus twice the log-likelihood of the ballots, the ghost's not among them.
    `point` is where a fit of nearly the same ballots may begin.
    """

    worths: Floats
    errors: Floats
    ties: dict[int, float]
    tie_errors: dict[int, float]
    deviance: float
    covariance: Floats
    point: Floats
    steps: int

    def against(self, item: int) -> Floats:
        """Return log worths with that of `item` as 0."""
        return np.asarray(self.worths - self.worths[item])


def fit(ballots: Ballots, pseudo: float = HALF, tolerance: float = 1e-6) -> Worths:
    """Return the worths of all items. Raises NotConnected when there is no answer."""
    if not pseudo and not connected(ballots):
        raise NotConnected("the items are not compared with each other both ways")
    found = stages(ballots)
    return worths_of(totals(found), pseudo, _guess(ballots, found), tolerance)


def _guess(ballots: Ballots, found: Stages) -> Floats | None:
    """Where to begin: with very many choices, where a part of the ballots leads."""
    if len(found.sets) < _MANY or ballots.many < 2 * _PART:
        return None
    some = stages(ballots.some(np.arange(0, ballots.many, ballots.many // _PART)))
    return climb(totals(some), HALF, None, 0.01).point if some.ties == found.ties else None


def worths_of(
    sums: Totals, pseudo: float = HALF, start: Floats | None = None, tolerance: float = 1e-6
) -> Worths:
    """Return the worths that totals of stages give. `start`: log worths, the ghost's, ties."""
    top = climb(sums, pseudo, start, tolerance)
    items = sums.sets.shape[1]
    covariance = np.linalg.inv(fixed(top.at.curve, items + 1, held=not pseudo))
    point = np.delete(top.point, items)
    covariance = _centred(np.delete(np.delete(covariance, items, 0), items, 1), items)
    errors = np.sqrt(np.diag(covariance).clip(0))
    return Worths(
        point[:items] - point[:items].mean(),
        errors[:items],
        dict(zip(sums.ties, point[items:].tolist(), strict=True)),
        dict(zip(sums.ties, errors[items:].tolist(), strict=True)),
        -2 * (top.at.height - look(ghost(sums, pseudo), top.point).height),
        covariance,
        top.point,
        top.steps,
    )


# -- the way up ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Top:
    """Where the likelihood is highest, how it looks there, and how many steps it took."""

    point: Floats
    at: Looked
    steps: int


def climb(sums: Totals, pseudo: float, start: Floats | None, tolerance: float) -> Top:
    """Go to the top by Newton's steps, halved where they lead down.

    The last step is taken without looking again: from less than `tolerance` (of the likelihood,
    twice) below the top it leads so near that there is nothing to see.
    """
    items, at = sums.sets.shape[1], view(sums, pseudo)
    point = np.zeros(items + 1 + len(sums.ties)) if start is None else start
    here, steps = at(point), 0
    while steps < _STEPS:
        curve = fixed(here.curve, items + 1, held=not pseudo)
        step = scipy.linalg.solve(curve, here.slope, assume_a="pos", check_finite=False)
        if here.slope @ step < tolerance:
            return Top(point + step, here, steps)
        step *= min(1.0, FAR / float(np.abs(step).max()))
        point, here = _uphill(at, point, here, step)
        steps += 1
    return Top(point, here, steps)


def _uphill(
    at: Callable[[Floats], Looked], point: Floats, here: Looked, step: Floats
) -> tuple[Floats, Looked]:
    for _ in range(40):
        there = at(point + step)
        if there.height >= here.height - 1e-12 * abs(here.height):
            return point + step, there
        step = step / 2
    return point, here  # as high as the numbers can tell


def view(sums: Totals, pseudo: float) -> Callable[[Floats], Looked]:
    """How to look at ballots and pseudo-rankings: in one table, or many sets without copying."""
    extra = ghost(sums, pseudo)
    if len(sums.sets) > _MANY:
        return lambda point: _widened(sums, point) + look(extra, point)
    beside = np.column_stack([sums.sets, np.zeros(len(sums.sets))])
    met = np.concatenate([sums.met, extra.met])
    won = np.append(sums.won, 0.0) + extra.won
    joined = Totals(np.vstack([beside, extra.sets]), met, won, sums.ties, sums.tied)
    return lambda point: look(joined, point)


def _widened(sums: Totals, point: Floats) -> Looked:
    """Look at the ballots, which know no ghost."""
    ghost_at = sums.sets.shape[1]
    real = look(sums, np.delete(point, ghost_at))
    curve = np.insert(np.insert(real.curve, ghost_at, 0.0, axis=0), ghost_at, 0.0, axis=1)
    return Looked(real.height, np.insert(real.slope, ghost_at, 0.0), curve)


def ghost(sums: Totals, weight: float) -> Totals:
    """Return the rankings against one item more, that every other beats and loses to."""
    items = sums.sets.shape[1]
    pairs = np.column_stack([np.eye(items), np.ones(items)])
    won = np.append(np.full(items, weight), items * weight)
    return Totals(pairs, np.full(items, 2 * weight), won, sums.ties, np.zeros(len(sums.ties)))


def fixed(curve: Floats, items: int, *, held: bool) -> Floats:
    """The curve with the one direction that changes nothing (all items alike) held still.

    `held`: the ghost, the last item, was compared with nobody; it is held where it is.
    """
    found = curve + 1e-12 * np.eye(len(curve))
    found[:items, :items] += max(float(np.trace(curve[:items, :items])), 1e-9) / items**2
    if held:
        found[items - 1, items - 1] += 1.0
    return found


def _centred(covariance: Floats, items: int) -> Floats:
    """The covariance of distances to the mean of all items, and of what else there is."""
    away = np.eye(len(covariance))
    away[:items, :items] -= 1 / items
    return np.asarray(away @ covariance @ away.T)


def connected(ballots: Ballots) -> bool:
    """Say whether every item beats every other through some chain (Hunter 2004, assumption 1).

    Two that tie beat each other by half.
    """
    found = wins(ballots)
    beats = csr_array(found.before + found.tied > 0)
    return int(connected_components(beats, connection="strong")[0]) == 1
