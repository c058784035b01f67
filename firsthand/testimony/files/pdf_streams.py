"""The streams of a PDF: bounded, and freed of the notes that pictures and profiles carry."""

import zlib
from contextlib import suppress

from pikepdf import Array, Dictionary, Name, Stream

from firsthand.testimony.files.colour_profile import profile_bare
from firsthand.testimony.files.kinds import TOO_MUCH, BadFile
from firsthand.testimony.files.picture_notes import jp2_bare, jpeg_bare

MOST_IN_ONE = 256 * 1024 * 1024  # bytes that one stream may unfold to
MOST_IN_ALL = 1024 * 1024 * 1024  # and all of them together
_STEP = 1024 * 1024
_FOLDED = ("/FlateDecode", "/Fl")
_BARE = {"/DCTDecode": jpeg_bare, "/DCT": jpeg_bare, "/JPXDecode": jp2_bare}
_EMPTIED = (Name.Metadata, Name.EmbeddedFile)


def tidy(stream: Stream, left: int) -> int:
    """Clean one stream. Return what remains of the `left` bytes that streams may unfold to."""
    if stream.get("/Type") in _EMPTIED:
        stream.write(b"")
        return left
    filters = _filters(stream)
    raw = stream.read_raw_bytes()
    if filters[:1] and filters[0] in _FOLDED:
        size = _unfolded_size(raw, min(left, MOST_IN_ONE))
        left -= size
    if filters and filters[-1] in _BARE:
        _tidy_picture(stream, raw, filters)
    elif "/N" in stream and "/Type" not in stream and b"acsp" in _start(stream):
        stream.write(profile_bare(stream.read_bytes()))
    return left


def _filters(stream: Stream) -> list[str]:
    found = stream.get("/Filter")
    if isinstance(found, Array):
        return [str(each) for each in found]
    return [str(found)] if isinstance(found, Name) else []


def _unfolded_size(raw: bytes, most: int) -> int:
    out, size = zlib.decompressobj(), 0
    with suppress(zlib.error):  # a damaged stream: readers show what there is
        while raw and not out.eof:
            size += len(out.decompress(raw, _STEP))
            raw = out.unconsumed_tail
            if size > most:
                raise BadFile(TOO_MUCH)
    return size


def _tidy_picture(stream: Stream, raw: bytes, filters: list[str]) -> None:
    for each in filters[:-1]:
        if each not in _FOLDED:
            raise ValueError  # pictures packed twice over in other ways are not in real use
        raw = zlib.decompressobj().decompress(raw, MOST_IN_ONE // 4)
    parms = stream.get("/DecodeParms")
    last = parms[-1] if isinstance(parms, Array) and len(parms) else parms
    kept = last if isinstance(last, Dictionary) else None
    stream.write(_BARE[filters[-1]](raw), filter=Name(filters[-1]), decode_parms=kept)


def _start(stream: Stream) -> bytes:
    """Return the head of what may be a colour profile; nothing when it cannot be unfolded."""
    with suppress(Exception):
        return bytes(stream.read_bytes()[:128])
    return b""
