"""Learning one yes-or-no line for each code, and what a line's answer is worth.

Two views of a text (its hashed stretches, its vector) each get a logistic regression per code,
in which the few texts with the code weigh as much as the many without. The two answers are added.
Frequent codes would still crowd out rare ones, and what is rare matters here: ln(confirmed + 10)
is taken off, in part (Menon AK and others, 2021, Long-tail learning via logit adjustment).
Last, answers are turned into shares of being right (Platt J, 1999), on texts held back.
"""

import zlib
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firsthand.methods.suggest import ngrams
from firsthand.methods.suggest.ngrams import Row

Floats = NDArray[np.float32]
Truth = NDArray[np.bool_]

STRETCHES_C, VECTORS_C = 3.0, 1.0  # how closely lines may follow their examples
TOWARDS_RARE = 0.5  # 0: as often as learned; 1: as if all codes were equally frequent
_FEW = 10  # keeps a code with no confirmed passage from being lifted without bound
_TOO_FEW = 30  # right answers among the texts held back, to learn from what answers are worth
_NEVER = -9.0  # the answer for a code that nothing was learned about


@dataclass(frozen=True)
class Texts:
    """What is learned from: for each text its row, vector (one row of `vectors`) and codes."""

    rows: tuple[Row, ...]
    vectors: Floats  # (texts, 384)
    truth: Truth  # (texts, codes)

    def only(self, keep: NDArray[np.int_]) -> "Texts":
        """Return some of the texts."""
        rows = tuple(self.rows[each] for each in keep.tolist())
        return Texts(rows, self.vectors[keep], self.truth[keep])


@dataclass(frozen=True)
class Lines:
    """Learned weights: answers are row @ by_stretch * scale + vector @ by_vector + start."""

    by_stretch: NDArray[np.int8]  # (PLACES, codes): 8 bits are enough, and a quarter of the size
    scale: Floats  # (codes,)
    by_vector: Floats  # (384, codes)
    start: Floats  # (codes,)


@dataclass(frozen=True)
class Worth:
    """Answer to score: 1 / (1 + exp(-(slope * answer + start))); `enough` gives best micro F1."""

    slope: float
    start: float
    enough: float


def one_thread() -> AbstractContextManager[Any]:
    """Keep the numeric libraries to one thread: on small sums more threads only burn more."""
    import sklearn.linear_model  # noqa: F401  # so that its libraries are loaded, to be limited
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[Any] = threadpool_limits(limits=1)
    return limits


UNKNOWN_WORTH = Worth(1.0, 1.2, 0.15)  # about what the 2022 model of harm's own sentences give


def lines(texts: Texts, confirmed: NDArray[np.int_]) -> Lines:
    """Learn one line per code. `confirmed` says how many confirmed passages each code has."""
    stretches, start = _fitted(ngrams.matrix(texts.rows), texts.truth, STRETCHES_C)
    vectors, more = _fitted(texts.vectors, texts.truth, VECTORS_C)
    lifted = TOWARDS_RARE * np.log(confirmed + _FEW)
    scale = np.maximum(np.abs(stretches).max(axis=0), 1e-9) / np.float32(127)
    rounded = np.rint(stretches / scale).astype(np.int8)
    return Lines(rounded, scale, vectors, (start + more - lifted).astype(np.float32))


def _fitted(known: Any, truth: Truth, closely: float) -> tuple[Floats, Floats]:
    from sklearn.linear_model import LogisticRegression  # slow to load; only learning needs it

    solver, tol = ("lbfgs", 1e-3) if isinstance(known, np.ndarray) else ("liblinear", 1e-2)
    weights = np.zeros((known.shape[1], truth.shape[1]), np.float32)
    starts = np.full(truth.shape[1], _NEVER, np.float32)
    for code in range(truth.shape[1]):
        if truth[:, code].any() and not truth[:, code].all():
            line = LogisticRegression(C=closely, class_weight="balanced", solver=solver, tol=tol)
            line.fit(known, truth[:, code])
            weights[:, code], starts[code] = line.coef_[0], line.intercept_[0]
    return weights, starts


def answers(lines: Lines, rows: Sequence[Row], vectors: Floats) -> Floats:
    """Return the answers, before any worth: shape (texts, codes)."""
    found: Floats = vectors @ lines.by_vector + lines.start
    for place, row in enumerate(rows):
        found[place] += row.weights @ lines.by_stretch[row.places] * lines.scale
    return found


def held_back(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Say which third of the texts to hold back: equal texts alike, and always the same ones."""
    return np.array([zlib.crc32(each.strip().lower().encode()) % 3 == 0 for each in texts])


def worth(texts: Texts, confirmed: NDArray[np.int_], held: NDArray[np.bool_]) -> Worth:
    """Learn what answers are worth, from texts held back and lines that never saw them."""
    rest, asked = texts.only(np.flatnonzero(~held)), texts.only(np.flatnonzero(held))
    if asked.truth.sum() < _TOO_FEW:
        return UNKNOWN_WORTH
    found = answers(lines(rest, confirmed), asked.rows, asked.vectors)
    return _platt(found.ravel(), asked.truth.ravel())


def _platt(found: Floats, truth: Truth) -> Worth:
    from sklearn.linear_model import LogisticRegression

    line = LogisticRegression(C=1e3).fit(found[:, None].astype(np.float64), truth)
    slope, start = max(float(line.coef_[0, 0]), 1e-3), float(line.intercept_[0])
    scores = 1 / (1 + np.exp(-(slope * found + start)))
    return Worth(round(slope, 6), round(start, 6), _enough(scores, truth))


def _enough(scores: NDArray[Any], truth: Truth) -> float:
    """Return the score from which saying yes gives the highest micro F1 (2 hits / said + true)."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(truth[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + truth.sum())
    return round(float(scores[order[int(f1.argmax())]]), 6)
