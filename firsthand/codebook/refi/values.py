"""What a coding project and a codebook hold: all that REFI-QDA 1.5 knows, as frozen values.

Source: REFI-QDA 1.5 (25 September 2019), section 5, its two schemas. Fields stand in the order of
the schema. A GUID is in small letters and without braces; "" and None mean that nothing is said.
Positions are counted in Unicode code points from 0, `end` is the first one that is not part of it.
"""

from dataclasses import dataclass
from typing import Any

from firsthand.codebook.refi.graphs import Edge, Graph, Vertex
from firsthand.codebook.refi.kinds import COLOUR, DIRECTION, GUID, MOMENT, TRUTH, VARIABLE
from firsthand.codebook.refi.media import (
    AudioSelection,
    AudioSource,
    PDFSelection,
    PDFSource,
    PictureSelection,
    PictureSource,
    SyncPoint,
    Transcript,
    TranscriptSelection,
    VideoSelection,
    VideoSource,
)
from firsthand.codebook.refi.parts import attribute, guid, many, needed, refs, words
from firsthand.codebook.refi.texts import Coding, Text, TextSelection, VariableValue

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"


@dataclass(frozen=True, slots=True)
class User:
    """Someone who worked on a project."""

    guid: str = guid()
    name: str = attribute("name")
    id: str = attribute("id")


@dataclass(frozen=True, slots=True)
class Code:
    """A code and the codes beneath it. One that is not `codable` only holds others together."""

    guid: str = guid()
    name: str = needed("name")
    codable: bool = needed("isCodable", TRUTH)
    colour: str = attribute("color", COLOUR)
    description: str = words("Description")
    notes: tuple[str, ...] = refs("NoteRef")
    children: "tuple[Code, ...]" = many("Code")  # noqa: RUF009


@dataclass(frozen=True, slots=True)
class CodeSet:
    """Codes that are held together, in a codebook."""

    guid: str = guid()
    name: str = needed("name")
    description: str = words("Description")
    codes: tuple[str, ...] = refs("MemberCode", "guid")


@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook by itself: what a .qdc holds."""

    origin: str = attribute("origin")
    codes: tuple[Code, ...] = many("Code", box=("Codes",))
    sets: tuple[CodeSet, ...] = many("Set", box=("Sets",))


@dataclass(frozen=True, slots=True)
class Variable:
    """A named attribute that cases and sources may have."""

    guid: str = guid()
    name: str = needed("name")
    kind: str = needed("typeOfVariable", VARIABLE)
    description: str = words("Description")


@dataclass(frozen=True, slots=True)
class Case:
    """A subject by which sources and selections are grouped."""

    guid: str = guid()
    name: str = attribute("name")
    description: str = words("Description")
    codes: tuple[str, ...] = refs("CodeRef")
    values: tuple[VariableValue, ...] = many("VariableValue")
    sources: tuple[str, ...] = refs("SourceRef")
    selections: tuple[str, ...] = refs("SelectionRef")


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two things."""

    guid: str = guid()
    name: str = attribute("name")
    direction: str = attribute("direction", DIRECTION)
    colour: str = attribute("color", COLOUR)
    origin: str = attribute("originGUID", GUID)
    target: str = attribute("targetGUID", GUID)
    notes: tuple[str, ...] = refs("NoteRef")


@dataclass(frozen=True, slots=True)
class Set:
    """A named collection of codes, sources and notes."""

    guid: str = guid()
    name: str = needed("name")
    description: str = words("Description")
    codes: tuple[str, ...] = refs("MemberCode")
    sources: tuple[str, ...] = refs("MemberSource")
    notes: tuple[str, ...] = refs("MemberNote")


Source = Text | PictureSource | PDFSource | AudioSource | VideoSource


@dataclass(frozen=True, slots=True)
class Project:
    """A coding project: what the .qde in a .qdpx holds."""

    name: str = needed("name")
    origin: str = attribute("origin")
    user: str = attribute("creatingUserGUID", GUID)
    made: str = attribute("creationDateTime", MOMENT)
    changed_by: str = attribute("modifyingUserGUID", GUID)
    changed: str = attribute("modifiedDateTime", MOMENT)
    base_path: str = attribute("basePath")
    users: tuple[User, ...] = many("User", box=("Users",))
    codes: tuple[Code, ...] = many("Code", box=("CodeBook", "Codes"))
    variables: tuple[Variable, ...] = many("Variable", box=("Variables",))
    cases: tuple[Case, ...] = many("Case", box=("Cases",))
    sources: tuple[Source, ...] = many(
        "TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource", box=("Sources",)
    )
    notes: tuple[Text, ...] = many("Note", box=("Notes",))
    links: tuple[Link, ...] = many("Link", box=("Links",))
    sets: tuple[Set, ...] = many("Set", box=("Sets",))
    graphs: tuple[Graph, ...] = many("Graph", box=("Graphs",))
    description: str = words("Description")
    project_notes: tuple[str, ...] = refs("NoteRef")


# Which class an element is, in a project and in a codebook.
IN_PROJECT: dict[str, type[Any]] = {
    "Project": Project, "User": User, "Code": Code, "Variable": Variable, "Case": Case,
    "VariableValue": VariableValue, "Coding": Coding, "Link": Link, "Set": Set,
    "TextSource": Text, "Note": Text, "Representation": Text, "TextDescription": Text,
    "PlainTextSelection": TextSelection,
    "PictureSource": PictureSource, "PictureSelection": PictureSelection,
    "PDFSource": PDFSource, "PDFSelection": PDFSelection,
    "AudioSource": AudioSource, "AudioSelection": AudioSelection,
    "VideoSource": VideoSource, "VideoSelection": VideoSelection,
    "Transcript": Transcript, "TranscriptSelection": TranscriptSelection, "SyncPoint": SyncPoint,
    "Graph": Graph, "Vertex": Vertex, "Edge": Edge,
}  # fmt: skip
IN_CODEBOOK: dict[str, type[Any]] = {"CodeBook": Codebook, "Code": Code, "Set": CodeSet}
