"""How good a reading order was: loss, recall at 10 % read, work saved over sampling.

Labels are 1 (included) or 0, in the order read, each record of the set once; what was known before
the start is left out. Loss is the area between the best possible recall curve and the one reached,
as a share of the area between the best and the worst: 0 is best, 1 worst, 0.5 what chance gives
(ASReview Insights 1.3, "Loss"; Teijema JJ et al. 2025). As both curves count records, it equals
1 - AUC. Work saved over sampling: Cohen AM, Hersh WR, Peterson K, Yen PY (2006), "Reducing workload
in systematic review preparation using automated citation classification", JAMIA 13: 206-219.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Figures:
    """Of one reading order. Shares from 0 to 1; `wss_95` from -0.05 to 0.95."""

    records: int
    included: int
    loss: float
    recall_10: float
    wss_95: float


def figures(labels: Sequence[int]) -> Figures:
    """Return all figures. Raises ValueError when there are not both kinds of records."""
    return Figures(
        len(labels), sum(labels), loss(labels), recall_at(labels, 0.1), work_saved(labels, 0.95)
    )


def loss(labels: Sequence[int]) -> float:
    """Return the loss. Raises ValueError when all records are alike, or not 0 and 1."""
    read = _checked(labels)
    places = np.flatnonzero(read) + 1
    found, size = len(places), len(read)
    return float((places.sum() - found * (found + 1) / 2) / (found * (size - found)))


def loss_of_scores(scores: Sequence[float], labels: Sequence[int]) -> float:
    """Return the loss of one ranking by score, highest first; ties count half, as chance has it."""
    from scipy.stats import rankdata  # slow to load

    truth = _checked(labels)
    places = rankdata(-np.asarray(scores, float))[truth == 1]
    found, size = len(places), len(truth)
    return float((places.sum() - found * (found + 1) / 2) / (found * (size - found)))


def recall_at(labels: Sequence[int], share: float) -> float:
    """Return the share of included records among the first `share` of all, rounded up."""
    read = _checked(labels)
    most = _up(share * len(read))
    return float(read[:most].sum() / read.sum())


def work_saved(labels: Sequence[int], recall: float) -> float:
    """Return the share left unread when `recall` is reached, less 1 - recall."""
    read = _checked(labels)
    wanted = _up(recall * int(read.sum()))
    at = int(np.searchsorted(np.cumsum(read), wanted)) + 1
    return 1 - at / len(read) - (1 - recall)


def _up(number: float) -> int:
    return math.ceil(number - 1e-9)  # 0.95 * 20 is 19, whatever floating point says


def _checked(labels: Sequence[int]) -> NDArray[np.int64]:
    read = np.asarray(labels)
    if not np.isin(read, (0, 1)).all():
        raise ValueError("Labels must be 0 (excluded) or 1 (included).")
    if len(read) == 0 or read.min() == read.max():
        raise ValueError("There must be records of both kinds, included and excluded.")
    return read.astype(np.int64)
