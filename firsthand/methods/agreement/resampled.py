"""How sure a figure is: 95 % intervals by drawing the documents again, with return.

Documents, not characters, are what is drawn: characters of one text are no news of each other. The
percentile interval: Efron B, Tibshirani RJ (1993), An Introduction to the Bootstrap, chapter 13; of
whole clusters: Davison AC, Hinkley DV (1997), Bootstrap Methods and their Application, section 3.8.
Draws in which nobody used a code have no alpha, and are left out of its interval.
"""

import numpy as np

from firsthand.methods.agreement.table import Floats
from firsthand.methods.agreement.values import Interval, Measure, Undefined

SAMPLES = 2_000


def drawn(documents: int, samples: int, dice: np.random.Generator) -> Floats:
    """Return how often each document is in each sample: shape (samples, documents)."""
    chosen = dice.integers(0, documents, (samples, documents))
    rows = np.arange(samples)[:, None] * documents
    counts = np.bincount((chosen + rows).ravel(), minlength=samples * documents)
    return counts.reshape(samples, documents).astype(float)


def measures(
    figures: Floats, samples: Floats, documents: int, places: Floats, whys: list[Undefined | None]
) -> list[Measure]:
    """Return each code's figure with its interval.

    `figures`: (codes,). `samples`: (samples, codes), the same figure of each draw. `places`: in
    how many documents each code is. `whys`: why a code has no figure; None where it has one.
    """
    lows, highs = _ends(samples)
    found = []
    for at, why in enumerate(whys):
        if why is not None:
            found.append(Measure(why, why, documents))
            continue
        unsure = _unsure(documents, places[at], highs[at] - lows[at])
        method = f"percentile, {len(samples):,} resamples of documents"
        interval = unsure or Interval(float(lows[at]), float(highs[at]), method)
        found.append(Measure(float(figures[at]), interval, documents))
    return found


def _ends(samples: Floats) -> tuple[Floats, Floats]:
    """Return the 2.5 and 97.5 per cent points of each code; NaN where no draw has a figure."""
    filled = np.where(np.isnan(samples).all(axis=0), 0.0, samples)
    low, high = np.nanquantile(filled, (0.025, 0.975), axis=0)
    return low, high


def _unsure(documents: int, places: float, wide: float) -> Undefined | None:
    if documents < 2:
        return Undefined.ONE_DOCUMENT
    if places == 1:
        return Undefined.ONE_PLACE
    return Undefined.ALIKE if wide < 1e-12 else None
