"""Rating each: how many gave which step, and the mean with its interval.

Intervals: whole answers drawn again with replacement (Efron 1979), the middle 95 %.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from firsthand.methods.ranking.ballots import Floats, Ints

SAMPLES = 1_000
_MIDDLE = (0.025, 0.975)


@dataclass(frozen=True)
class Rated:
    """Items x steps: how many gave it; and of each item the mean step (from 1), nan for nobody."""

    counts: Ints
    mean: Floats
    low: Floats
    high: Floats


def rated(answers: Sequence[Sequence[int]], items: int, steps: int, seed: int) -> Rated:
    """Count ratings, a row a person: 1 to `steps`, 0 where they gave none. Raises ValueError."""
    given = np.array(answers, dtype=np.int64).reshape(len(answers), items)
    if ((given < 0) | (given > steps)).any():
        raise ValueError("a rating is a step that there is")
    counts = np.stack([(given == step).sum(axis=0) for step in range(1, steps + 1)], axis=1)
    low, high = np.full((2, items), np.nan)
    drawn = _drawn(given, seed)
    some = ~np.isnan(drawn).all(axis=0)
    if some.any():
        low[some], high[some] = np.nanquantile(drawn[:, some], _MIDDLE, axis=0)
    return Rated(counts, _mean(np.ones((1, len(given))), given)[0], low, high)


def _drawn(given: Ints, seed: int) -> Floats:
    many = len(given)
    if not many:
        return np.full((1, given.shape[1]), np.nan)
    dice = np.random.default_rng(seed)
    return _mean(dice.multinomial(many, np.full(many, 1 / many), SAMPLES).astype(float), given)


def _mean(weights: Floats, given: Ints) -> Floats:
    people = weights @ (given > 0)
    none = np.full(people.shape, np.nan)
    return np.asarray(np.divide(weights @ given, people, out=none, where=people > 0))
