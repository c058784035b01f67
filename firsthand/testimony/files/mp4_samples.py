"""Where in an MP4 file its sound lies: the spans of bytes that its sample tables point at.

Source: ISO/IEC 14496-12, sections on the sample table (8.7) and movie fragments (8.8).
"""

import struct
from collections.abc import Iterator

from firsthand.testimony.files.kinds import CUT_SHORT, BadFile
from firsthand.testimony.files.mp4_boxes import Box, boxes, table, under
from firsthand.testimony.files.reading import Bytes, big, part

Span = tuple[int, int]
_STBL = (b"mdia", b"minf", b"stbl")


def sound_spans(content: Bytes) -> Iterator[Span]:
    """Yield (start, end) of every run of samples in a file whose other tracks are blanked."""
    usual: dict[int, int] = {}
    for box in boxes(content, 0, len(content)):
        if box.kind == b"moov":
            for track in under(content, box, b"trak"):
                yield from _chunk_spans(content, track)
            usual |= _usual_sizes(content, box)
        elif box.kind == b"moof":
            for part_of_track in under(content, box, b"traf"):
                yield from _fragment_spans(content, part_of_track, box.start, usual)


def track_number(content: Bytes, track: Box) -> int:
    """Return the number that a `trak` box gives its track."""
    head = table(content, track, b"tkhd")
    return big(head, 20 if big(head, 0, 1) == 1 else 12, 4)


def _numbers(rows: bytes, start: int, count: int, letter: str = "I") -> tuple[int, ...]:
    size = struct.calcsize(f">{letter}") * count
    return struct.unpack(f">{count}{letter}", part(rows, start, size))


def _chunk_spans(content: Bytes, track: Box) -> Iterator[Span]:
    starts = _chunk_starts(content, track)
    sizes = table(content, track, *_STBL, b"stsz")
    same, count = big(sizes, 4, 4), big(sizes, 8, 4)
    each = () if same else _numbers(sizes, 12, count)
    first = 0
    runs = _samples_a_chunk(table(content, track, *_STBL, b"stsc"), len(starts))
    for start, many in zip(starts, runs, strict=False):
        last = min(first + many, count)
        length = (last - first) * same if same else sum(each[first:last])
        first = last
        yield start, start + length
    if first < count:
        raise BadFile(CUT_SHORT)


def _chunk_starts(content: Bytes, track: Box) -> tuple[int, ...]:
    short = table(content, track, *_STBL, b"stco")
    if short:
        return _numbers(short, 8, big(short, 4, 4))
    wide = table(content, track, *_STBL, b"co64")
    return _numbers(wide, 8, big(wide, 4, 4), "Q")


def _samples_a_chunk(runs: bytes, chunks: int) -> Iterator[int]:
    numbers = _numbers(runs, 8, 3 * big(runs, 4, 4))
    firsts, many = numbers[::3], numbers[1::3]
    for here, ahead, samples in zip(firsts, (*firsts[1:], chunks + 1), many, strict=False):
        for _ in range(min(ahead, chunks + 1) - here):
            yield samples


def _usual_sizes(content: Bytes, moov: Box) -> dict[int, int]:
    """Return each track's size of a sample where a fragment does not say."""
    found = {}
    for box in under(content, moov, b"mvex", b"trex"):
        found[big(content, box.body + 4, 4)] = big(content, box.body + 16, 4)
    return found


def _fragment_spans(content: Bytes, traf: Box, moof: int, usual: dict[int, int]) -> Iterator[Span]:
    head = table(content, traf, b"tfhd")
    flags = big(head, 1, 3)
    base = big(head, 8, 8) if flags & 1 else moof
    skip = 8 * (flags & 1) + 4 * (flags >> 1 & 1) + 4 * (flags >> 3 & 1)
    size = big(head, 8 + skip, 4) if flags & 0x10 else usual.get(big(head, 4, 4), 0)
    at = base
    for run in under(content, traf, b"trun"):
        offset, length = _run(part(content, run.body, run.end - run.body), size)
        at = at if offset is None else base + offset
        yield at, at + length
        at += length


def _run(run: bytes, usual: int) -> tuple[int | None, int]:
    """Return where a run of samples begins (None: behind the one before), and its length."""
    has, count = big(run, 1, 3), big(run, 4, 4)
    offset = struct.unpack(">i", part(run, 8, 4))[0] if has & 1 else None
    width = sum(has >> bit & 1 for bit in (8, 9, 10, 11))
    if not has & 0x200:
        return offset, usual * count
    fields = _numbers(run, 8 + 4 * (has & 1) + 4 * (has >> 2 & 1), count * width)
    return offset, sum(fields[has >> 8 & 1 :: width])
