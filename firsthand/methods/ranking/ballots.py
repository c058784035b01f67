"""Ballots: what each person put where, as one table of places.

A ballot compares the items it names and those it left behind. Items that share a place are tied.
An item that is neither placed nor left behind ("does not apply to me") was not compared: a partial
ranking in the sense of Turner, van Etten, Firth and Kosmidis (2020), "Modelling rankings in R: the
PlackettLuce package", Computational Statistics 35: 1027-1057.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Places = npt.NDArray[np.int16]
Truths = npt.NDArray[np.bool_]

NOT_COMPARED, MOST_ITEMS = 0, 10_000
LEFT = np.iinfo(np.int16).max  # offered and not placed: behind all that are, in no order
MOST_TIED = 6  # of one place; more cannot be estimated exactly enough among 80 items


@dataclass(frozen=True)
class Ballots:
    """Places of items (columns) on ballots (rows): 1 is first, LEFT last, NOT_COMPARED 0.

    The places of a ballot are 1, 2, 3… without a gap; who shares one is tied.
    """

    places: Places

    def __post_init__(self) -> None:
        if self.places.ndim != 2 or not self.places.shape[1]:
            raise ValueError("ballots are a table of places, a column for each item")

    @property
    def many(self) -> int:
        return len(self.places)

    @property
    def items(self) -> int:
        return int(self.places.shape[1])

    @property
    def compared(self) -> Ints:
        """On how many ballots each item was compared with another."""
        seen = self.places != NOT_COMPARED
        return np.asarray(seen[seen.sum(axis=1) > 1].sum(axis=0), dtype=np.int64)

    def of(self, items: Truths) -> "Ballots":
        """Return the same ballots with the chosen items only."""
        return Ballots(self.places[:, items])

    def some(self, rows: Truths | Ints) -> "Ballots":
        """Return the chosen ballots."""
        return Ballots(self.places[rows])


def ballot(
    order: Iterable[Collection[int]], offered: Collection[int], items: int, most_tied: int = 10**6
) -> list[int]:
    """Return one row: groups of equals, the best first, and all that was offered.

    Raises ValueError for an item that stands twice, that nobody knows, or was not offered, and
    for a place that more than `most_tied` share.
    """
    row = [NOT_COMPARED] * items
    for item in offered:
        row[_known(item, items)] = int(LEFT)
    groups = [group for group in order if group]
    for place, group in enumerate(groups, 1):
        if len(group) > most_tied:
            raise ValueError(f"more than {most_tied} items share a place")
        for item in group:
            if row[_known(item, items)] != LEFT:
                raise ValueError(f"item {item} stands twice, or was not offered")
            row[item] = place
    return row


def table(rows: Sequence[Sequence[int]], items: int) -> Ballots:
    """Return rows of `ballot` as ballots."""
    places = np.array(rows, dtype=np.int16) if len(rows) else np.zeros((0, items), np.int16)
    return Ballots(places.reshape(len(rows), items))


def full_orders(orders: Sequence[Sequence[int]], items: int) -> Ballots:
    """Return ballots that are whole orders of all the items. Raises ValueError."""
    order = np.asarray(orders, dtype=np.int64)
    if order.ndim != 2 or order.shape[1] != items:
        raise ValueError("each order names every item once")
    places = np.zeros(order.shape, dtype=np.int16)
    if order.size and (order.min() < 0 or order.max() >= items):
        raise ValueError("an order names an item that is not there")
    np.put_along_axis(places, order, np.arange(1, items + 1, dtype=np.int16)[None, :], axis=1)
    if not places.all():
        raise ValueError("an order names an item twice")
    return Ballots(places)


def _known(item: int, items: int) -> int:
    if not 0 <= item < items:
        raise ValueError(f"there is no item {item}")
    return item
