"""OpenDocument texts: OASIS OpenDocument 1.3, part 3, text documents.

White space is one space, as section 6.1.2 has it. Tracked changes are read as if they were
accepted. Cells of a table are parted by tabs. A note stands after the paragraph it belongs to.
"""

import re

from firsthand.codebook.documents.document import Document, Unreadable, Writing
from firsthand.codebook.documents.packed import LOCKED, Parts, local

_SPACE = re.compile(r"[ \t\n\r]+")
_NOT_WORDS = {"tracked-changes", "annotation", "note-citation", "forms", "sequence-decls"}
CHANGES = "Tracked changes were read as if they were accepted."
NOTES = "Footnotes and endnotes stand after the paragraph they belong to."


def read(content: bytes) -> Document:
    """Return a document's text. Raises Unreadable."""
    parts = Parts(content)
    if _is_locked(parts):
        raise Unreadable(LOCKED)
    written = Writing(title=_title(parts))
    body = _Body(written)
    parts.tell("content.xml", body)
    written.dropped += [NOTES] * bool(body.notes) + [CHANGES] * body.changed
    written.left_out(body.comments, "one comment", "comments")
    written.left_out(body.pictures, "one picture", "pictures")
    if body.numbered:
        written.dropped.append("Left out: the numbers and bullets of lists.")
    return written.document("odt")


def _is_locked(parts: Parts) -> bool:
    """Whether the text itself is encrypted, as the package's manifest says."""
    if "META-INF/manifest.xml" not in parts:
        return False
    tree = parts.tree("META-INF/manifest.xml")
    return any(local(each.tag) == "encryption-data" for each in tree.iter())


def _title(parts: Parts) -> str:
    if "meta.xml" not in parts:
        return ""
    found = (each.text for each in parts.tree("meta.xml").iter() if local(each.tag) == "title")
    return next(found, "") or ""


class _Body:
    """Hears the tags one after the other, and writes paragraphs."""

    def __init__(self, written: Writing) -> None:
        self.written = written
        self.paragraphs: list[list[str]] = []
        self.later: list[str] = []  # notes of the paragraph that is open
        self.rows: list[list[list[str]]] = []
        self.out = self.comments = self.pictures = self.notes = 0
        self.changed = self.numbered = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        self.comments += name == "annotation"
        self.changed |= name == "tracked-changes"
        self.out += name in _NOT_WORDS
        if not self.out:
            self._start(name, {local(key): value for key, value in attributes.items()})

    def _start(self, name: str, said: dict[str, str]) -> None:
        if name in ("p", "h"):
            self.paragraphs.append([])
        elif name == "table":
            self.rows.append([])
        elif name == "table-row" and self.rows:
            self.rows[-1] = []
        elif name == "table-cell" and self.rows:
            self.rows[-1].append([])
        elif self.paragraphs and name in ("s", "tab", "line-break"):
            count = said.get("c", "1") if name == "s" else "1"
            spaces = min(int(count), 1000) if count.isdecimal() else 1
            self._add({"s": "\0" * spaces, "tab": "\t", "line-break": "\n"}[name])
        self.pictures += name == "image"
        self.notes += name == "note"
        self.numbered |= name == "list"

    def data(self, text: str) -> None:
        if self.paragraphs and not self.out:
            self._add(_SPACE.sub(" ", text))

    def _add(self, text: str) -> None:
        """Add to the paragraph; white space after white space is none."""
        before = self.paragraphs[-1]
        if text.startswith(" ") and (not before or before[-1].endswith((" ", "\n"))):
            text = text[1:]
        if text:
            before.append(text)

    def end(self, tag: str) -> None:
        name = local(tag)
        if self.out:
            self.out -= name in _NOT_WORDS
        elif name in ("p", "h") and self.paragraphs:
            self._paragraph(name == "h")
        elif name == "table-row" and self.rows:
            row, self.rows[-1] = self.rows[-1], []
            self._row("\t".join("\n".join(cell) for cell in row))
        elif name == "table" and self.rows:
            self.rows.pop()

    def _paragraph(self, heading: bool) -> None:
        text = "".join(self.paragraphs.pop()).rstrip(" ").replace("\0", " ")
        if self.paragraphs:  # of a note or a frame: it comes after the paragraph around it
            self.later.append(text)
            return
        lines, self.later = [text, *self.later], []
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += lines
            return
        for place, line in enumerate(lines):
            self.written.line(line, heading=heading and not place)

    def _row(self, text: str) -> None:
        outer = self.rows[-2] if len(self.rows) > 1 else []
        if outer:
            outer[-1].append(text)
        else:
            self.written.line(text)

    def close(self) -> None:
        """All was written as it was heard."""
