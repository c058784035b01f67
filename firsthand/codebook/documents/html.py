"""Web pages: the words of a page as they would be read, nothing of it run or fetched.

WHATWG HTML, "rendered text": a block ends a line, white space is one space but in `pre`, and
scripts, styles and templates are no words. libxml2 parses: in C, and in time that grows with the
length however broken a page is (the standard library's parser needs the square of it).
"""

import re

from lxml import etree

from firsthand.codebook.documents.decoding import decode
from firsthand.codebook.documents.document import Document, Writing, plain

_SPACE = re.compile(r"[ \t\n\r\f]+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w-]{2,30})[\"']", re.IGNORECASE)
_AT_ONCE = 1 << 16  # letters handed on at a time
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html",
    "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary",
    "table", "tbody", "tfoot", "thead", "tr", "ul", *_HEADINGS,
}  # fmt: skip
_NOT_WORDS = {
    "script", "style", "template", "svg", "iframe", "object", "noscript", "canvas", "video",
    "audio", "math",
}  # fmt: skip


def declared_in(content: bytes) -> str:
    """Return the encoding that a page says it is in, else ""."""
    found = _CHARSET.search(content[:4096]) or _XML.match(content[:200])
    return found[1].decode("ascii", "replace") if found else ""


def read_bytes(content: bytes, written: Writing) -> None:
    """Add a page, in whatever encoding, to what is being written. Raises Unreadable."""
    text, odd = decode(content, declared_in(content))
    written.dropped += [each for each in odd if each not in written.dropped]
    read_into(text, written)


def read(text: str) -> Document:
    """Return the words of a page. Raises Unreadable."""
    written = Writing()
    reader = read_into(text, written)
    written.left_out(reader.pictures, "one picture", "pictures")
    written.left_out(reader.scripts, "one script or style", "scripts and styles")
    return written.document("html")


def read_into(text: str, written: Writing) -> "_Reader":
    """Add a page to what is being written; return the reader, which counted."""
    reader = _Reader(written)
    parser = etree.HTMLParser(target=reader, encoding="utf-8", huge_tree=True, no_network=True)
    text = plain(text)
    for at in range(0, len(text), _AT_ONCE):
        parser.feed(text[at : at + _AT_ONCE].encode())
    if text:
        parser.close()
    reader.end_line()
    return reader


class _Reader:
    """Hears a page's tags one after the other, and writes its lines."""

    def __init__(self, written: Writing) -> None:
        self.written, self.cells = written, [""]
        self.parts: list[str] = []
        self.out = self.pre = self.pictures = self.scripts = self.titles = 0
        self.heading = False
        self.untitled = not written.title

    def start(self, tag: str, attributes: object) -> None:
        self.pictures += tag in ("img", "svg", "canvas")
        self.scripts += tag in ("script", "style")
        self.titles += tag == "title"
        self.out += tag in _NOT_WORDS
        self.pre += tag == "pre"
        if tag in _BLOCKS or tag == "br":
            self.end_line()
            self.heading = tag in _HEADINGS or (self.heading and tag == "br")
        elif tag in ("td", "th"):
            self.end_cell()

    def end(self, tag: str) -> None:
        self.out -= tag in _NOT_WORDS
        self.titles -= tag == "title"
        if tag in _BLOCKS:
            self.end_line()
            self.heading = False
        self.pre -= tag == "pre"

    def data(self, text: str) -> None:
        if self.titles:
            self.written.title += text if self.untitled and not self.out else ""
        elif not self.out and self.pre and "\n" in text:
            *lines, last = text.split("\n")
            for line in lines:
                self.parts.append(line)
                self.end_line()
            self.parts.append(last)
        elif not self.out:
            self.parts.append(text)

    def comment(self, text: str) -> None:
        """A comment is no text."""

    def end_cell(self) -> None:
        """Begin the next cell of a row: a tab parts it from the one before."""
        if words := self._words():
            self.cells.append(words)

    def end_line(self) -> None:
        """Write the line, if anything is in it."""
        words = self._words()
        line = "\t".join([*self.cells[1:], *([words] if words else [])])
        self.cells = [""]
        if line.strip():
            self.written.line(line, heading=self.heading)

    def _words(self) -> str:
        text = "".join(self.parts)
        self.parts = []
        return text if self.pre else _SPACE.sub(" ", text).strip(" ")

    def close(self) -> None:
        """All was written as it was heard."""
