"""Which studies are charted by two people: a share of them, drawn by chance.

Simple random sampling without replacement; the seed and the pool draw the same studies again
(numpy's PCG64). The scoping review of 2023 charted 25 % twice.
"""

import math
from collections.abc import Sequence

import numpy as np


def draw(pool: Sequence[int], share: int, seed: int) -> tuple[int, ...]:
    """Return the studies drawn, in the order of the pool: at least `share` per cent (1-100) of it.

    Raises ValueError for a share that is none.
    """
    if not 1 <= share <= 100:
        raise ValueError("A share is from 1 to 100 per cent.")
    if not pool:
        return ()
    size = math.ceil(len(pool) * share / 100)
    places = np.random.default_rng(seed).choice(len(pool), size=size, replace=False)
    return tuple(pool[place] for place in sorted(places.tolist()))
