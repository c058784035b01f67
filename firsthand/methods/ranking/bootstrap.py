"""How sure a ranking is: intervals of ranks, and the chance of being among the first three.

Efron B (1979), "Bootstrap methods: another look at the jackknife", Annals of Statistics 7: 1-26:
whole ballots are drawn again with replacement and the worths fitted anew. The interval of a rank
is that of the middle 95 % of the samples (percentile method, in whole ranks).
"""

from dataclasses import dataclass

import numpy as np
import scipy  # loads its parts when they are first used

from firsthand.methods.ranking.ballots import Ballots, Floats, Ints
from firsthand.methods.ranking.fitting import HALF, fit
from firsthand.methods.ranking.stages import stages
from firsthand.methods.ranking.together import worths_of_samples

SAMPLES, TOP = 200, 3
ENOUGH = 10  # ballots; of fewer, samples are too much alike to say how sure a rank is
_MIDDLE = (0.025, 0.975)
_SAME = 6  # digits: two worths that differ behind them are equal


@dataclass(frozen=True)
class Sure:
    """An array each, an item a place: ranks from 1, and log worths, over all samples.

    `top`: in what share of the samples the item was among the first `within`. Items that share
    ranks in a sample count there from the first to the last of these, and share the first places.
    """

    rank_low: Ints
    rank_high: Ints
    worth_low: Floats
    worth_high: Floats
    top: Floats
    within: int
    samples: int


def bootstrap(
    ballots: Ballots, seed: int, samples: int = SAMPLES, within: int = TOP, pseudo: float = HALF
) -> Sure:
    """Draw the ballots again `samples` times. Raises ValueError for no ballots at all."""
    if not ballots.many:
        raise ValueError("there are no ballots to draw from")
    whole, found = fit(ballots, pseudo), stages(ballots)
    dice = np.random.default_rng(seed)
    weights = np.array([_drawn(ballots.many, dice) for _ in range(samples)])
    worths = worths_of_samples(found, weights, whole.point, pseudo)
    best, worst = ranked(worths), _last(worths)
    low, high = (np.quantile(each, at, axis=0, method="inverted_cdf").astype(np.int64)
                 for each, at in zip((best, worst), _MIDDLE, strict=True))  # fmt: skip
    worth_low, worth_high = np.quantile(worths, _MIDDLE, axis=0)
    level = worst - best + 1
    top = (np.clip(within + 1 - best, 0, level) / level).mean(axis=0)
    return Sure(low, high, worth_low, worth_high, top, within, samples)


def ranked(worths: Floats) -> Ints:
    """Return ranks along the last axis: 1 for the highest; equals share the better one."""
    return _places(worths, "min")


def _last(worths: Floats) -> Ints:
    """The same, where equals share the worst one."""
    return _places(worths, "max")


def _places(worths: Floats, of_equals: str) -> Ints:
    found = scipy.stats.rankdata(-np.round(worths, _SAME), method=of_equals, axis=-1)
    return np.asarray(found, dtype=np.int64)


def _drawn(many: int, dice: np.random.Generator) -> Floats:
    """Return how often each ballot was drawn."""
    return np.bincount(dice.integers(0, many, many), minlength=many).astype(float)
