"""WebM with Opus sound: what playing needs stays; all else is made void where it lies.

Sources: RFC 8794 (EBML), RFC 9559 (Matroska), the WebM container guidelines.
"""

from collections.abc import Iterator

from firsthand.testimony.files.kinds import CUT_SHORT, OTHER, UNREADABLE, VIDEO, BadFile
from firsthand.testimony.files.reading import big, part

_EBML, _SEGMENT, _INFO, _TRACKS, _TRACK = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE
_CLUSTER, _GROUP, _AUDIO, _CUES, _SEEK = 0x1F43B675, 0xA0, 0xE1, 0x1C53BB6B, 0x114D9B74
_VOID, _TYPE, _CODEC, _PRIVATE, _DOC = 0xEC, 0x83, 0x86, 0x63A2, 0x4282
_SOUND, _PICTURE = 2, 1
# Which elements may stand in which; 0 is the file. Those that are no key here hold numbers or
# sound.
_INSIDE: dict[int, frozenset[int]] = {
    0: frozenset({_EBML, _SEGMENT}),
    _EBML: frozenset({0x4286, 0x42F7, 0x42F2, 0x42F3, _DOC, 0x4287, 0x4285}),
    _SEGMENT: frozenset({_INFO, _TRACKS, _CLUSTER, _CUES}),
    _INFO: frozenset({0x2AD7B1, 0x4489, 0x4D80, 0x5741}),
    _TRACKS: frozenset({_TRACK}),
    _TRACK: frozenset(
        {0xD7, 0x73C5, _TYPE, 0xB9, 0x88, 0x55AA, 0x9C, 0x23E383, 0x56AA, 0x56BB}
        | {_CODEC, _PRIVATE, _AUDIO}
    ),
    _AUDIO: frozenset({0xB5, 0x78B5, 0x9F, 0x6264}),
    _CLUSTER: frozenset({0xE7, 0xA3, _GROUP}),
    _GROUP: frozenset({0xA1, 0x9B, 0x75A2, 0xFB}),
    _CUES: frozenset({0xBB}),
    0xBB: frozenset({0xB3, 0xB7}),
    0xB7: frozenset({0xF7, 0xF1, 0xF0}),
}
_NAMES = frozenset({0x4D80, 0x5741})  # the programs that wrote it: must be there, may be empty
_BYTES = frozenset({0xA3, 0xA1, _PRIVATE, _CODEC, _DOC})
_OPEN = frozenset({_SEGMENT, _CLUSTER})  # may be of unknown length, as browsers write them
Element = tuple[int, int, int, int]  # id, start, start of its body, end


def clean(content: bytes, code: str = "webm") -> bytes:
    """Return `content` with its Opus track and nothing else to be read in it."""
    made = bytearray(content)
    _walk(made, 0, 0, len(made))
    _check(made)
    return bytes(made)


def _elements(made: bytearray, outer: int, start: int, end: int) -> Iterator[Element]:
    while start < end:
        first = big(made, start, 1)
        width = 9 - first.bit_length()
        name = big(made, start, width) if 1 <= width <= 4 else 0
        if not name:
            raise BadFile(CUT_SHORT)
        if outer == _CLUSTER and name in _INSIDE[_SEGMENT] | {_SEEK, 0x1254C367}:
            return  # the cluster's length was not known: the next one ends it
        body, stop = _span(made, name, start + width, end)
        yield name, start, body, stop
        start = stop


def _span(made: bytearray, name: int, at: int, end: int) -> tuple[int, int]:
    width = 9 - big(made, at, 1).bit_length()
    if width > 8:
        raise BadFile(CUT_SHORT)
    most = (1 << 7 * width) - 1
    length = big(made, at, width) & most
    body = at + width
    if length == most:
        if name not in _OPEN:
            raise BadFile(UNREADABLE)
        return body, _open_end(made, name, body, end)
    if body + length > end:
        raise BadFile(CUT_SHORT)
    return body, body + length


def _open_end(made: bytearray, name: int, body: int, end: int) -> int:
    if name == _SEGMENT:
        return end
    return max((stop for *_, stop in _elements(made, _CLUSTER, body, end)), default=body)


def _walk(made: bytearray, outer: int, start: int, end: int) -> None:
    for name, at, body, stop in list(_elements(made, outer, start, end)):
        if name not in _INSIDE[outer]:
            _make_void(made, at, stop)
        elif name in _INSIDE:
            _walk(made, name, body, stop)
        elif name in _NAMES:
            made[body:stop] = bytes(stop - body)
        elif name not in _BYTES and stop - body > 8:  # a number has at most eight bytes
            raise BadFile(UNREADABLE)


def _make_void(made: bytearray, start: int, end: int) -> None:
    length = end - start
    if length < 10:
        head = bytes([_VOID, 0x80 | (length - 2)])
    else:
        head = bytes([_VOID, 0x01]) + (length - 9).to_bytes(7, "big")
    made[start:end] = head + bytes(length - len(head))


def _check(made: bytearray) -> None:
    found = dict.fromkeys((_TYPE, _CODEC, _PRIVATE, _DOC), b"")
    sounds = 0
    for name, body in _leaves(made, 0, 0, len(made)):
        if name == _TYPE and found[_TYPE]:
            raise BadFile(VIDEO)  # more than one track
        if name in found:
            found[name] = body
        sounds += name in (0xA3, 0xA1)
    if found[_TYPE].lstrip(b"\0") == bytes([_PICTURE]):
        raise BadFile(VIDEO)
    if found[_DOC].rstrip(b"\0") not in (b"webm", b"matroska") or found[_CODEC] != b"A_OPUS":
        raise BadFile(OTHER)
    head = found[_PRIVATE]
    if not head.startswith(b"OpusHead") or len(head) != (
        19 if part(head, 18, 1) == b"\0" else 21 + head[9]
    ):
        raise BadFile(UNREADABLE)
    if not sounds:
        raise BadFile(CUT_SHORT)


def _leaves(made: bytearray, outer: int, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    for name, _, body, stop in _elements(made, outer, start, end):
        if name in _INSIDE:
            yield from _leaves(made, name, body, stop)
        else:
            yield name, bytes(made[body:stop])
