"""Reads one document, or many: the content decides what it is, never its name alone.

Reading a PDF needs a process of its own (`evidence.pdfs`), which is no pure thing: whoever calls
hands in what gives the text of its pages.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath

from firsthand.codebook.documents import (
    docx,
    epub,
    html,
    odt,
    plaintext,
    rtf,
    sniffing,
    subtitles,
)
from firsthand.codebook.documents.decoding import decode
from firsthand.codebook.documents.document import (
    HEADING,
    PAGE,
    Document,
    Unreadable,
    Writing,
)
from firsthand.codebook.documents.speakers import speakers

MOST_BYTES = 50 * 1024 * 1024
TOO_LARGE = (
    "This file is larger than 50 megabytes. Take its pictures out, or save it in parts, and bring "
    "those."
)
NO_WORDS = (
    "This PDF has no text in it: it is a scan, made of pictures of pages. Have its text recognised "
    "(OCR), and bring that."
)
NO_PDFS = "A PDF cannot be read here. Save its text as a Word document or as plain text."
Pages = Callable[[bytes], tuple[tuple[str, ...], tuple[str, ...]]]  # of pages: texts; sentences
_PACKED = {"docx": docx.read, "odt": odt.read, "epub": epub.read, "rtf": rtf.read}


def read(content: bytes, name: str = "", pages: Pages | None = None) -> Document:
    """Return what a document says; a title it always has. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(TOO_LARGE)
    kind = sniffing.packed_or_marked(content)
    if kind == sniffing.PDF:
        found = _pdf(content, pages)
    else:
        found = _PACKED[kind](content) if kind else _text(content, name)
    if not any(each.kind == "speaker" for each in found.turns):
        turns = sorted((*found.turns, *speakers(found.text)))
        found = replace(found, turns=tuple(turns))
    return replace(found, title=found.title or _stem(name))


def read_each(
    files: Iterable[tuple[str, bytes]], pages: Pages | None = None
) -> Iterator[tuple[str, Document | str]]:
    """Yield each file's name with what it says, or the sentence on why it cannot be read."""
    for name, content in files:
        try:
            yield name, read(content, name, pages)
        except Unreadable as error:
            yield name, str(error)


def _stem(name: str) -> str:
    return (
        " ".join(PurePath(name.replace("\\", "/")).stem.replace("\0", "").split())[:200] or "Text"
    )


def _text(content: bytes, name: str) -> Document:
    text, odd = decode(content)
    kind = sniffing.of_text(text, name)
    if kind == sniffing.HTML:
        text, odd = decode(content, html.declared_in(content))
        found = html.read(text)
    elif kind in (sniffing.SRT, sniffing.VTT):
        found = subtitles.read(text, kind)
    else:
        found = (plaintext.read_md if kind == sniffing.MD else plaintext.read_txt)(text)
    return replace(found, dropped=(*odd, *found.dropped))


def _pdf(content: bytes, pages: Pages | None) -> Document:
    if pages is None:
        raise Unreadable(NO_PDFS)
    texts, said = pages(content)
    if not any(each.strip() for each in texts):
        raise Unreadable(NO_WORDS)
    written = Writing(dropped=list(said))
    for number, text in enumerate(texts, start=1):
        written.line(text.rstrip("\n"), kind=PAGE, name=str(number))
    found = written.document(sniffing.PDF)
    return replace(found, title=found.title if _has_heading(found) else "")


def _has_heading(found: Document) -> bool:
    return any(each.kind == HEADING for each in found.turns)
