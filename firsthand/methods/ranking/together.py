"""Worths of many samples of the same ballots, found together.

The samples know the same choices, only how often each was met differs. So they climb side by side,
one table for all, from where all the ballots lead: by the steps of Broyden, Fletcher, Goldfarb and
Shanno (Nocedal J, Wright SJ (2006), "Numerical optimization", 2nd edition, section 6.1), each
sample with its own guess of the curve. The likelihood has one top (see `luce`), so where the slope
is nothing, that is it, whichever way led there; a sample that does not get there soon is left to
Newton's steps, which always do.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from firsthand.methods.ranking.ballots import Floats, Truths
from firsthand.methods.ranking.fitting import FAR, climb, fixed, ghost, view
from firsthand.methods.ranking.stages import Stages, Totals, totals

_AT_ONCE = 50_000  # numbers in a table, samples x sets: as many as lie near the processor
_STEPS = 30
_LEVEL = 1e-12  # of the likelihood, twice: worths are then right to some 7 digits


@dataclass(frozen=True)
class _Sums:
    """The sums of `Totals` for many samples, one a row; the ghost is among the items."""

    sets: Floats
    met: Floats
    won: Floats
    ties: tuple[int, ...]
    tied: Floats


def worths_of_samples(found: Stages, weights: Floats, start: Floats, pseudo: float) -> Floats:
    """Return log worths, their mean 0: samples x items.

    `weights`: samples x ballots, how often each was drawn; `start`: the `point` of a fit of all.
    """
    items = found.sets.shape[1]
    curve = view(totals(found), pseudo)(start).curve
    across = np.linalg.inv(fixed(curve, items + 1, held=not pseudo))
    points = np.vstack([_climbed(found, part, start, across, pseudo)
                        for part in _parts(found, weights)])[:, :items]  # fmt: skip
    return np.asarray(points - points.mean(axis=1, keepdims=True))


def _parts(found: Stages, weights: Floats) -> Iterator[Floats]:
    """So many samples at once as fit well into memory."""
    many = max(1, _AT_ONCE // max(len(found.sets), weights.shape[1]))
    yield from (weights[at : at + many] for at in range(0, len(weights), many))


def _climbed(
    found: Stages, weights: Floats, start: Floats, across: Floats, pseudo: float
) -> Floats:
    sums = _summed(found, weights, pseudo)
    points, there = _uphill(sums, start, across)
    for each in np.flatnonzero(~there):
        own = totals(found, weights[each])
        points[each] = climb(own, pseudo, start, _LEVEL).point
    return points


def _summed(found: Stages, weights: Floats, pseudo: float) -> _Sums:
    many, (sets, items) = len(weights), found.sets.shape
    extra = ghost(Totals(found.sets, np.zeros(sets), np.zeros(items), found.ties, np.zeros(0)),
                  pseudo)  # fmt: skip
    shape = weights.shape[1], sets
    often = csr_array((np.ones(len(found.of)), (found.ballot, found.of)), shape=shape)
    sizes = np.array([np.bincount(found.ballot[found.size == d], minlength=shape[0])
                      for d in found.ties]).reshape(-1, shape[0])  # fmt: skip
    beside = np.column_stack([found.sets, np.zeros(sets)])
    met = np.hstack([(often.T @ weights.T).T, np.tile(extra.met, (many, 1))])
    won = np.column_stack([weights @ found.won, np.zeros(many)]) + extra.won
    return _Sums(np.vstack([beside, extra.sets]), met, won, found.ties, weights @ sizes.T)


def _uphill(sums: _Sums, start: Floats, across: Floats) -> tuple[Floats, Truths]:
    """Return where each sample came to, and whether that is its top."""
    many = len(sums.met)
    points, there = np.tile(start, (many, 1)), np.zeros(many, bool)
    # What did not share a place in a sample has no worth there: it stays where it is.
    moves = np.hstack([np.ones(sums.won.shape), sums.tied > 0])
    guesses = across * moves[:, :, None] * moves[:, None, :]
    left, slopes = np.arange(many), slopes_at(sums, points)
    for _ in range(_STEPS):
        steps = _times(guesses, slopes)
        done = (slopes * steps).sum(axis=1) < _LEVEL
        there[left[done]] = True
        points[left[done]] += steps[done]  # the last step, without looking again
        left, slopes, steps, guesses = left[~done], slopes[~done], steps[~done], guesses[~done]
        if not len(left):
            break
        steps *= np.minimum(1.0, FAR / np.abs(steps).max(axis=1, keepdims=True))
        points[left] += steps
        sums = _only(sums, ~done)
        before, slopes = slopes, slopes_at(sums, points[left])
        _learn(guesses, steps, before - slopes)
    return points, there


def _only(sums: _Sums, those: Truths) -> _Sums:
    if those.all():
        return sums
    return _Sums(sums.sets, sums.met[those], sums.won[those], sums.ties, sums.tied[those])


def slopes_at(sums: _Sums, points: Floats) -> Floats:
    """Return the slope of each sample's likelihood at its point: as `luce.look` has it."""
    items = sums.sets.shape[1]
    worths = points[:, :items] - points[:, :items].max(axis=1, keepdims=True)
    deltas = np.where(sums.tied > 0, np.exp(points[:, items:]), 0.0)
    sizes = [(1, np.ones(len(points))), *zip(sums.ties, deltas.T, strict=True)]
    powers = [np.exp(worths / size) for size, _ in sizes]
    sets = np.ascontiguousarray(sums.sets.T)
    found = [_symmetric(sets, x, size) for x, (size, _) in zip(powers, sizes, strict=True)]
    every = [delta[:, None] * each[size]
             for each, (size, delta) in zip(found, sizes, strict=True)]  # fmt: skip
    weights = sums.met / sum(every)
    expected = np.zeros_like(worths)
    for x, each, (size, delta) in zip(powers, found, sizes, strict=True):
        expected += delta[:, None] / size * x * _without(sums.sets, x, each, size, weights)
    tied = [np.einsum("ij,ij->i", weights, each) for each in every[1:]]
    slope = sums.tied - np.array(tied).reshape(len(tied), len(points)).T
    return np.hstack([sums.won - expected, np.where(sums.tied > 0, slope, 0.0)])


