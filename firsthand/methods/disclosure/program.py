"""The relations of a table as rows of a linear programme, one column for each cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy  # loads its parts when they are first used

from firsthand.methods.disclosure.table import Key, Relation

Numbers = npt.NDArray[np.float64]
Choice = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rows:
    """low <= matrix @ cells <= high."""

    matrix: Numbers
    low: Numbers
    high: Numbers

    def given(self, columns: Choice, counts: Numbers) -> "Rows":
        """What is left to know of the chosen columns once the others are counts."""
        rest = self.matrix[:, ~columns] @ counts[~columns]
        return Rows(self.matrix[:, columns], self.low - rest, self.high - rest)

    def constraints(self) -> "list[scipy.optimize.LinearConstraint]":
        """As the solver takes them; none at all when there is no relation."""
        if not len(self.low):
            return []
        return [scipy.optimize.LinearConstraint(self.matrix, self.low, self.high)]


def rows(relations: Iterable[Relation], keys: Sequence[Key]) -> Rows:
    """One row a relation, one column a key."""
    place = {key: i for i, key in enumerate(keys)}
    known = list(relations)
    matrix = np.zeros((len(known), len(keys)))
    for row, relation in zip(matrix, known, strict=True):
        for key, weight in relation.weights:
            row[place[key]] += weight
    low = np.array([relation.low for relation in known], dtype=float)
    return Rows(matrix, low, np.array([relation.high for relation in known], dtype=float))
