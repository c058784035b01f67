"""From bytes to a tree of XML, safely: nothing is fetched, no entity is expanded, no depth kills.

Source: XML 1.0; parsed by defusedxml. A byte-order mark, UTF-16, and white space before the first
line are read; that last is not XML, but some tools write it.
"""

import io
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from firsthand.codebook.refi.telling import Unreadable

LARGEST = 32 * 1024**2  # bytes of XML: as a tree in memory it is some ten times that
_DEEPEST = 200  # elements within each other
_MARK = b"\xef\xbb\xbf"


def parse(content: bytes, name: str) -> Element:
    """Return the root of a file of XML. Raises Unreadable."""
    tidy = _tidy(content)
    if not tidy:
        raise Unreadable(f"{name} is empty.")
    if len(tidy) > LARGEST:
        raise Unreadable(f"{name} is larger than {LARGEST // 1024**2} MB of XML.")
    try:
        return _root(tidy, name)
    except DefusedXmlException as why:
        raise Unreadable(
            f"{name} declares entities or a document type. No coding program writes that, and "
            "it is not safe to open."
        ) from why
    except (ParseError, ValueError, LookupError) as why:
        raise Unreadable(_broken(name, why)) from why


def _tidy(content: bytes) -> bytes:
    """Leave out white space and marks before the first line: XML must begin at once."""
    bare = content.strip()
    while bare.startswith(_MARK):
        bare = bare[len(_MARK) :].lstrip()
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:4]
    return content if wide else bare


def _root(content: bytes, name: str) -> Element:
    root: Element | None = None
    depth = 0
    for event, node in iterparse(io.BytesIO(content), ("start", "end"), forbid_dtd=True):
        depth += 1 if event == "start" else -1
        root = node if root is None else root
        if depth > _DEEPEST:
            raise Unreadable(f"{name} holds elements more than {_DEEPEST} deep in each other.")
    assert root is not None
    return root


def _broken(name: str, why: Exception) -> str:
    if isinstance(why, Unreadable):
        return str(why)
    line = why.position[0] if isinstance(why, ParseError) else 0
    where = f", at line {line}" if line else ""
    return f"{name} is not whole XML{where}: it is damaged, or it breaks off."
