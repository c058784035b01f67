"""A text in pieces, where stretches that are marked in it overlap or lie within each other.

A sweep over the edges of the marks, in order: at each edge the marks that begin and end there are
taken into and out of those that lie over the text (as for intersecting intervals; Bentley and
Ottmann, IEEE Transactions on Computers 1979;28:643-647, in one dimension). Places are code points.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Mark:
    """A marked stretch, the end exclusive."""

    start: int
    end: int


@dataclass(frozen=True)
class Piece:
    """A stretch over which the same marks lie; `opens` begin here, `closes` end with it.

    Marks are named by their places in what was given.
    """

    start: int
    end: int
    over: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()
    closes: tuple[int, ...] = ()


def pieces(parts: Sequence[tuple[int, int]], marks: Sequence[Mark]) -> list[list[Piece]]:
    """Return for each part of a text (in order, none over another) the pieces it falls into.

    A mark opens in the first part it reaches and closes in the last. A mark that lies in no part
    opens nowhere. Time grows with the pieces there are, not with marks times parts.
    """
    found: list[list[Piece]] = []
    order = sorted(range(len(marks)), key=lambda each: (marks[each].start, -marks[each].end))
    waiting, over, opened = 0, list[int](), set[int]()
    last_of = _last_parts(parts, marks)
    for place, (start, end) in enumerate(parts):
        while waiting < len(order) and marks[order[waiting]].start < end:
            over.append(order[waiting])
            waiting += 1
        over = [each for each in over if marks[each].end > start]
        found.append(_in_part(place, start, end, over, marks, opened, last_of))
    return found


def _last_parts(parts: Sequence[tuple[int, int]], marks: Sequence[Mark]) -> list[int]:
    """Return for each mark the place of the last part that begins before the mark ends."""
    starts = [start for start, _ in parts]
    return [bisect_right(starts, mark.end - 1) - 1 for mark in marks]


def _in_part(
    place: int,
    start: int,
    end: int,
    over: Sequence[int],
    marks: Sequence[Mark],
    opened: set[int],
    last_of: Sequence[int],
) -> list[Piece]:
    edges = {start, end}
    for each in over:
        edges |= {at for at in (marks[each].start, marks[each].end) if start < at < end}
    cuts = sorted(edges)
    found = []
    for begin, stop in pairwise(cuts):
        here = tuple(each for each in over if marks[each].start < stop and marks[each].end > begin)
        opens = tuple(each for each in here if each not in opened)
        opened.update(opens)
        closes = tuple(
            each for each in here if _closes(marks[each], stop, last_of[each] == place, end)
        )
        found.append(Piece(begin, stop, here, opens, closes))
    return found


def _closes(mark: Mark, stop: int, in_last: bool, end: int) -> bool:
    """A mark closes where it ends; or, where that is between parts, with the part before."""
    return mark.end == stop or (in_last and stop == end < mark.end)
