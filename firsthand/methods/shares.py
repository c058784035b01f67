"""Draws who decides which record: each by one, or each by two with the pairs spread evenly.

By one: the records are shared out in the proportions asked for, rounded by largest remainders
(Hamilton's method; Balinski and Young, Fair Representation, 1982), in an order drawn by chance.
By two: how often each two meet follows from the proportions by iterative proportional fitting
(Deming and Stephan, Ann Math Stat 1940;11:427-444), so that who decides with whom is as even as
the proportions allow; what rounding leaves goes to whoever is furthest below their share.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

_ROUNDS = 500  # of fitting; it has long settled by then


@dataclass(frozen=True)
class Drawn:
    """For each record, in the order given, the places (in the order of shares) of who is asked."""

    of: tuple[tuple[int, ...], ...]

    def counts(self, people: int) -> tuple[int, ...]:
        """Return how many records each is asked."""
        return tuple(sum(at in each for each in self.of) for at in range(people))


def wrong(percents: Sequence[float], asked: int) -> str:
    """Return a sentence on why shares cannot be drawn so; nothing when they can."""
    if any(each < 0 for each in percents):
        return "A share cannot be below 0."
    if abs(sum(percents) - 100) > 0.5:
        return f"The shares make {sum(percents):g} % together. They have to make 100 %."
    if sum(each > 0 for each in percents) < asked:
        return f"Each record needs {asked} people. Give a share to at least so many."
    most = 100 / asked
    if max(percents) > most + 0.5:
        return f"Nobody can decide a record twice: {most:g} % is the most for one person."
    return ""


def draw(records: int, percents: Sequence[float], asked: int, rng: np.random.Generator) -> Drawn:
    """Return who is asked which of so many records. Raises ValueError (see `wrong`).

    `asked` is 1 or 2.
    """
    if said := wrong(percents, asked):
        raise ValueError(said)
    weights = _sets(percents, asked)
    counts = _rounded(records, weights, len(percents))
    slots = [each for each, often in counts.items() for _ in range(often)]
    return Drawn(tuple(slots[place] for place in rng.permutation(len(slots))))


def _sets(percents: Sequence[float], asked: int) -> dict[tuple[int, ...], float]:
    """Return of which part of the records each one, or each two, is asked."""
    whole = sum(percents)
    shares = np.array(percents, dtype=float) / whole
    if asked == 1:
        return {(at,): float(each) for at, each in enumerate(shares) if each > 0}
    fitted = _fitted(shares * 2)
    there = [at for at, each in enumerate(shares) if each > 0]
    return {(one, other): float(fitted[one, other]) for one, other in combinations(there, 2)}


def _fitted(rows: np.ndarray) -> np.ndarray:
    """Return the symmetric matrix with nothing on its diagonal and these sums of rows."""
    matrix = np.outer(rows > 0, rows > 0).astype(float)
    np.fill_diagonal(matrix, 0)
    for _ in range(_ROUNDS):
        sums = matrix.sum(axis=1)
        scale = np.sqrt(np.divide(rows, sums, out=np.zeros_like(rows), where=sums > 0))
        matrix = matrix * np.outer(scale, scale)
    return matrix


def _rounded(
    records: int, weights: Mapping[tuple[int, ...], float], people: int
) -> dict[tuple[int, ...], int]:
    """Round so that the sum is right: what is left goes where the shares are furthest short."""
    exact = {each: records * part / sum(weights.values()) for each, part in weights.items()}
    counts = {each: int(value) for each, value in exact.items()}
    due = [sum(value for each, value in exact.items() if at in each) for at in range(people)]
    for _ in range(records - sum(counts.values())):
        has = [sum(often for each, often in counts.items() if at in each) for at in range(people)]
        short = {each: sum(due[at] - has[at] for at in each) for each in counts}
        best = max(counts, key=lambda each: (exact[each] - counts[each] > 0, short[each], each))
        counts[best] += 1
    return counts
