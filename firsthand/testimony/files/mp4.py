"""M4A: sound in MP4. Only the boxes that playing needs stay; all else is blanked where it lies.

Blanking in place (the box becomes "free", its bytes zero) keeps every offset in the file true.
Place (`udta` with its ©xyz and loci, `meta`), names, times, covers, chapters and whatever no
sample of the sound points at are gone. Sources: ISO/IEC 14496-12 and 14496-14; Apple's QuickTime
File Format for `udta`.
"""

from collections.abc import Iterator

from firsthand.testimony.files.believe import believed
from firsthand.testimony.files.kinds import CUT_SHORT, OTHER, UNREADABLE, VIDEO, BadFile
from firsthand.testimony.files.mp4_samples import sound_spans
from firsthand.testimony.files.reading import Bytes, big, part

# Which boxes may stand in which; a box that is no key here has no boxes of its own.
_INSIDE: dict[bytes, frozenset[bytes]] = {
    outer: frozenset(inner.split())
    for outer, inner in {
        b"": b"ftyp moov mdat moof",
        b"moov": b"mvhd trak mvex",
        b"trak": b"tkhd edts mdia",
        b"edts": b"elst",
        b"mdia": b"mdhd hdlr minf",
        b"minf": b"smhd dinf stbl",
        b"dinf": b"dref",
        b"stbl": b"stsd stts stsc stsz stz2 stco co64 sgpd sbgp",
        b"mvex": b"mehd trex",
        b"moof": b"mfhd traf",
        b"traf": b"tfhd tfdt trun sgpd sbgp",
    }.items()
}
_CODECS = (b"mp4a", b"alac")
_TIMED = (b"mvhd", b"tkhd", b"mdhd")
_BRANDS = frozenset(b"M4A M4B M4V mp41 mp42 isom iso2 iso4 iso5 iso6 iso8 dash cmfc".split())
Box = tuple[bytes, int, int, int]  # type, start, start of its body, end


def clean(content: bytes, code: str = "mp4") -> bytes:
    """Return `content` with one or more tracks of sound, and nothing else to be read in it."""
    made = bytearray(content)
    _walk(made, b"", 0, len(made))
    _blank_unused(made)
    return believed(bytes(made), "mp4")


def boxes(content: Bytes, start: int, end: int) -> Iterator[Box]:
    """Yield the boxes that lie between `start` and `end`."""
    while start < end:
        size, kind, body = big(content, start, 4), bytes(content[start + 4 : start + 8]), start + 8
        if size == 1:
            size, body = big(content, start + 8, 8), start + 16
        size = size or end - start
        if len(kind) < 4 or body > start + size or start + size > end:
            raise BadFile(CUT_SHORT)
        yield kind, start, body, start + size
        start += size


def _walk(made: bytearray, outer: bytes, start: int, end: int) -> None:
    for kind, at, body, stop in list(boxes(made, start, end)):
        unknown = kind not in _INSIDE[outer]
        if unknown or (kind == b"trak" and not _is_sound(made, body, stop)):
            made[at + 4 : at + 8] = b"free"
            made[body:stop] = bytes(stop - body)
        elif kind in _INSIDE:
            _walk(made, kind, body, stop)
        else:
            _tidy(made, kind, body, stop)


def _is_sound(made: bytearray, start: int, end: int) -> bool:
    for kind, _, body, stop in boxes(made, start, end):
        if kind == b"mdia":
            return _is_sound(made, body, stop)
        if kind == b"hdlr":
            handler = part(made, body + 8, 4)
            if handler == b"vide":
                raise BadFile(VIDEO)
            return handler == b"soun"
    return False


def _tidy(made: bytearray, kind: bytes, body: int, end: int) -> None:
    """Blank what a box that stays says beyond what playing needs."""
    if kind in _TIMED:  # made on, changed on
        length = 16 if big(made, body, 1) == 1 else 8
        part(made, body + 4, length)
        made[body + 4 : body + 4 + length] = bytes(length)
    elif kind == b"hdlr":  # the maker's name
        made[body + 12 : end] = bytes(end - body - 12)
        made[body + 4 : body + 8] = bytes(4)
    elif kind == b"ftyp":
        _tidy_brands(made, body, end)
    elif kind == b"dref":
        _tidy_source(made, body, end)
    elif kind == b"stsd":
        _tidy_codec(made, body, end)


def _tidy_brands(made: bytearray, body: int, end: int) -> None:
    for at in (body, *range(body + 8, end, 4)):
        if bytes(made[at : at + 4]).rstrip() not in _BRANDS:
            made[at : min(at + 4, end)] = b"isom"[: end - at]
    made[body + 4 : body + 8] = bytes(4)


def _tidy_source(made: bytearray, body: int, end: int) -> None:
    for _, _, inner, stop in boxes(made, body + 8, end):
        if not big(made, inner + 3, 1) & 1:  # the sound is said to be in another file
            raise BadFile(UNREADABLE)
        made[inner + 4 : stop] = bytes(stop - inner - 4)


def _tidy_codec(made: bytearray, body: int, end: int) -> None:
    entries = list(boxes(made, body + 8, end))
    if not entries or any(kind not in _CODECS for kind, *_ in entries):
        raise BadFile(OTHER)
    for _, _, inner, _ in entries:
        part(made, inner, 28)
        made[inner + 10 : inner + 16] = bytes(6)  # revision and vendor


def _blank_unused(made: bytearray) -> None:
    spans = sorted(sound_spans(bytes(made)))
    stores = [(body, stop) for kind, _, body, stop in boxes(made, 0, len(made)) if kind == b"mdat"]
    if not spans or not stores:
        raise BadFile(CUT_SHORT)
    for body, stop in stores:
        fresh = bytearray(stop - body)
        for start, end in spans:
            if body <= start and end <= stop:
                fresh[start - body : end - body] = made[start:end]
        made[body:stop] = fresh
    if any(not any(b <= start and end <= s for b, s in stores) for start, end in spans):
        raise BadFile(CUT_SHORT)
