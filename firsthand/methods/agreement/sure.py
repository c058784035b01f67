"""How sure a figure is: 95 % intervals from the spread between records.

Wilson EB (1927), "Probable inference, the law of succession, and statistical inference", for
shares. For the others, each record's pull on the figure (its linear part) gives the variance, as in
Gwet KL (2008), "Computing inter-rater reliability and its variance in the presence of high
agreement", British Journal of Mathematical and Statistical Psychology 61: 29-48.
"""

import math

import numpy as np
import scipy  # loads its parts when they are first used

from firsthand.methods.agreement.table import Floats
from firsthand.methods.agreement.values import Interval, Measure, Undefined

_SURE = 0.975  # the upper end of 95 %, two-sided


def wilson(share: float, n: int) -> Interval:
    """Return Wilson's interval of a share of n >= 1 records.

    A record's share of agreeing pairs lies between 0 and 1, so it spreads no more than a yes or no
    would: with more than two people the interval is wide enough, and often wider than need be.
    """
    z = float(scipy.stats.norm.ppf(_SURE))
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Interval(max(0.0, middle - half), min(1.0, middle + half), "Wilson")


def linearised(value: float, pulls: Floats, least: float = -math.inf) -> Interval | Undefined:
    """Return the interval of a figure whose records pull it by `pulls` (mean 0, or nearly so).

    `least` is what the figure cannot fall below. Kappas can fall below -1 when ratings are missing.
    """
    n = len(pulls)
    if n < 2:
        return Undefined.TOO_FEW
    error = math.sqrt(float(pulls @ pulls) / (n * (n - 1)))
    if error < 1e-12:
        return Undefined.NO_SPREAD
    half = float(scipy.stats.t.ppf(_SURE, n - 1)) * error
    low, high = max(least, value - half), min(1.0, value + half)
    return Interval(low, high, "linearised over records, Student's t")


def measure(value: float, pulls: Floats, n: int, least: float = -math.inf) -> Measure:
    """Return a figure with its interval."""
    return Measure(float(value), linearised(float(value), np.asarray(pulls, float), least), n)


def undefined(why: Undefined, n: int) -> Measure:
    """Return a measure that has no figure, and says why."""
    return Measure(why, why, n)
