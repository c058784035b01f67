"""Why a record is near the top: its words and phrases, each with what it adds to the score.

A linear machine's score is a sum over words, so each word's share in it is exact, not a guess at
what the machine does. What is above 0 speaks for the record, what is below against it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from firsthand.methods.screening.order import Order


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
    if not 0 <= at < order.size:
        raise ValueError(f"There is no record at place {at}.")
    row = order.texts.rows[at]
    weights = row.data * _learned(order)[row.indices]
    ranked = np.argsort(-np.abs(weights), kind="stable")
    named = [Reason(order.texts.names[row.indices[each]], float(weights[each])) for each in ranked]
    for_it = tuple(each for each in named if each.weight > 0)[:most]
    against = tuple(each for each in named if each.weight < 0)[:most]
    score = float(order.scores[at])
    return Why(score, for_it, against, score - sum(each.weight for each in for_it + against))


def _learned(order: Order) -> Any:
    """Return each column's weight: what was learned from, added up by its pull."""
    pulls = dict(order.learned_from())
    places = np.array(list(pulls), np.int64)
    return np.array(list(pulls.values()), np.float32) @ order.texts.rows[places]
