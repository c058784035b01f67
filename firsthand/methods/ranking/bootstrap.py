"""How sure a ranking is: intervals of ranks, and the chance of being among the first three.

Efron B (1979), "Bootstrap methods: another look at the jackknife", Annals of Statistics 7: 1-26:
whole ballots are drawn again with replacement and the worths fitted anew. The interval of a rank
is that of the middle 95 % of the samples (percentile method, in whole ranks).
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from firsthand.methods.ranking.ballots import Ballots, Floats, Ints
from firsthand.methods.ranking.fitting import HALF, Worths, climb, fit
from firsthand.methods.ranking.stages import Stages, Totals, stages, totals

SAMPLES, TOP = 200, 3
ENOUGH = 10  # ballots; of fewer, samples are too much alike to say how sure a rank is
_MIDDLE = (0.025, 0.975)
_SAME = 6  # digits: two worths that differ behind them are equal
_NEAR = 0.1  # of the likelihood, before the last step: far less than ballots can tell


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
    worths = np.array([_drawn(ballots, found, whole, dice, pseudo) for _ in range(samples)])
    best, worst = ranked(worths), _last(worths)
    low, high = (np.quantile(each, at, axis=0, method="inverted_cdf").astype(np.int64)
                 for each, at in zip((best, worst), _MIDDLE, strict=True))  # fmt: skip
    worth_low, worth_high = np.quantile(worths, _MIDDLE, axis=0)
    level = worst - best + 1
    top = (np.clip(within + 1 - best, 0, level) / level).mean(axis=0)
    return Sure(low, high, worth_low, worth_high, top, within, samples)


def ranked(worths: Floats) -> Ints:
    """Return ranks along the last axis: 1 for the highest; equals share the better one."""
    return np.asarray(rankdata(-np.round(worths, _SAME), method="min", axis=-1), dtype=np.int64)


def _last(worths: Floats) -> Ints:
    """The same, where equals share the worst one."""
    return np.asarray(rankdata(-np.round(worths, _SAME), method="max", axis=-1), dtype=np.int64)


def _drawn(
    ballots: Ballots, found: Stages, whole: Worths, dice: np.random.Generator, pseudo: float
) -> Floats:
    drawn = dice.integers(0, ballots.many, ballots.many)
    weights = np.bincount(drawn, minlength=ballots.many).astype(float)
    sums = _met_only(totals(found, weights))
    worths = climb(sums, pseudo, whole.point, _NEAR).point[: ballots.items]
    return np.asarray(worths - worths.mean())


def _met_only(sums: Totals) -> Totals:
    """The same sums without the sets that this sample did not meet."""
    met = sums.met > 0
    return Totals(sums.sets[met], sums.met[met], sums.won, sums.ties, sums.tied)
