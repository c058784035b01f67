"""The elements of a WebM file, those of unknown length included. Source: RFC 8794 (EBML)."""

from collections.abc import Iterator
from typing import NamedTuple

from firsthand.testimony.files.kinds import CUT_SHORT, UNREADABLE, BadFile
from firsthand.testimony.files.reading import big

SEGMENT, CLUSTER, VOID = 0x18538067, 0x1F43B675, 0xEC
# What may follow a cluster, and so ends one whose length was not written down.
_BESIDE_CLUSTER = frozenset({CLUSTER, 0x1C53BB6B, 0x114D9B74, 0x1254C367, 0x1549A966, 0x1941A469})


class Element(NamedTuple):
    """One element: its id, and where it, its body and its end lie in the file, in bytes."""

    name: int
    start: int
    body: int
    end: int


def elements(content: bytearray, start: int, end: int) -> Iterator[Element]:
    """Yield the elements that lie between `start` and `end`; BadFile when one reaches past it."""
    while start < end:
        found = _element(content, start, end)
        yield found
        start = found.end


def _element(content: bytearray, start: int, end: int) -> Element:
    name, at = _name(content, start)
    width = 9 - big(content, at, 1).bit_length()
    if width > 8:
        raise BadFile(CUT_SHORT)
    unknown = (1 << 7 * width) - 1
    length = big(content, at, width) & unknown
    body = at + width
    stop = _open_end(content, name, body, end) if length == unknown else body + length
    if stop > end:
        raise BadFile(CUT_SHORT)
    return Element(name, start, body, stop)


def _name(content: bytearray, start: int) -> tuple[int, int]:
    width = 9 - big(content, start, 1).bit_length()
    if width > 4:
        raise BadFile(CUT_SHORT)
    return big(content, start, width), start + width


def _open_end(content: bytearray, name: int, body: int, end: int) -> int:
    """Return where an element of unknown length ends, as browsers write while they record."""
    if name == SEGMENT:
        return end
    if name != CLUSTER:
        raise BadFile(UNREADABLE)
    while body < end and _name(content, body)[0] not in _BESIDE_CLUSTER:
        body = _element(content, body, end).end
    return body


def make_void(content: bytearray, each: Element) -> None:
    """Overwrite an element by nothing of the same length."""
    length = each.end - each.start
    if length < 10:
        head = bytes([VOID, 0x80 | (length - 2)])
    else:
        head = bytes([VOID, 0x01]) + (length - 9).to_bytes(7, "big")
    content[each.start : each.end] = head + bytes(length - len(head))
