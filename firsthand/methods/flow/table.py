"""The flow diagram as rows of a table, and as one description, for who does not see the picture.

Same boxes, same order, same words as drawn: both are made from `cells`.
"""

from dataclasses import dataclass

from firsthand.methods.flow.cells import DATABASES, ELSEWHERE, INCLUDED, PREVIOUS, Cell, cells
from firsthand.methods.flow.counts import Count, Flow

COLUMNS = ("Stage", "Way of searching", "What was counted", "Count")
NOT_SAID = "not reported"
_WAYS = {
    PREVIOUS: "Previous studies",
    DATABASES: "Databases and registers",
    ELSEWHERE: "Other methods",
    INCLUDED: "All",
}


@dataclass(frozen=True)
class Row:
    """One count: at which stage, on which way, of what. None when only its name is known."""

    stage: str
    way: str
    what: str
    count: Count

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """As printed, in the order of COLUMNS."""
        said = NOT_SAID if self.count is None else f"{self.count:,}"
        return self.stage, self.way, self.what, said


def rows(flow: Flow) -> tuple[Row, ...]:
    """One row for each count of each box, from top to bottom."""
    return tuple(row for cell in cells(flow) for row in _of(cell))


def sentence(drawn: tuple[Cell, ...]) -> str:
    """The diagram in one breath, for its description."""
    return ". ".join(_box(each) for each in drawn) + "."


def _of(cell: Cell) -> list[Row]:
    way = _WAYS[cell.way]
    own = [Row(cell.stage, way, cell.label, cell.count)] if cell.count is not None else []
    lead = f"{cell.label}: " if cell.label else ""
    return own + [Row(cell.stage, way, lead + part.label, part.count) for part in cell.parts]


def _box(cell: Cell) -> str:
    whole = "" if cell.count is None else f" {cell.count:,}"
    parts = "; ".join(
        part.label if part.count is None else f"{part.label} {part.count:,}" for part in cell.parts
    )
    if not cell.label:
        return parts
    return f"{cell.label}{whole}{': ' if parts else ''}{parts}"
