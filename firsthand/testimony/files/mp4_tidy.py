"""The boxes that an M4A keeps, without what they say of times, makers and other files."""

from firsthand.testimony.files.kinds import OTHER, UNREADABLE, BadFile
from firsthand.testimony.files.mp4_boxes import Box, boxes
from firsthand.testimony.files.reading import big, part

_CODECS = (b"mp4a", b"alac")
_TIMED = (b"mvhd", b"tkhd", b"mdhd")
_BRANDS = frozenset(b"M4A M4B M4V mp41 mp42 isom iso2 iso4 iso5 iso6 iso8 dash cmfc".split())
_ENTRY = 28  # bytes of a sound entry in `stsd` before the boxes inside it
_DECODER = (b"esds", b"alac", b"btrt", b"chan")


def tidy(made: bytearray, box: Box) -> None:
    """Blank what `box`, which stays, says beyond what playing needs."""
    if box.kind in _TIMED:  # made on, changed on
        length = 16 if big(made, box.body, 1) == 1 else 8
        _zero(made, box.body + 4, box.body + 4 + length)
    elif box.kind == b"hdlr":  # the maker's code and name
        _zero(made, box.body + 4, box.body + 8)
        _zero(made, box.body + 12, box.end)
    elif box.kind == b"ftyp":
        _tidy_brands(made, box)
    elif box.kind == b"dref":
        _tidy_source(made, box)
    elif box.kind == b"stsd":
        _tidy_codec(made, box)


def _zero(made: bytearray, start: int, end: int) -> None:
    part(made, start, end - start)
    made[start:end] = bytes(end - start)


def _tidy_brands(made: bytearray, box: Box) -> None:
    _zero(made, box.body + 4, box.body + 8)
    for at in (box.body, *range(box.body + 8, box.end, 4)):
        if bytes(made[at : at + 4]).rstrip() not in _BRANDS:
            made[at : min(at + 4, box.end)] = b"isom"[: box.end - at]


def _tidy_source(made: bytearray, box: Box) -> None:
    for source in boxes(made, box.body + 8, box.end):
        if not big(made, source.body + 3, 1) & 1:  # the sound is said to be in another file
            raise BadFile(UNREADABLE)
        _zero(made, source.body + 4, source.end)


def _tidy_codec(made: bytearray, box: Box) -> None:
    entries = list(boxes(made, box.body + 8, box.end))
    if not entries or any(entry.kind not in _CODECS for entry in entries):
        raise BadFile(OTHER)
    for entry in entries:
        version = big(made, entry.body + 8, 2)
        _zero(made, entry.body + 10, entry.body + 16)  # revision and vendor
        if version == 0:  # QuickTime's later versions keep more numbers here
            _tidy_decoder(made, entry)


def _tidy_decoder(made: bytearray, entry: Box) -> None:
    for inner in list(boxes(made, entry.body + _ENTRY, entry.end)):
        if inner.kind not in _DECODER:
            made[inner.start + 4 : inner.start + 8] = b"free"
            _zero(made, inner.body, inner.end)
