"""Borda's count (1781): the share of the others that an item was put before, over its ballots.

A tie counts half, as do two that were both left behind (the mean of all orders they could have:
Emerson P (2013), "The original Borda count and partial voting", Social Choice and Welfare 40,
353-358, compares the ways). An item counts only on ballots that compared it, so that "does not
apply to me" neither lifts nor lowers it.
"""

import numpy as np

from firsthand.methods.ranking.ballots import NOT_COMPARED, Ballots, Floats


def borda(ballots: Ballots, weights: Floats | None = None) -> Floats:
    """Return each item's mean share, 0 to 1; nan for one that no ballot compared."""
    places = ballots.places
    compared = places != NOT_COMPARED
    others = compared.sum(axis=1) - 1
    w = np.where(others > 0, 1.0 if weights is None else weights, 0.0)
    scores = np.full(ballots.items, np.nan)
    for item in range(ballots.items):
        own, count = places[:, item : item + 1], w * compared[:, item]
        level = (compared & (places == own)).sum(axis=1) - 1
        share = ((compared & (places > own)).sum(axis=1) + level / 2) / np.maximum(others, 1)
        if count.sum():
            scores[item] = count @ share / count.sum()
    return scores
