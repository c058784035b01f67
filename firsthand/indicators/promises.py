"""What may be published of promises: how each stands, by the period it was made in. Pure.

A two-way table with every margin, protected as one. A promise stands in one row and one column.
"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from firsthand.methods.disclosure.suppress import CannotCover, Protected, protect
from firsthand.methods.disclosure.table import TOTAL, two_way

KEPT, PARTLY, BROKEN, OPEN = "kept", "partly", "broken", "open"
VERDICTS = {
    KEPT: "Kept",
    PARTLY: "Partly kept",
    BROKEN: "Broken",
    OPEN: "Too soon to say",
}


def standing(verdict: str) -> str:
    """The row a verdict is counted in: the person's word, or not yet given."""
    return verdict if verdict in VERDICTS else OPEN


def protected(
    promises: Iterable[tuple[str, str]], periods: tuple[str, ...], threshold: int
) -> Protected:
    """Count promises, each (verdict, code of its period), and withhold what has to be."""
    counted = Counter((standing(verdict), period) for verdict, period in promises)
    cells = tuple(((v, p), counted[v, p]) for v in VERDICTS for p in periods)
    return _protected(cells, threshold)


@lru_cache(maxsize=64)
def _protected(cells: tuple[tuple[tuple[str, str], int], ...], threshold: int) -> Protected:
    table = two_way(dict(cells))
    try:
        return protect(table, threshold, keep=[key for key in table.cells if key[0] == TOTAL])
    except CannotCover:
        return Protected(table, threshold, frozenset(table.cells))
