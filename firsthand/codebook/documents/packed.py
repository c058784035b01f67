"""Documents that are zip files: opened a part at a time, never more than is safe.

A small file can unpack to more than a machine holds. So nothing is believed of what a file says
of its own size: bytes are counted as they come out.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from firsthand.codebook.documents.document import Unreadable

MOST_PARTS, MOST_BYTES = 20_000, 64 * 1024 * 1024  # in all, of what is unpacked
_AT_ONCE = 1 << 16
BOMB = (
    "This file unpacks to more than can be read safely. Open it, copy the text you need into a "
    "new document, and bring that."
)
DAMAGED = (
    "Part of this file is missing or damaged. Check that it opens on your device, save it again, "
    "and bring the new one."
)
LOCKED = (
    "This file is locked with a password or a copy protection. Save it without, if you may, "
    "and bring that."
)
NO_DOCUMENT = (
    "This is a packed file, and no document that can be read here. If there are documents in it, "
    "unpack it and bring those; a table or slides: save them as PDF or text first."
)
_MIMES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.text-template": "odt",
    b"application/epub+zip": "epub",
}
_TROUBLE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, KeyError,
    UnicodeError, IndexError, OverflowError,
)  # fmt: skip


class Parts:
    """A zip file's parts by name; what was unpacked of all of them is counted together."""

    def __init__(self, content: bytes) -> None:
        with _damaged():
            self.zip = zipfile.ZipFile(BytesIO(content))
            infos = self.zip.infolist()
        if len(infos) > MOST_PARTS:
            raise Unreadable(BOMB)
        self.infos = {each.filename: each for each in infos}
        self.left = MOST_BYTES

    def __contains__(self, name: str) -> bool:
        return name in self.infos

    def named(self, beginning: str) -> list[str]:
        return [name for name in self.infos if name.startswith(beginning)]

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a part, a chunk at a time. Raises Unreadable."""
        if name not in self.infos:
            raise Unreadable(DAMAGED)
        if self.infos[name].flag_bits & 1:
            raise Unreadable(LOCKED)
        with _damaged(), self.zip.open(name) as part:
            while chunk := part.read(_AT_ONCE):
                self.left -= len(chunk)
                if self.left < 0:
                    raise Unreadable(BOMB)
                yield chunk

    def whole(self, name: str) -> bytes:
        return b"".join(self.chunks(name))

    def tell(self, name: str, target: Any) -> Any:
        """Let a parser's target hear a part of XML, and return what it says when closed."""
        parser = DefusedXMLParser(target=target, forbid_dtd=False, forbid_entities=True)
        try:
            for chunk in self.chunks(name):
                parser.feed(chunk)
            return parser.close()
        except (ParseError, DefusedXmlException) as error:
            raise Unreadable(DAMAGED) from error

    def tree(self, name: str) -> Element:
        """Return a small part of XML as a tree. Raises Unreadable."""
        found: Element = self.tell(name, TreeBuilder())
        return found


@contextmanager
def _damaged() -> Iterator[None]:
    """Let whatever a broken zip file brings about be the one sentence."""
    try:
        yield
    except Unreadable:
        raise
    except RuntimeError as error:  # a password is asked for
        raise Unreadable(LOCKED) from error
    except _TROUBLE as error:
        raise Unreadable(DAMAGED) from error


def kind_of(content: bytes) -> str:
    """Return what kind of document a zip file is. Raises Unreadable."""
    parts = Parts(content)
    if "mimetype" in parts:
        kind = _MIMES.get(parts.whole("mimetype").strip())
    else:
        kind = "docx" if parts.named("word/") else None
    if kind is None:
        raise Unreadable(NO_DOCUMENT)
    return kind


def local(tag: str) -> str:
    """Return a tag's name without its namespace: old, strict and transitional have their own."""
    return tag.rpartition("}")[2]
