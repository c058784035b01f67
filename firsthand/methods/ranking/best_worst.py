"""Best-worst scaling: which of a few is best and which is worst, counted over many small sets.

Louviere JJ, Flynn TN, Marley AAJ (2015), "Best-Worst Scaling: Theory, Methods and Applications",
Cambridge University Press, chapters 1 and 2: the score of an item is how often it was best less
how often it was worst, divided by how often it was shown. Intervals: whole answers drawn again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from firsthand.methods.ranking.ballots import Floats, Ints

SAMPLES = 1_000
_MIDDLE = (0.025, 0.975)


@dataclass(frozen=True)
class Choice:
    """One set as one person answered it; None where they chose no best, or no worst."""

    shown: tuple[int, ...]
    best: int | None
    worst: int | None


@dataclass(frozen=True)
class Counts:
    """An item a place. `score` is between -1 and 1, nan for an item that nobody was shown."""

    shown: Ints
    best: Ints
    worst: Ints
    score: Floats
    low: Floats
    high: Floats


def counts(answers: Sequence[Sequence[Choice]], items: int, seed: int) -> Counts:
    """Count what people chose, each with all their sets. Raises ValueError for a wrong set."""
    tallies = np.array([_tally(each, items) for each in answers]).reshape(len(answers), 3, items)
    shown, best, worst = tallies.sum(axis=0)
    drawn = _drawn(tallies, seed)
    some = np.isnan(drawn).all(axis=0)
    low, high = np.full((2, items), np.nan)
    if not some.all():
        low[~some], high[~some] = np.nanquantile(drawn[:, ~some], _MIDDLE, axis=0)
    return Counts(shown, best, worst, _score(shown, best, worst), low, high)


def _tally(answer: Sequence[Choice], items: int) -> Ints:
    found = np.zeros((3, items), dtype=np.int64)
    for each in answer:
        _check(each, items)
        found[0, list(each.shown)] += 1
        for row, chosen in ((1, each.best), (2, each.worst)):
            if chosen is not None:
                found[row, chosen] += 1
    return found


def _check(each: Choice, items: int) -> None:
    known = all(0 <= item < items for item in each.shown)
    if not known or len(set(each.shown)) != len(each.shown):
        raise ValueError("a set shows an item twice, or one that is not there")
    chosen = [item for item in (each.best, each.worst) if item is not None]
    if any(item not in each.shown for item in chosen) or len(set(chosen)) != len(chosen):
        raise ValueError("best and worst are two of those shown")


def _drawn(tallies: Ints, seed: int) -> Floats:
    many = len(tallies)
    if not many:
        return np.full((1, tallies.shape[2]), np.nan)
    dice = np.random.default_rng(seed)
    weights = dice.multinomial(many, np.full(many, 1 / many), SAMPLES).astype(float)
    shown, best, worst = (weights @ tallies[:, row] for row in range(3))
    return _score(shown, best, worst)


def _score(shown: Floats | Ints, best: Floats | Ints, worst: Floats | Ints) -> Floats:
    none = np.full(np.shape(shown), np.nan)
    return np.divide(best - worst, shown, out=none, where=np.asarray(shown) > 0)
