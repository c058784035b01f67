"""Word documents: ECMA-376 (Office Open XML), WordprocessingML, transitional and strict.

Tracked changes are read as if they were accepted. Cells of a table are parted by tabs. Footnotes
and endnotes stand at the end. Comments, headers, footers, pictures and lists' numbers are no text.
"""

import posixpath
import re
from collections.abc import Iterator

from firsthand.codebook.documents.document import Document, Writing
from firsthand.codebook.documents.packed import Parts, local

_NOT_WORDS = {"del", "moveFrom", "Fallback"}
_TEXTS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011",
          "softHyphen": "\u00ad"}  # fmt: skip
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
CHANGES = "Tracked changes were read as if they were accepted."
NOTES = "Footnotes and endnotes stand at the end of the text."
Attributes = dict[str, str]


def read(content: bytes) -> Document:
    """Return a document's text. Raises Unreadable."""
    parts = Parts(content)
    written = Writing(title=_title(parts))
    headings = set(_heading_styles(parts)) if "word/styles.xml" in parts else set()
    body = _Body(written, headings)
    parts.tell(_main(parts), body)
    notes = [name for name in _NOTES if name in parts and body.notes]
    for name in notes:
        parts.tell(name, _Body(written, set()))
    written.dropped += [NOTES] * bool(notes) + [CHANGES] * body.changed
    written.left_out(body.comments, "one comment", "comments")
    written.left_out(body.pictures, "one picture", "pictures")
    if parts.named("word/header") or parts.named("word/footer"):
        written.dropped.append("Left out: what stands at the head and the foot of each page.")
    if body.numbered:
        written.dropped.append("Left out: the numbers and bullets of lists.")
    return written.document("docx")


def _main(parts: Parts) -> str:
    """Return the name of the part with the text, as the package says it."""
    if "_rels/.rels" in parts:
        for each in parts.tree("_rels/.rels"):
            if each.get("Type", "").endswith("/officeDocument"):
                name = posixpath.normpath(each.get("Target", "").lstrip("/"))
                return name if name in parts else "word/document.xml"
    return "word/document.xml"


def _title(parts: Parts) -> str:
    if "docProps/core.xml" not in parts:
        return ""
    found = (each.text for each in parts.tree("docProps/core.xml") if local(each.tag) == "title")
    return next(found, "") or ""


def _heading_styles(parts: Parts) -> Iterator[str]:
    """Yield the styles that are headings: by their name, or by their level in the outline."""
    for style in parts.tree("word/styles.xml"):
        said = {local(each.tag): _value(_bare(each.attrib)) for each in style.iter()}
        level = said.get("outlineLvl", "9")
        if re.match(r"(?i)heading \d|title$", said.get("name", "")) or level in "012345678":
            yield _bare(style.attrib).get("styleId", "")


def _bare(attributes: Attributes) -> Attributes:
    return {local(name): value for name, value in attributes.items()}


def _value(attributes: Attributes) -> str:
    return attributes.get("val", "")


class _Body:
    """Hears the tags of a part one after the other, and writes its paragraphs."""

    def __init__(self, written: Writing, headings: set[str]) -> None:
        self.written, self.headings = written, headings
        self.paragraphs: list[list[str]] = []
        self.is_heading: list[bool] = []
        self.rows: list[list[list[str]]] = []  # of each table that is open: cells, paragraphs
        self.out = self.in_text = self.comments = self.pictures = self.notes = 0
        self.changed = self.numbered = self.separator = False

    def start(self, tag: str, attributes: Attributes) -> None:
        name = local(tag)
        self.out += name in _NOT_WORDS or (name == "footnote" and "type" in _bare(attributes))
        self.changed |= name in ("del", "ins", "moveFrom")
        if not self.out:
            self._start(name, _bare(attributes))

    def _start(self, name: str, said: Attributes) -> None:
        if name == "p":
            self.paragraphs.append([])
            self.is_heading.append(False)
        elif name == "t":
            self.in_text += 1
        elif name in _TEXTS and self.paragraphs:
            self.paragraphs[-1].append(_TEXTS[name])
        elif name == "tbl":
            self.rows.append([])
        elif name == "tr" and self.rows:
            self.rows[-1] = []
        elif name == "tc" and self.rows:
            self.rows[-1].append([])
        else:
            self._note(name, said)

    def _note(self, name: str, said: Attributes) -> None:
        """Note what is said of the paragraph, and count what is no text."""
        if self.paragraphs and name in ("pStyle", "outlineLvl"):
            by_level = name == "outlineLvl" and _value(said) in tuple("012345678")
            self.is_heading[-1] |= by_level or _value(said) in self.headings
        self.comments += name == "commentReference"
        self.pictures += name in ("blip", "imagedata")
        self.notes += name in ("footnoteReference", "endnoteReference")
        self.numbered |= name == "numPr"

    def data(self, text: str) -> None:
        if self.in_text and self.paragraphs and not self.out:
            self.paragraphs[-1].append(text)

    def end(self, tag: str) -> None:
        name = local(tag)
        if self.out:
            self.out -= name in _NOT_WORDS or name == "footnote"
            return
        if name == "t" and self.in_text:
            self.in_text -= 1
        elif name == "p" and self.paragraphs:
            self._line("".join(self.paragraphs.pop()), self.is_heading.pop())
        elif name == "tr" and self.rows:
            row, self.rows[-1] = self.rows[-1], []
            self._row("\t".join("\n".join(cell) for cell in row))
        elif name == "tbl" and self.rows:
            self.rows.pop()

    def _line(self, text: str, heading: bool) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(text)
        else:
            self.written.line(text, heading=heading)

    def _row(self, text: str) -> None:
        """Write a row; one of a table in a table goes into the cell around it."""
        outer = self.rows[-2] if len(self.rows) > 1 else []
        if outer:
            outer[-1].append(text)
        else:
            self.written.line(text)

    def close(self) -> None:
        """All was written as it was heard."""
