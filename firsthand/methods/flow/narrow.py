"""The diagram for a phone: all boxes below each other, exclusions set in under what they left.

Not a PRISMA layout, but the same boxes in the same order and words, at letters that can be read
on 375 pixels without turning or zooming.
"""

from firsthand.methods.flow.arrows import name
from firsthand.methods.flow.cells import DATABASES, INCLUDED, PREVIOUS, Cell
from firsthand.methods.flow.shapes import (
    COUNT,
    HEADING,
    STAGE,
    Arrow,
    Box,
    Point,
    box,
    lines_of,
    plain,
)
from firsthand.methods.flow.wide import Laid

WIDTH = 375.0
_MARGIN, _SET_IN, _DOWN, _BELOW = 10.0, 44.0, 26.0, 14.0
_LANES = {PREVIOUS: 12.0, DATABASES: 20.0}  # where a way runs down past the others
_LEFT = 30.0  # where boxes begin, right of the lanes
_SPINE = 22.0  # from a box's left edge: where the arrow to the next box leaves


def lay(cells: tuple[Cell, ...], titles: dict[str, str]) -> Laid:
    """Put every cell in its place. `titles`: what stands over each way that is there."""
    page = _Page(left=_LEFT if len(titles) > 1 else _MARGIN)
    for way in (*titles, INCLUDED):
        page.way(way, titles.get(way, ""), [each for each in cells if each.way == way])
    page.join()
    return Laid(tuple(page.boxes), tuple(page.arrows), WIDTH, page.y - _DOWN)


class _Page:
    """What is placed so far, and how far down."""

    def __init__(self, left: float) -> None:
        self.left, self.y = left, _MARGIN
        self.boxes: list[Box] = []
        self.arrows: list[Arrow] = []
        self.placed: dict[str, Box] = {}
        self.ends: dict[str, Box] = {}  # the last box of each way
        self.starts: dict[str, Box] = {}

    def way(self, way: str, heading: str, cells: list[Cell]) -> None:
        """One way of searching: its heading, its stages and its boxes."""
        if heading:
            self._bar(way, HEADING, heading, 0.0)
        stage, above = "", None
        for cell in cells:
            if cell.stage != stage:
                stage = cell.stage
                self._bar(f"{way}-{stage}", STAGE, stage, _DOWN - _BELOW)
            above = self._cell(cell, above)
        self._remember(way, [each for each in cells if not each.side])

    def _bar(self, key: str, kind: str, text: str, after: float) -> None:
        width = WIDTH - _MARGIN - self.left
        made = box(key, kind, (self.left, self.y), width, plain(text, width, strong=True))
        self.boxes.append(made)
        self.y = made.bottom + _BELOW + after

    def _cell(self, cell: Cell, above: Box | None) -> Box | None:
        x = self.left + (_SET_IN if cell.side else 0.0)
        width = WIDTH - _MARGIN - x
        at = (x, self.y - (_DOWN - _BELOW if cell.side else 0.0))
        made = box(name(cell), COUNT, at, width, lines_of(cell, width))
        self.boxes.append(made)
        self.placed[made.key] = made
        self.y = made.bottom + _DOWN
        if above:
            self.arrows.append(self._out(above, made) if cell.side else self._from(above, made))
        return above if cell.side else made

    def _from(self, above: Box, below: Box) -> Arrow:
        """Straight down; where the next stage begins it runs on behind the stage's name."""
        x = above.x + _SPINE
        return Arrow(((x, above.bottom), (x, below.y)))

    def _out(self, above: Box, beside: Box) -> Arrow:
        x, y = above.x + _SPINE, beside.first
        return Arrow(((x, above.bottom), (x, y), (beside.x, y)))

    def _remember(self, way: str, own: list[Cell]) -> None:
        if own:
            self.starts[way], self.ends[way] = (self.placed[name(own[i])] for i in (0, -1))

    def join(self) -> None:
        """Lead each way into what was included: the last way from above, others down a lane."""
        before = [way for way in self.ends if way != INCLUDED]
        for way in before if INCLUDED in self.ends else ():
            end = (self.ends if way == PREVIOUS else self.starts)[INCLUDED]
            last = way == before[-1]
            self.arrows.append(self._from(self.ends[way], end) if last else self._lane(way, end))

    def _lane(self, way: str, end: Box) -> Arrow:
        x, start = _LANES[way], self.ends[way]
        y, to = start.y + start.height / 2, end.y + end.height / 2
        points: tuple[Point, ...] = ((start.x, y), (x, y), (x, to), (end.x, to))
        return Arrow(points)
