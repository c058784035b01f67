"""How often each item was put before each other: what Borda and Kemeny count from."""

from dataclasses import dataclass

import numpy as np

from firsthand.methods.ranking.ballots import LEFT, NOT_COMPARED, Ballots, Floats


@dataclass(frozen=True)
class Wins:
    """Items x items: on how many ballots the row came before the column, and on how many level.

    Two that were both left behind are told nothing of: neither.
    """

    before: Floats
    tied: Floats


def wins(ballots: Ballots, weights: Floats | None = None) -> Wins:
    """Count pairs over ballots, each counted `weights` times (once without)."""
    places = ballots.places
    w = np.ones(ballots.many) if weights is None else weights
    before, tied = np.zeros((2, ballots.items, ballots.items))
    for item in range(ballots.items):
        own = places[:, item : item + 1]
        both = (own != NOT_COMPARED) & (places != NOT_COMPARED)
        before[item] = w @ (both & (own < places))
        tied[item] = w @ (both & (own == places) & (own != LEFT))
    np.fill_diagonal(tied, 0)
    return Wins(before, tied)
