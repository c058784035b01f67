"""Why a record is near the top: its words and phrases, each with what it adds to the score.

A linear machine's score is a sum over words, so each word's share in it is exact, not a guess at
what the machine does. What is above 0 speaks for the record, what is below against it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firsthand.methods.screening.order import Order
from firsthand.methods.screening.texts import Floats

_NEAREST_OF = 100  # included records among which likeness is looked for


@dataclass(frozen=True)
class Reason:
    """A word or pair of words that stands in the record, and what it adds to the score."""

    words: str
    weight: float


@dataclass(frozen=True)
class Why:
    """The strongest reasons, strongest first; `rest` is what all other words add together."""

    score: float
    speaks_for: tuple[Reason, ...]
    against: tuple[Reason, ...]
    rest: float


def why(order: Order, at: int, most: int = 8) -> Why:
    """Return up to `most` reasons each way. Raises ValueError for a place that is not there."""
    return whys(order, [at], most)[0]


def whys(order: Order, places: Sequence[int], most: int = 8) -> list[Why]:
    """Return the reasons of several records: what was learned is added up once for all."""
    strange = next((at for at in places if not 0 <= at < order.size), None)
    if strange is not None:
        raise ValueError(f"There is no record at place {strange}.")
    learned = _learned(order)
    return [_why(order, at, learned, most) for at in places]


def _why(order: Order, at: int, learned: Floats, most: int) -> Why:
    rows = order.texts.rows
    held = slice(rows.indptr[at], rows.indptr[at + 1])
    columns = rows.indices[held]
    weights = rows.data[held] * learned[columns]
    ranked = np.argsort(-np.abs(weights), kind="stable")

    def named(places: NDArray[np.int64]) -> tuple[Reason, ...]:
        few, names = places[:most], order.texts.names
        both = zip(columns[few].tolist(), weights[few].tolist(), strict=True)
        return tuple(Reason(names[column], weight) for column, weight in both)

    for_it, against = named(ranked[weights[ranked] > 0]), named(ranked[weights[ranked] < 0])
    score = float(order.scores[at])
    return Why(score, for_it, against, score - sum(each.weight for each in for_it + against))


def like(order: Order, places: Sequence[int], most: int = 3) -> list[list[int]]:
    """Return for each record the places of the included ones it shares most with, nearest first.

    Looked for among those that pull most, as many hundreds share a word or two with everything.
    """
    pulls = sorted(((p, at) for at, p in order.learned_from() if p > 0 and at < order.size))
    near = [at for _, at in pulls[-_NEAREST_OF:]]
    if not near or not places:
        return [[] for _ in places]
    shared = (order.texts.rows[list(places)] @ order.texts.rows[near].T).toarray()
    ranked = np.argsort(-shared, axis=1, kind="stable")[:, :most]
    return [
        [near[each] for each in row if found[each] > 0]
        for row, found in zip(ranked, shared, strict=True)
    ]


def _learned(order: Order) -> Any:
    """Return each column's weight: what was learned from, added up by its pull."""
    pulls = dict(order.learned_from())
    places = np.array(list(pulls), np.int64)
    return np.array(list(pulls.values()), np.float32) @ order.texts.rows[places]
