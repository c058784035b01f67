"""M4A: sound in MP4. Only the boxes that playing needs stay; all else is blanked where it lies.

Blanking in place (the box becomes "free", its bytes zero) keeps every offset in the file true.
Place (`udta` with its ©xyz and loci, `meta`), names, times, covers, chapters and whatever no
sample of the sound points at are gone. Sources: ISO/IEC 14496-12 and 14496-14; Apple's QuickTime
File Format for `udta`.
"""

from bisect import bisect_right

from firsthand.testimony.files import mp4_tidy
from firsthand.testimony.files.believe import believed
from firsthand.testimony.files.kinds import CUT_SHORT, TOO_MUCH, VIDEO, BadFile
from firsthand.testimony.files.mp4_boxes import Box, boxes, table, under
from firsthand.testimony.files.mp4_samples import sound_spans, track_number
from firsthand.testimony.files.reading import big

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
        b"stbl": b"stsd stts stsc stsz stco co64 sgpd sbgp",
        b"mvex": b"mehd trex",
        b"moof": b"mfhd traf",
        b"traf": b"tfhd tfdt trun sgpd sbgp",
    }.items()
}


def clean(content: bytes, code: str = "mp4") -> bytes:
    """Return `content` with its tracks of sound, and nothing else to be read in it."""
    made = bytearray(content)
    whole = Box(b"", 0, 0, len(made))
    tracks: set[int] = set()
    for track in under(made, whole, b"moov", b"trak"):
        if _is_sound(made, track):
            tracks.add(track_number(made, track))
        else:
            _blank(made, track)
    if not tracks:
        raise BadFile(CUT_SHORT)
    _walk(made, whole, tracks)
    _blank_unused(made)
    return believed(bytes(made), "mp4")


def _is_sound(made: bytearray, track: Box) -> bool:
    handler = table(made, track, b"mdia", b"hdlr")[8:12]
    if handler == b"vide":
        raise BadFile(VIDEO)
    return handler == b"soun"


def _blank(made: bytearray, box: Box) -> None:
    made[box.start + 4 : box.start + 8] = b"free"
    made[box.body : box.end] = bytes(box.end - box.body)


def _walk(made: bytearray, outer: Box, tracks: set[int]) -> None:
    for box in list(boxes(made, outer.body, outer.end)):
        if box.kind not in _INSIDE[outer.kind] or not _of_sound(made, box, tracks):
            _blank(made, box)
        elif box.kind in _INSIDE:
            _walk(made, box, tracks)
        else:
            mp4_tidy.tidy(made, box)


def _of_sound(made: bytearray, box: Box, tracks: set[int]) -> bool:
    """Return whether a part of a fragment, if `box` is one, belongs to one of the `tracks`."""
    return box.kind != b"traf" or big(table(made, box, b"tfhd"), 4, 4) in tracks


def _blank_unused(made: bytearray) -> None:
    """Blank all of the stored media that no sample of the sound points at."""
    old = bytes(made)
    spans = [(start, end) for start, end in sound_spans(old) if start < end]
    stores = [box for box in boxes(old, 0, len(old)) if box.kind == b"mdat"]
    _check(spans, stores, len(old))
    for box in stores:
        made[box.body : box.end] = bytes(box.end - box.body)
    for start, end in spans:
        made[start:end] = old[start:end]


def _check(spans: list[tuple[int, int]], stores: list[Box], size: int) -> None:
    if sum(end - start for start, end in spans) > size:  # samples laid over one another
        raise BadFile(TOO_MUCH)
    bodies = [box.body for box in stores]
    for start, end in spans:
        at = bisect_right(bodies, start) - 1
        if at < 0 or end > stores[at].end:
            raise BadFile(CUT_SHORT)
    if not spans:
        raise BadFile(CUT_SHORT)
