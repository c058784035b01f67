"""E-books: EPUB 3.3 (W3C Recommendation, 2023) and EPUB 2; the chapters of the spine, in order."""

import posixpath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from firsthand.codebook.documents import html
from firsthand.codebook.documents.document import Document, Unreadable, Writing
from firsthand.codebook.documents.packed import DAMAGED, LOCKED, Parts, local

_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def read(content: bytes) -> Document:
    """Return the text of all chapters. Raises Unreadable."""
    parts = Parts(content)
    if _is_locked(parts):
        raise Unreadable(LOCKED)
    book = _package(parts)
    opf = parts.tree(book)
    written = Writing(title=_title(opf))
    missing = 0
    for name in _spine(opf, posixpath.dirname(book)):
        if name in parts:
            html.read_bytes(parts.whole(name), written)
        else:
            missing += 1
    written.left_out(missing, "one chapter that is missing in the file",
                     "chapters that are missing in the file")  # fmt: skip
    return written.document("epub")


def _is_locked(parts: Parts) -> bool:
    """Whether more than its fonts is encrypted."""
    if "META-INF/encryption.xml" not in parts:
        return False
    tree = parts.tree("META-INF/encryption.xml")
    ways = [each for each in tree.iter() if local(each.tag) == "EncryptionMethod"]
    return any(each.get("Algorithm", "") not in _FONTS for each in ways)


def _package(parts: Parts) -> str:
    for each in parts.tree("META-INF/container.xml").iter():
        if local(each.tag) == "rootfile" and each.get("full-path", "") in parts:
            return each.get("full-path", "")
    raise Unreadable(DAMAGED)


def _title(opf: Element) -> str:
    found = (each.text for each in opf.iter() if local(each.tag) == "title")
    return next(found, "") or ""


def _spine(opf: Element, folder: str) -> list[str]:
    """Return the names of the chapters' parts, in the order they are read in."""
    items = {
        each.get("id", ""): posixpath.normpath(
            posixpath.join(folder, unquote(each.get("href", "")))
        )
        for each in opf.iter()
        if local(each.tag) == "item" and each.get("media-type", "") in _PAGES
    }
    refs = (each.get("idref", "") for each in opf.iter() if local(each.tag) == "itemref")
    return [items[ref] for ref in refs if ref in items]
