"""The Davidson-Luce model: how much each item is worth, from choices that may be tied.

Turner HL, van Etten J, Firth D, Kosmidis I (2020), "Modelling rankings in R: the PlackettLuce
package", Computational Statistics 35: 1027-1057, section 2: of the alternatives A, the tied set S
is chosen in proportion to delta_|S| times the geometric mean of its worths, delta_1 = 1; tied sets
of every size that was met are possible. The log-likelihood is that of a multinomial logit, concave
in log worths and log deltas, so that Newton's steps find its top. Hunter DR (2004), "MM algorithms
for generalized Bradley-Terry models", Annals of Statistics 32: 384-406, says when there is one.

Sums over tied sets are elementary symmetric polynomials e_m; those that leave an item out follow
from e_m(A without i) = e_m(A) - x_i e_{m-1}(A without i).
"""

from dataclasses import dataclass

import numpy as np

from firsthand.methods.ranking.ballots import Floats
from firsthand.methods.ranking.stages import Totals


@dataclass(frozen=True)
class Looked:
    """Log-likelihood at a point, its slope and its curve (minus the second derivatives)."""

    height: float
    slope: Floats
    curve: Floats

    def __add__(self, other: "Looked") -> "Looked":
        return Looked(
            self.height + other.height, self.slope + other.slope, self.curve + other.curve
        )


def look(totals: Totals, point: Floats) -> Looked:
    """Return the log-likelihood at `point`: log worths of items, then log deltas of ties."""
    items = totals.sets.shape[1]
    top = float(point[:items].max())  # what is the same for all items changes nothing
    worths, deltas = point[:items] - top, np.exp(point[items:])
    sizes = [_Size(totals.sets, worths, 1, 1.0)]
    sizes += [_Size(totals.sets, worths, d, deltas[n]) for n, d in enumerate(totals.ties)]
    whole = np.sum([each.total for each in sizes], axis=0)
    height = totals.won @ worths + totals.tied @ point[items:] - totals.met @ np.log(whole)
    return _looked(totals, sizes, whole, float(height + top * (totals.won.sum()
                                                               - totals.met.sum())))  # fmt: skip


class _Size:
    """Tied sets of one size in every set of alternatives, weighted as the model does."""

    def __init__(self, sets: Floats, worths: Floats, size: int, delta: float) -> None:
        self.sets, self.size, self.delta = sets, size, delta
        self.x = np.exp(worths / size)
        self.sums = symmetric(sets, self.x, size)

    @property
    def total(self) -> Floats:
        return np.asarray(self.delta * self.sums[self.size])

    def mean(self) -> Floats:
        """Sets x items: the weight of tied sets that hold the item, by 1 / size."""
        found = self.sets * (self.x * self.delta / self.size)
        if self.size == 1:
            return np.asarray(found)
        without: Floats = np.ones((1, 1))  # e_m of the others, one more of them each time
        for m in range(1, self.size):
            without = self.sums[m][:, None] - self.x * without
        found *= without
        return np.asarray(found)

    def pairs(self, weights: Floats) -> Floats:
        """Items x items: the same of two items at once, summed over weighted sets."""
        x, found = self.x, np.zeros((len(self.x), len(self.x)))
        for r in range(self.size - 1):
            among = (self.sets * (weights * self.sums[self.size - 2 - r])[:, None]).T @ self.sets
            found += (-1) ** r * _both(x, r) * among
        found *= self.delta / self.size**2 * np.multiply.outer(x, x)
        np.fill_diagonal(found, 0.0)
        return found


def symmetric(sets: Floats, x: Floats, most: int) -> list[Floats]:
    """Return e_0 to e_most of the x of each set's items, a number for each set."""
    sums = [np.ones(len(sets)), sets @ x]
    if most > 1:
        sums.append((sums[1] ** 2 - sets @ x**2) / 2)
    for m in range(3, most + 1):  # Newton's identities
        parts = ((-1) ** (k - 1) * sums[m - k] * (sets @ x**k) for k in range(1, m + 1))
        sums.append(np.sum(list(parts), axis=0) / m)
    return sums


def _both(x: Floats, r: int) -> Floats:
    """All products of r factors taken from two items (complete homogeneous polynomial)."""
    return np.asarray(sum(np.multiply.outer(x**a, x ** (r - a)) for a in range(r + 1)))


def _looked(totals: Totals, sizes: list[_Size], whole: Floats, height: float) -> Looked:
    means = [each.mean() for each in sizes]
    items, weights = totals.sets.shape[1], totals.met / whole
    by_size = [weights @ each for each in means]
    expected = np.sum(means, axis=0) if len(means) > 1 else means[0]
    ties = [each.total for each in sizes[1:]]
    every = np.column_stack([expected, *ties]) if ties else expected
    slope = np.concatenate([totals.won, totals.tied]) - weights @ every
    curve = -(every * (weights / whole)[:, None]).T @ every
    curve[:items, :items] += np.sum([each.pairs(weights) for each in sizes], axis=0)
    diagonal = np.sum([each / size.size for each, size in zip(by_size, sizes, strict=True)], axis=0)
    curve[np.arange(items), np.arange(items)] += diagonal
    for n, tie in enumerate(ties):
        curve[items + n, :items] += by_size[n + 1]
        curve[:items, items + n] += by_size[n + 1]
        curve[items + n, items + n] += weights @ tie
    return Looked(height, slope, curve)
