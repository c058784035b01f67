"""A linear support vector machine that learns one label after another, and forgets nothing.

Squared hinge loss, solved in the dual by coordinate descent (Hsieh CJ, Chang KW, Lin CJ, Keerthi
SS, Sundararajan S (2008), "A dual coordinate descent method for large-scale linear SVM", ICML),
started from the last solution, and always at the coordinate whose step gains most. After one more
label few coordinates move, so a new ranking takes a handful of steps, not a fit from nothing.

Two ways to hold the records, one solution: `Near` keeps every pair's likeness (a Gram matrix) and
is quickest; `Far` keeps sparse rows and one weight a column: a little slower, and much smaller.
"""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from firsthand.methods.screening.texts import Floats

_BIAS = 0.3  # added to every likeness: a constant term that is held back like the others
_CLOSE = 0.05  # no single step would gain more: close enough for a ranking
_MOST_STEPS = 400  # or four for each label; what is left over is done with the next label
_BLOCK = 64  # records whose likeness to all is worked out together
_AT_ONCE = 32  # steps of `Far` between two looks at all labelled records


class Held(Protocol):
    """Records of which some are labelled; `scores` are those of all records."""

    own: Floats
    scores: Floats

    def pull(self, at: int, amount: float) -> None:
        """Let record `at` pull more (or, below 0, less) on what is like it."""

    def settle(
        self, labelled: NDArray[np.int64], signs: Floats, alphas: Floats, slack: Floats
    ) -> None:
        """Bring `alphas` (of `labelled`, in place) and the scores close to the solution."""


def _steps(scores: Floats, signs: Floats, alphas: Floats, slack: Floats, curve: Floats) -> Floats:
    """Return how far each coordinate would go by itself, never below 0."""
    slope = signs * scores - 1 + slack * alphas
    new: Floats = np.maximum(alphas - slope / curve, 0) - alphas
    return new


def _most(labelled: NDArray[np.int64]) -> int:
    """Return how many steps may be taken: none without labels, more when many came together."""
    return max(_MOST_STEPS, 4 * len(labelled)) if len(labelled) else 0


class Near:
    """Every pair's likeness at hand: memory grows with the square of the records."""

    def __init__(self, rows: Any) -> None:
        self._alike: Floats = np.empty((rows.shape[0], rows.shape[0]), np.float32)
        turned = rows.T.tocsr()
        for begin in range(0, rows.shape[0], _BLOCK):  # all at once would take three times as much
            here = slice(begin, begin + _BLOCK)
            self._alike[here] = (rows[here] @ turned).toarray() + np.float32(_BIAS)
        self.own: Floats = self._alike.diagonal().copy()
        self.scores: Floats = np.zeros(len(self.own), np.float32)

    def pull(self, at: int, amount: float) -> None:
        """Let record `at` pull more, or less."""
        self.scores += np.float32(amount) * self._alike[at]

    def settle(
        self, labelled: NDArray[np.int64], signs: Floats, alphas: Floats, slack: Floats
    ) -> None:
        """Bring alphas and scores close to the solution."""
        curve = self.own[labelled] + slack
        for _ in range(_most(labelled)):
            steps = _steps(self.scores[labelled], signs, alphas, slack, curve)
            best = int(np.argmax(steps * steps * curve))
            if abs(steps[best]) * curve[best] < _CLOSE:
                return
            alphas[best] += steps[best]
            self.pull(int(labelled[best]), float(steps[best] * signs[best]))


class Far:
    """Sparse rows only: memory grows with the words."""

    def __init__(self, rows: Any) -> None:
        self._rows = rows
        self._weights: Floats = np.zeros(rows.shape[1], np.float32)
        self._constant = 0.0
        squares = rows.multiply(rows).sum(axis=1)
        self.own: Floats = np.asarray(squares, np.float32).ravel() + np.float32(_BIAS)
        self.scores: Floats = np.zeros(rows.shape[0], np.float32)

    def pull(self, at: int, amount: float) -> None:
        """Let record `at` pull more, or less; `settle` brings the scores up to date."""
        columns, values = self._row(at)
        self._weights[columns] += np.float32(amount) * values
        self._constant += amount * _BIAS

    def _row(self, at: int) -> tuple[NDArray[np.int32], Floats]:
        held = slice(self._rows.indptr[at], self._rows.indptr[at + 1])
        return self._rows.indices[held], self._rows.data[held]

    def settle(
        self, labelled: NDArray[np.int64], signs: Floats, alphas: Floats, slack: Floats
    ) -> None:
        """Bring alphas and scores close to the solution."""
        known, curve = self._rows[labelled], self.own[labelled] + slack
        for _ in range(-(-_most(labelled) // _AT_ONCE)):
            here = known @ self._weights + np.float32(self._constant)
            steps = _steps(here, signs, alphas, slack, curve)
            far = np.flatnonzero(np.abs(steps) * curve >= _CLOSE)
            if not len(far):
                break
            gains = steps[far] * steps[far] * curve[far]
            for best in far[np.argsort(-gains, kind="stable")[:_AT_ONCE]]:
                self._step(int(labelled[best]), int(best), signs, alphas, slack, curve)
        self.scores = self._rows @ self._weights + np.float32(self._constant)

    def _step(
        self, at: int, best: int, signs: Floats, alphas: Floats, slack: Floats, curve: Floats
    ) -> None:
        """Take the step of one coordinate, as it stands now."""
        columns, values = self._row(at)
        score = float(self._weights[columns] @ values) + self._constant
        one = slice(best, best + 1)
        here = np.array([score], np.float32)
        step = float(_steps(here, signs[one], alphas[one], slack[one], curve[one])[0])
        alphas[best] += step
        self.pull(at, step * float(signs[best]))
