"""Notes inside the pictures of a PDF: taken out of JPEG and JPEG 2000 without touching a dot.

Sources: ITU-T T.81, annex B (JPEG's markers); ISO/IEC 15444-1, annex I (JP2's boxes).
"""

from firsthand.testimony.files.kinds import CUT_SHORT, BadFile
from firsthand.testimony.files.reading import big, part

_START, _END, _SCAN, _FILL = 0xD8, 0xD9, 0xDA, 0xFF
_JFIF, _ADOBE, _COMMENT = 0xE0, 0xEE, 0xFE
_NOTES = (*range(0xE0, 0xF0), _COMMENT)
_NO_MARKER = (0x00, _FILL, *range(0xD0, 0xD8))  # within a scan: stuffing, fill, restarts
_JP2_KEPT = (b"jP  ", b"ftyp", b"jp2h", b"jp2c")


def jpeg_bare(content: bytes) -> bytes:
    """Return a JPEG without notes and comments, and with nothing behind its end.

    One whose end is missing is given back as far as it goes, as readers show it.
    """
    if part(content, 0, 2) != bytes([0xFF, _START]):
        raise BadFile(CUT_SHORT)
    kept, at = [content[:2]], 2
    while at + 4 <= len(content):
        marker, stop = big(content, at + 1, 1), at + 2
        if content[at] != 0xFF:
            raise BadFile(CUT_SHORT)
        if marker == _END:
            break
        if marker == _FILL:
            at += 1
            continue
        stop += big(content, at + 2, 2)
        stop = _scan_end(content, stop) if marker == _SCAN else stop
        kept.append(_segment(marker, part(content, at, stop - at)))
        at = stop
    return b"".join([*kept, bytes([0xFF, _END])])


def _segment(marker: int, segment: bytes) -> bytes:
    """Return a segment as it may stay; of two notes the part that says how colours are kept."""
    if marker not in _NOTES:
        return segment
    if marker == _JFIF and segment[4:9] == b"JFIF\0" and len(segment) >= 18:
        return segment[:2] + b"\0\x10" + segment[4:16] + b"\0\0"
    if marker == _ADOBE and segment[4:9] == b"Adobe" and len(segment) >= 16:
        return segment[:2] + b"\0\x0e" + segment[4:16]
    return b""


def _scan_end(content: bytes, at: int) -> int:
    """Return where the dots of a scan end: at the next real marker, or the end of the bytes."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            return len(content)
        if content[at + 1] not in _NO_MARKER:
            return at
        at += 1 if content[at + 1] == _FILL else 2


def jp2_bare(content: bytes) -> bytes:
    """Return a JPEG 2000 picture with the boxes that hold its dots alone."""
    if content.startswith(b"\xff\x4f\xff\x51"):  # a bare code stream
        return content
    kept, at = [], 0
    while at < len(content):
        size = big(content, at, 4)
        size = big(content, at + 8, 8) if size == 1 else size or len(content) - at
        if size < 8:
            raise BadFile(CUT_SHORT)
        if part(content, at + 4, 4) in _JP2_KEPT:
            kept.append(part(content, at, size))
        at += size
    return b"".join(kept)
