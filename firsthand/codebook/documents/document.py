"""What is read out of a document: its text, and where speakers, headings and pages are in it.

Text is changed only so far: every line end is LF, a byte-order mark at the beginning is off, zero
bytes are out, and half a surrogate pair is U+FFFD. Nothing is composed or decomposed. Offsets count
Unicode code points, the end exclusive (W3C Web Annotation, TextPositionSelector).
"""

import re
from dataclasses import dataclass, field

from firsthand.codebook.rules import HEADING as HEADING
from firsthand.codebook.rules import MOST_TEXT
from firsthand.codebook.rules import PAGE as PAGE
from firsthand.codebook.rules import SPEAKER as SPEAKER

LONGEST_NAME = 200  # characters of a turn's name
_HALF = re.compile("[\ud800-\udfff]")
NO_TEXT = "There is no text in this file. Open it on your device, and choose one that has words."
TOO_LONG = (
    "This file has more text than can be coded in one piece: two million characters at most. "
    "Save it in parts, such as one file for each chapter, and bring those."
)


class Unreadable(ValueError):
    """A file that cannot be read; its text says so to whoever chose it, and what to do next."""


@dataclass(frozen=True, order=True)
class Turn:
    """A stretch of the text: someone's turn to speak, a heading, or a page."""

    start: int
    end: int
    kind: str
    name: str


@dataclass(frozen=True)
class Document:
    """A text and its turns in their order; `dropped` says in sentences what was left out."""

    text: str
    turns: tuple[Turn, ...] = ()
    title: str = ""
    format: str = "txt"
    dropped: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Return a text with LF as its only line end, without zero bytes and halves of pairs."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _HALF.sub("\ufffd", text.replace("\0", ""))


@dataclass
class Writing:
    """A text that is being put together, a line or a page at a time."""

    pieces: list[str] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    title: str = ""
    length: int = 0

    def line(self, text: str, *, heading: bool = False, kind: str = "", name: str = "") -> None:
        """Add a text and a line end. Raises Unreadable when it grows too long."""
        text = plain(text)
        kind, name = (HEADING, text) if heading else (kind, name)
        if kind and text.strip():
            at = self.length + len(text) - len(text.lstrip())
            named = " ".join(name.split())[:LONGEST_NAME]
            self.turns.append(Turn(at, at + len(text.strip()), kind, named))
        self.pieces.append(text + "\n")
        self.length += len(text) + 1
        if self.length > MOST_TEXT:
            raise Unreadable(TOO_LONG)

    def document(self, kind: str) -> Document:
        """Return what was put together. Raises Unreadable when there is not a word in it."""
        text = "".join(self.pieces).rstrip("\n")
        if not text.strip():
            raise Unreadable(NO_TEXT)
        heading = next((each.name for each in self.turns if each.kind == HEADING), "")
        title = " ".join(plain(self.title).split())[:LONGEST_NAME] or heading
        return Document(text, tuple(sorted(self.turns)), title, kind, tuple(self.dropped))

    def left_out(self, count: int, one: str, many: str) -> None:
        """Note that so many of something are not in the text."""
        if count:
            self.dropped.append(
                f"Left out: {one}." if count == 1 else f"Left out: {count:,} {many}."
            )
