"""Notes inside the pictures of a PDF: taken out of JPEG and JPEG 2000 without touching a dot.

Sources: ITU-T T.81, annex B (JPEG's markers); ISO/IEC 15444-1, annex I (JP2's boxes).
"""

from firsthand.testimony.files.kinds import CUT_SHORT, BadFile
from firsthand.testimony.files.reading import big, part

_ADOBE, _COMMENT = 0xEE, 0xFE  # APP14 says how colours are kept, and stays
_NOTES = (*range(0xE0, 0xEE), 0xEF, _COMMENT)
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_JP2_KEPT = (b"jP  ", b"ftyp", b"jp2h", b"jp2c")


def jpeg_bare(content: bytes) -> bytes:
    """Return a JPEG without application notes and comments, and nothing behind its end."""
    if part(content, 0, 2) != b"\xff\xd8":
        raise BadFile(CUT_SHORT)
    kept, at = [b"\xff\xd8"], 2
    while True:
        marker = part(content, at, 2)
        if marker[0] != 0xFF:
            raise BadFile(CUT_SHORT)
        if marker[1] == _END:
            return b"".join([*kept, marker])
        if marker[1] == 0xFF:  # a fill byte
            at += 1
            continue
        stop = at + 2 + big(content, at + 2, 2)
        if marker[1] == _SCAN:
            stop = _scan_end(content, stop)
        if marker[1] not in _NOTES:
            kept.append(part(content, at, stop - at)[: _longest(marker[1])])
        at = stop


def _longest(marker: int) -> int | None:
    return None if marker != _ADOBE else 16


def _scan_end(content: bytes, at: int) -> int:
    """Return where the dots of a scan end: at a marker that is neither stuffing nor restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise BadFile(CUT_SHORT)
        if content[at + 1] not in (0x00, 0xFF, *range(0xD0, 0xD8)):
            return at
        at += 1 if content[at + 1] == 0xFF else 2


def jp2_bare(content: bytes) -> bytes:
    """Return a JPEG 2000 picture with the boxes that hold its dots alone."""
    if content.startswith(b"\xff\x4f\xff\x51"):  # a bare code stream
        return content
    kept, at = [], 0
    while at < len(content):
        size = big(content, at, 4)
        if size == 1:
            size = big(content, at + 8, 8)
        size = size or len(content) - at
        if size < 8:
            raise BadFile(CUT_SHORT)
        if part(content, at + 4, 4) in _JP2_KEPT:
            kept.append(part(content, at, size))
        at += size
    return b"".join(kept)
