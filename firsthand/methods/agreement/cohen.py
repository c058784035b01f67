"""Cohen's kappa: two people, each with habits of their own.

Cohen J (1960), "A coefficient of agreement for nominal scales", Educational and Psychological
Measurement 20: 37-46. Variance: Fleiss JL, Cohen J, Everitt BS (1969), "Large sample standard
errors of kappa and weighted kappa", Psychological Bulletin 72: 323-327, with n - 1 for n.
"""

import numpy as np

from firsthand.methods.agreement.sure import measure, undefined
from firsthand.methods.agreement.table import Ratings, check
from firsthand.methods.agreement.values import Measure, Undefined


def cohen_kappa(ratings: Ratings) -> Measure:
    """Return kappa over the records both decided. Raises ValueError when rows are no table."""
    check(ratings)
    if ratings and len(ratings[0]) != 2:
        return undefined(Undefined.NOT_TWO, 0)
    pairs = [(one, two) for one, two in ratings if one is not None and two is not None]
    if not pairs:
        return undefined(Undefined.NOTHING_SHARED, 0)
    names = sorted({each for pair in pairs for each in pair})
    if len(names) < 2:
        return undefined(Undefined.ONE_CATEGORY, len(pairs))
    places = np.array([[names.index(one), names.index(two)] for one, two in pairs])
    return _kappa(places[:, 0], places[:, 1], len(names))


def _kappa(one: np.ndarray, two: np.ndarray, size: int) -> Measure:
    n = len(one)
    first, second = (np.bincount(each, minlength=size) / n for each in (one, two))
    same = (one == two).astype(float)
    chance = float(first @ second)
    value = (float(same.mean()) - chance) / (1 - chance)
    each_chance = second[one] + first[two]  # a record's pull on chance, twice chance on the mean
    pulls = (same - same.mean()) - (1 - value) * (each_chance - 2 * chance)
    return measure(value, pulls / (1 - chance), n)
