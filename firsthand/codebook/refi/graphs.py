"""Pictures of how things hang together: shapes and the lines between them.

Source: REFI-QDA 1.5, GraphType, VertexType and EdgeType.
"""

from dataclasses import dataclass

from firsthand.codebook.refi.kinds import COLOUR, DIRECTION, GUID, LINE, SHAPE, WHOLE
from firsthand.codebook.refi.parts import attribute, guid, many, needed, number


@dataclass(frozen=True, slots=True)
class Vertex:
    """A shape, and what it stands for."""

    guid: str = guid()
    first_x: int = needed("firstX", WHOLE)
    first_y: int = needed("firstY", WHOLE)
    stands_for: str = attribute("representedGUID", GUID)
    name: str = attribute("name")
    second_x: int | None = number("secondX", WHOLE)
    second_y: int | None = number("secondY", WHOLE)
    shape: str = attribute("shape", SHAPE)
    colour: str = attribute("color", COLOUR)


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two shapes."""

    guid: str = guid()
    source: str = needed("sourceVertex", GUID)
    target: str = needed("targetVertex", GUID)
    stands_for: str = attribute("representedGUID", GUID)
    name: str = attribute("name")
    colour: str = attribute("color", COLOUR)
    direction: str = attribute("direction", DIRECTION)
    line: str = attribute("lineStyle", LINE)


@dataclass(frozen=True, slots=True)
class Graph:
    """Shapes and lines."""

    guid: str = guid()
    name: str = attribute("name")
    vertices: tuple[Vertex, ...] = many("Vertex")
    edges: tuple[Edge, ...] = many("Edge")
