"""A review read again: as if its records were screened in our order, each label told when read.

As in ASReview's simulations, one included and one excluded record, drawn by seed, are known at the
start and do not count; or none is, when the question's text is where it starts from. After every
label the order is learned anew. Seeds go through `numpy.random.default_rng`, which draws the
included record first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from firsthand.methods.screening.measures import Figures, figures
from firsthand.methods.screening.order import Order
from firsthand.methods.screening.texts import Record


@dataclass(frozen=True)
class Run:
    """`known` at the start, then `read` in this order: places of records; and how good that was."""

    seed: int | None
    known: tuple[int, ...]
    read: tuple[int, ...]
    figures: Figures


def starts(labels: Sequence[int], seed: int) -> tuple[int, int]:
    """Return the places of one included and one excluded record, drawn by `seed`."""
    dice, truth = np.random.default_rng(seed), np.asarray(labels)
    yes, no = (int(dice.choice(np.flatnonzero(truth == kind))) for kind in (1, 0))
    return yes, no


def simulate(
    records: Sequence[Record], labels: Sequence[int], question: str = "", seed: int | None = None
) -> Run:
    """Read all records. Without a seed nothing is known at the start but the question.

    Raises ValueError when there is neither, when labels are not 0 and 1, or when there are fewer
    than two records of either kind (with a seed), or none (without).
    """
    _check(records, labels, question, seed)
    order = Order(records, question)
    known = () if seed is None else starts(labels, seed)
    order.label({at: bool(labels[at]) for at in known})
    read = []
    while (at := order.next()) is not None:
        read.append(at)
        order.label({at: bool(labels[at])})
    return Run(seed, known, tuple(read), figures([labels[at] for at in read]))


def _check(
    records: Sequence[Record], labels: Sequence[int], question: str, seed: int | None
) -> None:
    if len(records) != len(labels):
        raise ValueError(f"{len(records)} records have {len(labels)} labels.")
    if seed is None and not question.strip():
        raise ValueError("Without a seed, a question is needed to start from.")
    if not set(labels) <= {0, 1}:
        raise ValueError("Labels must be 0 (excluded) or 1 (included).")
    least = 1 if seed is None else 2
    for kind, name in ((1, "included"), (0, "excluded")):
        if (many := sum(label == kind for label in labels)) < least:
            raise ValueError(f"Only {many} records are {name}; a trial needs {least} at least.")