def _symmetric(sets: Floats, x: Floats, most: int) -> list[Floats]:
    """Return e_0 to e_most of the x of each set's items: samples x sets (Newton's identities)."""
    powers = [(x**k) @ sets for k in range(1, most + 1)]
    sums: list[Floats] = [np.ones((1, 1))]
    for m in range(1, most + 1):
        parts = [(-1) ** (k - 1) * sums[m - k] * powers[k - 1] for k in range(1, m + 1)]
        sums.append(np.asarray(sum(parts) / m) if m > 1 else parts[0])
    return sums


def _without(sets: Floats, x: Floats, sums: list[Floats], size: int, weights: Floats) -> Floats:
    """Samples x items: e_{size-1} of what is in a set beside the item, over weighted sets."""
    found = weights @ sets
    for m in range(1, size):
        found = (weights * sums[m]) @ sets - x * found
    return np.asarray(found)


def _times(tables: Floats, rows: Floats) -> Floats:
    return np.asarray((tables @ rows[:, :, None])[:, :, 0])


def _learn(guesses: Floats, steps: Floats, bent: Floats) -> None:
    """Better each guess of the curve's inverse by what a step showed; `bent`: the slope's loss."""
    along = (steps * bent).sum(axis=1)
    moved = _times(guesses, bent)
    inner = (bent * moved).sum(axis=1)
    good = along > 1e-300
    inverse = np.where(good, 1 / np.where(good, along, 1.0), 0.0)
    outer = steps[:, :, None] * moved[:, None, :]
    guesses -= inverse[:, None, None] * (outer + outer.transpose(0, 2, 1))
    more = (1 + inner * inverse) * inverse
    guesses += more[:, None, None] * steps[:, :, None] * steps[:, None, :]
