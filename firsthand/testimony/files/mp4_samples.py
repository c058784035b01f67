"""Where in an MP4 file its sound lies: the spans of bytes that its sample tables point at.

Source: ISO/IEC 14496-12, sections on the sample table (8.7) and movie fragments (8.8).
"""

import struct
from collections.abc import Iterator

from firsthand.testimony.files.kinds import CUT_SHORT, BadFile
from firsthand.testimony.files.reading import big, part

Span = tuple[int, int]
_NESTED = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"mvex", b"moof", b"traf")


def sound_spans(content: bytes) -> Iterator[Span]:
    """Yield (start, end) of every run of samples in a file whose other tracks are blanked."""
    tables: dict[bytes, bytes] = {}
    for kind, body, owner in _leaves(content, b"", 0, len(content), 0):
        tables[kind] = body
        if kind in (b"stco", b"co64", b"stsz", b"stsc", b"stz2") and _complete(tables):
            yield from _chunk_spans(tables)
            tables = {kind: v for kind, v in tables.items() if kind not in _TABLES}
        elif kind == b"trun":
            yield from _fragment_spans(tables, owner)


_TABLES = (b"stco", b"co64", b"stsz", b"stsc")


def _complete(tables: dict[bytes, bytes]) -> bool:
    return b"stsz" in tables and b"stsc" in tables and (b"stco" in tables or b"co64" in tables)


def _leaves(
    content: bytes, outer: bytes, start: int, end: int, owner: int
) -> Iterator[tuple[bytes, bytes, int]]:
    """Yield (type, body, where its moof begins) of every box without boxes of its own."""
    while start + 8 <= end:
        size, kind, body = big(content, start, 4), content[start + 4 : start + 8], start + 8
        if size == 1:
            size, body = big(content, start + 8, 8), start + 16
        stop = start + size if size else end
        if kind in _NESTED:
            yield from _leaves(content, kind, body, stop, start if kind == b"moof" else owner)
        elif outer and kind not in (b"free", b"edts", b"dinf"):
            yield kind, content[body:stop], owner
        start = stop


def _numbers(table: bytes, start: int, count: int, letter: str = "I") -> tuple[int, ...]:
    size = struct.calcsize(f">{letter}") * count
    return struct.unpack(f">{count}{letter}", part(table, start, size))


def _chunk_spans(tables: dict[bytes, bytes]) -> Iterator[Span]:
    letter = "Q" if b"co64" in tables else "I"
    table = tables.get(b"co64") or tables[b"stco"]
    starts = _numbers(table, 8, big(table, 4, 4), letter)
    same, count = big(tables[b"stsz"], 4, 4), big(tables[b"stsz"], 8, 4)
    sizes = None if same else _numbers(tables[b"stsz"], 12, count)
    first = 0
    for start, many in zip(starts, _samples_a_chunk(tables[b"stsc"], len(starts)), strict=True):
        last = min(first + many, count)
        length = (last - first) * same if sizes is None else sum(sizes[first:last])
        first = last
        if length:
            yield start, start + length
    if first < count:
        raise BadFile(CUT_SHORT)


def _samples_a_chunk(table: bytes, chunks: int) -> Iterator[int]:
    runs = _numbers(table, 8, 3 * big(table, 4, 4))
    firsts, many = runs[::3], runs[1::3]
    for here, ahead, samples in zip(firsts, (*firsts[1:], chunks + 1), many, strict=True):
        for _ in range(min(ahead, chunks + 1) - here):
            yield samples


def _fragment_spans(tables: dict[bytes, bytes], moof: int) -> Iterator[Span]:
    head, run = tables.get(b"tfhd", b""), tables[b"trun"]
    flags, has = big(head, 1, 3), big(run, 1, 3)
    base = big(head, 8, 8) if flags & 1 else moof
    skip = 8 * (flags & 1) + 4 * (flags >> 1 & 1) + 4 * (flags >> 3 & 1)
    usual = big(head, 8 + skip, 4) if flags & 0x10 else big(tables.get(b"trex", b""), 16, 4)
    count = big(run, 4, 4)
    offset = struct.unpack(">i", part(run, 8, 4))[0] if has & 1 else 0
    at = 8 + 4 * (has & 1) + 4 * (has >> 2 & 1)
    width = sum(has >> bit & 1 for bit in (8, 9, 10, 11))
    fields = _numbers(run, at, count * width) if width else ()
    total = sum(fields[has >> 8 & 1 :: width]) if has & 0x200 else usual * count
    yield base + offset, base + offset + total
