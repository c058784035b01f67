"""Agreement on a code from sums: Krippendorff's alpha, Cohen's kappa, shares. NaN: no figure.

Krippendorff K (2011), "Computing Krippendorff's alpha-reliability", for nominal data with two
categories, coded or not; of texts: Krippendorff K (1995), "On the reliability of unitizing
continuous data", Sociological Methodology 25: 47-76, of which this is the case of one code over
code points. Cohen J (1960), as in `cohen`. Positive agreement: Cicchetti and Feinstein (1990), as
in `plain`. All take sums, of one sample of documents or of many.
"""

import numpy as np

from firsthand.methods.agreement.table import Floats


def alpha(ratings: Floats, marks: Floats, apart: Floats) -> Floats:
    """Return alpha of so many ratings, of which `marks` gave the code; `apart`: see `Covered`."""
    return 1 - _ratio((ratings - 1) * apart, marks * (ratings - marks))


def kappa(ratings: Floats, marks: Floats, apart: Floats, first: Floats) -> Floats:
    """Return Cohen's kappa of two coders, of whom the first gave `first` of the marks."""
    units = ratings / 2
    one, other = _ratio(first, units), _ratio(marks - first, units)
    chance = one * other + (1 - one) * (1 - other)
    return _ratio(1 - _ratio(apart, units) - chance, 1 - chance)


def share(part: Floats, whole: Floats) -> Floats:
    """Return part / whole: positive agreement, prevalence and F1 are such."""
    return _ratio(part, whole)


def _ratio(part: Floats, whole: Floats) -> Floats:
    part, whole = np.broadcast_arrays(part, whole)
    found: Floats = np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole != 0)
    return found
