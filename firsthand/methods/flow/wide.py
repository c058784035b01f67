"""The diagram as PRISMA 2020 prints it: ways of searching side by side, exclusions to the right.

Boxes of one stage begin on one height, so that the ways can be compared (Page et al. 2021,
figure 1). A box that grows pushes down all that stands below it.
"""

from dataclasses import dataclass

from firsthand.methods.flow.arrows import arrows, name
from firsthand.methods.flow.cells import (
    DATABASES,
    ELSEWHERE,
    INCLUDED,
    PREVIOUS,
    STAGE_OF,
    STAGES,
    Cell,
)
from firsthand.methods.flow.measure import width
from firsthand.methods.flow.shapes import (
    COUNT,
    HEADING,
    PAD,
    SIZE,
    STAGE_UPRIGHT,
    Arrow,
    Box,
    Line,
    box,
    lines_of,
    plain,
)

_MARGIN, _BAR, _AFTER_BAR, _GAP, _BETWEEN, _DOWN = 16.0, 34.0, 14.0, 34.0, 30.0, 30.0
_COLUMN, _NARROWER = 290.0, 222.0  # alone, and with other ways beside it
_WIDER, _MANY = 400.0, 14  # a side whose boxes would have more lines than _MANY is made so wide


@dataclass(frozen=True)
class Place:
    """Where a column of boxes begins and how wide it is."""

    x: float
    width: float


@dataclass(frozen=True)
class Laid:
    """Boxes and arrows, and how far they reach."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: float
    bottom: float


def lay(cells: tuple[Cell, ...], titles: dict[str, str]) -> Laid:
    """Put every cell in its place. `titles`: what stands over each way that is there."""
    columns, right = _columns(cells, titles)
    heads = _heads(titles, columns)
    top = max(each.bottom for each in heads) + _DOWN / 2
    placed: dict[str, Box] = {}
    bars = []
    for stage in STAGES:
        here = [each for each in cells if each.stage == stage]
        bar, top = _stage(stage, here, columns, top, placed)
        bars += bar
    boxes = (*heads, *bars, *placed.values())
    return Laid(boxes, arrows(cells, placed), right + _MARGIN, top - _DOWN)


def _columns(cells: tuple[Cell, ...], titles: dict[str, str]) -> tuple[dict[str, Place], float]:
    """The column of each way's own boxes and of those beside it, and where the last one ends."""
    wide = _COLUMN if len(titles) == 1 else _NARROWER
    x, columns = _MARGIN + _BAR + _AFTER_BAR, {}
    for way in (each for each in (PREVIOUS, DATABASES, ELSEWHERE) if each in titles):
        columns[way] = Place(x, wide)
        x += wide
        if way != PREVIOUS:
            side = _side([each for each in cells if each.way == way and each.side], wide)
            columns[f"{way} side"] = Place(x + _GAP, side)
            x += _GAP + side
        x += _BETWEEN
    columns[INCLUDED] = columns[DATABASES]
    return columns, x - _BETWEEN


def _side(cells: list[Cell], wide: float) -> float:
    """How wide the boxes beside a way are: wider where reasons would make one very high."""
    most = max((len(lines_of(each, wide)) for each in cells), default=0)
    return _WIDER if most > _MANY else wide


def _heads(titles: dict[str, str], columns: dict[str, Place]) -> list[Box]:
    """What stands over each way, as wide as all its boxes and all of one height."""
    heads = []
    for way, text in titles.items():
        last = columns.get(f"{way} side", columns[way])
        whole = last.x + last.width - columns[way].x
        at = (columns[way].x, _MARGIN)
        heads.append(box(way, HEADING, at, whole, plain(text, whole, strong=True)))
    most = max(each.height for each in heads)
    return [box(h.key, HEADING, (h.x, h.y), h.width, h.lines, most) for h in heads]


def _stage(
    stage: str,
    here: list[Cell],
    columns: dict[str, Place],
    top: float,
    placed: dict[str, Box],
) -> tuple[list[Box], float]:
    """Place a stage's rows and the bar beside them; return the bar and where the next begins."""
    begin = top
    for row in (number for number, its in STAGE_OF.items() if its == stage):
        drawn = [_at(each, columns, top) for each in here if each.row == row]
        placed |= {each.key: each for each in drawn}
        if drawn:
            top = max(each.bottom for each in drawn) + _DOWN
    if top == begin:
        return [], top
    # A bar is never shorter than its own word.
    top = max(top, begin + width(stage, SIZE, strong=True) + 2 * PAD + _DOWN)
    line = (Line(stage, strong=True),)
    bar = Box(stage, STAGE_UPRIGHT, _MARGIN, begin, _BAR, top - _DOWN - begin, line)
    return [bar], top


def _at(cell: Cell, columns: dict[str, Place], top: float) -> Box:
    place = columns[f"{cell.way} side" if cell.side else cell.way]
    return box(name(cell), COUNT, (place.x, top), place.width, lines_of(cell, place.width))
