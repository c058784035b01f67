"""What a drawn flow diagram consists of: boxes with lines of text, and arrows. All in pixels.

Positions count from the top left. Nothing here knows of SVG or of any other way to draw.
"""

from dataclasses import dataclass

from firsthand.methods.flow.cells import Cell
from firsthand.methods.flow.measure import wrapped

SIZE, LEADING, PAD, INDENT = 14.0, 19.0, 10.0, 14.0
HANG = 10.0  # a part's line that goes on is set in by so much more: long reasons stay apart
COUNT, HEADING, STAGE, STAGE_UPRIGHT = "count", "heading", "stage", "stage-upright"

Point = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """A line of text within a box, set in by so many pixels."""

    text: str
    indent: float = 0.0
    strong: bool = False


@dataclass(frozen=True)
class Box:
    """A box. `kind` is COUNT, HEADING, STAGE or STAGE_UPRIGHT (its text runs upwards)."""

    key: str
    kind: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def first(self) -> float:
        """The height of its first line's middle: where an arrow from the side comes in."""
        return self.y + PAD + LEADING / 2

    @property
    def middle(self) -> float:
        """Half way across."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class Arrow:
    """A line through these points; its head is at the last one."""

    points: tuple[Point, ...]


@dataclass(frozen=True)
class Figure:
    """A whole picture. `notes` stand under the boxes, which end at `notes_from`."""

    title: str
    description: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    notes: tuple[Line, ...] = ()
    notes_from: float = 0.0


def lines_of(cell: Cell, width: float) -> tuple[Line, ...]:
    """The text of a box of this width."""
    lines: list[Line] = []
    if cell.label:
        mark = ":" if cell.parts else ""
        lines += _broken(_counted(cell.label, cell.count) + mark, width, 0.0, 0.0)
    inner = INDENT if cell.label else 0.0
    for part in cell.parts:
        said = _counted(part.label, part.count)
        lines += _broken(said, width, inner + INDENT * part.depth, HANG)
    return tuple(lines)


def box(
    key: str, kind: str, at: Point, width: float, lines: tuple[Line, ...], least: float = 0.0
) -> Box:
    """A box as high as its lines need."""
    return Box(key, kind, *at, width, max(len(lines) * LEADING + 2 * PAD, least), lines)


def plain(text: str, width: float, *, strong: bool = False) -> tuple[Line, ...]:
    """Text of no cell, broken to fit a box of this width."""
    room = width - 2 * PAD
    return tuple(Line(each, 0.0, strong) for each in wrapped(text, room, SIZE, strong=strong))


def _broken(text: str, width: float, indent: float, hang: float) -> list[Line]:
    lines = wrapped(text, width - 2 * PAD - indent - hang, SIZE)
    return [Line(each, indent + (hang if i else 0.0)) for i, each in enumerate(lines)]


def _counted(label: str, count: int | None) -> str:
    return label if count is None else f"{label} (n\u00a0=\u00a0{count:,})"
