"""PDFs, pictures, sound and film, and what is marked in them.

Source: REFI-QDA 1.5, the types of the same names. Pages and points are those of the PDF or picture;
`begin`, `end` and `time` are milliseconds.
"""

from dataclasses import dataclass

from firsthand.codebook.refi.kinds import GUID, MOMENT, WHOLE
from firsthand.codebook.refi.parts import attribute, guid, many, needed, number, one, refs, words
from firsthand.codebook.refi.texts import Coding, Text, VariableValue


@dataclass(frozen=True, slots=True)
class PictureSelection:
    """A part of a picture."""

    guid: str = guid()
    first_x: int = needed("firstX", WHOLE)
    first_y: int = needed("firstY", WHOLE)
    second_x: int = needed("secondX", WHOLE)
    second_y: int = needed("secondY", WHOLE)
    name: str = attribute("name")
    user: str = attribute("creatingUser", GUID)
    made: str = attribute("creationDateTime", MOMENT)
    changed_by: str = attribute("modifyingUser", GUID)
    changed: str = attribute("modifiedDateTime", MOMENT)
    description: str = words("Description")
    codings: tuple[Coding, ...] = many("Coding")
    notes: tuple[str, ...] = refs("NoteRef")


@dataclass(frozen=True, slots=True)
class PDFSelection:
    """A part of a page, and its words if it has any."""

    guid: str = guid()
    page: int = needed("page", WHOLE)
    first_x: int = needed("firstX", WHOLE)
    first_y: int = needed("firstY", WHOLE)
    second_x: int = needed("secondX", WHOLE)
    second_y: int = needed("secondY", WHOLE)
    name: str = attribute("name")
    user: str = attribute("creatingUser", GUID)
    made: str = attribute("creationDateTime", MOMENT)
    changed_by: str = attribute("modifyingUser", GUID)
    changed: str = attribute("modifiedDateTime", MOMENT)
    description: str = words("Description")
    text: Text | None = one("Representation")  # noqa: RUF009
    codings: tuple[Coding, ...] = many("Coding")
    notes: tuple[str, ...] = refs("NoteRef")


@dataclass(frozen=True, slots=True)
class _Stretch:
    guid: str = guid()
    begin: int = needed("begin", WHOLE)
    end: int = needed("end", WHOLE)
    name: str = attribute("name")
    user: str = attribute("creatingUser", GUID)
    made: str = attribute("creationDateTime", MOMENT)
    changed_by: str = attribute("modifyingUser", GUID)
    changed: str = attribute("modifiedDateTime", MOMENT)
    description: str = words("Description")
    codings: tuple[Coding, ...] = many("Coding")
    notes: tuple[str, ...] = refs("NoteRef")


@dataclass(frozen=True, slots=True)
class AudioSelection(_Stretch):
    """A stretch of sound."""


@dataclass(frozen=True, slots=True)
class VideoSelection(_Stretch):
    """A stretch of film."""


@dataclass(frozen=True, slots=True)
class SyncPoint:
    """Where in a transcript a point in time is."""

    guid: str = guid()
    time: int | None = number("timeStamp", WHOLE)
    position: int | None = number("position", WHOLE)


@dataclass(frozen=True, slots=True)
class TranscriptSelection:
    """A stretch of a transcript, from one point in time to another."""

    guid: str = guid()
    name: str = attribute("name")
    start: str = attribute("fromSyncPoint", GUID)
    end: str = attribute("toSyncPoint", GUID)
    user: str = attribute("creatingUser", GUID)
    made: str = attribute("creationDateTime", MOMENT)
    changed_by: str = attribute("modifyingUser", GUID)
    changed: str = attribute("modifiedDateTime", MOMENT)
    description: str = words("Description")
    codings: tuple[Coding, ...] = many("Coding")
    notes: tuple[str, ...] = refs("NoteRef")


@dataclass(frozen=True, slots=True)
class Transcript:
    """What is said in a sound or a film."""

    guid: str = guid()
    name: str = attribute("name")
    rich: str = attribute("richTextPath")
    plain: str = attribute("plainTextPath")
    user: str = attribute("creatingUser", GUID)
    made: str = attribute("creationDateTime", MOMENT)
    changed_by: str = attribute("modifyingUser", GUID)
    changed: str = attribute("modifiedDateTime", MOMENT)
    description: str = words("Description")
    content: str = words("PlainTextContent")
    points: tuple[SyncPoint, ...] = many("SyncPoint")
    selections: tuple[TranscriptSelection, ...] = many("TranscriptSelection")
    notes: tuple[str, ...] = refs("NoteRef")


@dataclass(frozen=True, slots=True)
class _Media:
    guid: str = guid()
    name: str = attribute("name")
    path: str = attribute("path")
    current_path: str = attribute("currentPath")
    user: str = attribute("creatingUser", GUID)
    made: str = attribute("creationDateTime", MOMENT)
    changed_by: str = attribute("modifyingUser", GUID)
    changed: str = attribute("modifiedDateTime", MOMENT)
    description: str = words("Description")


@dataclass(frozen=True, slots=True)
class PictureSource(_Media):
    """A picture."""

    text: Text | None = one("TextDescription")  # noqa: RUF009
    selections: tuple[PictureSelection, ...] = many("PictureSelection")
    codings: tuple[Coding, ...] = many("Coding")
    notes: tuple[str, ...] = refs("NoteRef")
    values: tuple[VariableValue, ...] = many("VariableValue")


@dataclass(frozen=True, slots=True)
class PDFSource(_Media):
    """A PDF, and the text that stands for it."""

    selections: tuple[PDFSelection, ...] = many("PDFSelection")
    text: Text | None = one("Representation")  # noqa: RUF009
    codings: tuple[Coding, ...] = many("Coding")
    notes: tuple[str, ...] = refs("NoteRef")
    values: tuple[VariableValue, ...] = many("VariableValue")


@dataclass(frozen=True, slots=True)
class AudioSource(_Media):
    """A sound."""

    transcripts: tuple[Transcript, ...] = many("Transcript")
    selections: tuple[AudioSelection, ...] = many("AudioSelection")
    codings: tuple[Coding, ...] = many("Coding")
    notes: tuple[str, ...] = refs("NoteRef")
    values: tuple[VariableValue, ...] = many("VariableValue")


@dataclass(frozen=True, slots=True)
class VideoSource(_Media):
    """A film."""

    transcripts: tuple[Transcript, ...] = many("Transcript")
    selections: tuple[VideoSelection, ...] = many("VideoSelection")
    codings: tuple[Coding, ...] = many("Coding")
    notes: tuple[str, ...] = refs("NoteRef")
    values: tuple[VariableValue, ...] = many("VariableValue")
