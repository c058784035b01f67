"""Texts, the stretches that are marked in them, and what is said of both.

Source: REFI-QDA 1.5, TextSourceType, PlainTextSelectionType, CodingType and VariableValueType.
"""

from dataclasses import dataclass

from firsthand.codebook.refi.kinds import GUID, MOMENT, WHOLE
from firsthand.codebook.refi.parts import attribute, guid, many, needed, ref, refs, said, words


@dataclass(frozen=True, slots=True)
class Coding:
    """That a code is put on something, and by whom."""

    guid: str = guid()
    user: str = attribute("creatingUser", GUID)
    made: str = attribute("creationDateTime", MOMENT)
    code: str = ref("CodeRef")
    notes: tuple[str, ...] = refs("NoteRef")


@dataclass(frozen=True, slots=True)
class VariableValue:
    """What a variable says of a case or a source. `said`: the element's name, and its text."""

    variable: str = ref("VariableRef")
    said: tuple[str, str] = said()


@dataclass(frozen=True, slots=True)
class TextSelection:
    """A stretch of text. Many tools put the words themselves into `name`."""

    guid: str = guid()
    start: int = needed("startPosition", WHOLE)
    end: int = needed("endPosition", WHOLE)
    name: str = attribute("name")
    user: str = attribute("creatingUser", GUID)
    made: str = attribute("creationDateTime", MOMENT)
    changed_by: str = attribute("modifyingUser", GUID)
    changed: str = attribute("modifiedDateTime", MOMENT)
    description: str = words("Description")
    codings: tuple[Coding, ...] = many("Coding")
    notes: tuple[str, ...] = refs("NoteRef")


@dataclass(frozen=True, slots=True)
class Text:
    """A text: a source, a note, or what stands for a PDF or a picture in words.

    The text itself is in `content`, or in the file that `plain` names: never in both.
    """

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
    selections: tuple[TextSelection, ...] = many("PlainTextSelection")
    codings: tuple[Coding, ...] = many("Coding")
    notes: tuple[str, ...] = refs("NoteRef")
    values: tuple[VariableValue, ...] = many("VariableValue")
