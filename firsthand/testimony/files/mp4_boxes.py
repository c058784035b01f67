"""The boxes of an MP4 file. Source: ISO/IEC 14496-12, section 4.2."""

from collections.abc import Iterator
from typing import NamedTuple

from firsthand.testimony.files.kinds import CUT_SHORT, BadFile
from firsthand.testimony.files.reading import Bytes, big, part


class Box(NamedTuple):
    """One box: its type, and where it, its body and its end lie in the file, in bytes."""

    kind: bytes
    start: int
    body: int
    end: int


def boxes(content: Bytes, start: int, end: int) -> Iterator[Box]:
    """Yield the boxes that lie between `start` and `end`; BadFile when one reaches past it."""
    while start < end:
        size, kind, body = big(content, start, 4), part(content, start + 4, 4), start + 8
        if size == 1:
            size, body = big(content, start + 8, 8), start + 16
        stop = start + size if size else end
        if not body <= stop <= end:
            raise BadFile(CUT_SHORT)
        yield Box(kind, start, body, stop)
        start = stop


def under(content: Bytes, box: Box, *path: bytes) -> Iterator[Box]:
    """Yield the boxes at the end of `path`, a row of types, inside `box`."""
    for found in boxes(content, box.body, box.end):
        if found.kind == path[0]:
            yield from under(content, found, *path[1:]) if path[1:] else (found,)


def table(content: Bytes, box: Box, *path: bytes) -> bytes:
    """Return the body of the one box at the end of `path` inside `box`; empty when not there."""
    for found in under(content, box, *path):
        return part(content, found.body, found.end - found.body)
    return b""
