"""The arrows between the boxes of a flow diagram, as PRISMA 2020 draws them (Page et al. 2021).

Down each way of searching, out to what stands beside it, and into what was included. Where a box
was not reported, the arrow goes on to the next one that was.
"""

from itertools import pairwise

from firsthand.methods.flow.cells import DATABASES, ELSEWHERE, INCLUDED, PREVIOUS, Cell
from firsthand.methods.flow.shapes import Arrow, Box

_WAYS = (PREVIOUS, DATABASES, ELSEWHERE)


def name(cell: Cell) -> str:
    """What a cell's box is called in the picture."""
    return f"{cell.way}-{cell.key}"


def arrows(cells: tuple[Cell, ...], placed: dict[str, Box]) -> tuple[Arrow, ...]:
    """Down each way, out to what stands beside it, and into what was included."""
    drawn = []
    for way in (DATABASES, ELSEWHERE):
        drawn += _down_and_out([each for each in cells if each.way == way], placed)
    ends = [placed[name(each)] for each in cells if each.way == INCLUDED]
    if ends:
        drawn += _into(cells, placed, ends)
    return tuple(drawn)


def _down_and_out(cells: list[Cell], placed: dict[str, Box]) -> list[Arrow]:
    own = [placed[name(each)] for each in cells if not each.side]
    down = [_down(upper, lower) for upper, lower in pairwise(own)]
    return [*down, *(_out(placed[name(each)], own) for each in cells if each.side and own)]


def _down(upper: Box, lower: Box) -> Arrow:
    return Arrow(((upper.middle, upper.bottom), (lower.middle, lower.y)))


def _out(beside: Box, own: list[Box]) -> Arrow:
    """From the box that stands on the same height, or the last one above it."""
    start = [each for each in own if each.y <= beside.y][-1:] or own[:1]
    reach = start[0].right if start[0].bottom >= beside.first else start[0].middle
    return Arrow(((reach, beside.first), (beside.x, beside.first)))


def _into(cells: tuple[Cell, ...], placed: dict[str, Box], ends: list[Box]) -> list[Arrow]:
    """Databases straight down, other methods in from the right, earlier studies from the left."""
    first, last = ends[0], ends[-1]
    drawn = [_down(upper, lower) for upper, lower in pairwise(ends)]
    own = {way: [placed[name(e)] for e in cells if e.way == way and not e.side] for way in _WAYS}
    if own[DATABASES]:
        drawn.append(_down(own[DATABASES][-1], first))
    if own[ELSEWHERE]:
        drawn.append(_round(own[ELSEWHERE][-1], first, first.right))
    if own[PREVIOUS]:
        drawn.append(_round(own[PREVIOUS][-1], last, last.x))
    return drawn


def _round(start: Box, end: Box, edge: float) -> Arrow:
    """Down from `start`, then across into the edge of `end`."""
    y = end.y + end.height / 2
    return Arrow(((start.middle, start.bottom), (start.middle, y), (edge, y)))
