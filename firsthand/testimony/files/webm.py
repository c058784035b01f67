"""WebM with Opus sound: what playing needs stays; all else is made void where it lies.

Sources: RFC 8794 (EBML), RFC 9559 (Matroska), the WebM container guidelines.
"""

from firsthand.testimony.files import ebml
from firsthand.testimony.files.ebml import Element
from firsthand.testimony.files.kinds import CUT_SHORT, OTHER, UNREADABLE, VIDEO, BadFile
from firsthand.testimony.files.reading import big, part

_HEAD, _INFO, _TRACKS, _TRACK, _AUDIO = 0x1A45DFA3, 0x1549A966, 0x1654AE6B, 0xAE, 0xE1
_GROUP, _CUES, _CUE, _PLACE = 0xA0, 0x1C53BB6B, 0xBB, 0xB7
_NUMBER, _TYPE, _CODEC, _PRIVATE, _DOC, _BLOCK, _SIMPLE = (
    0xD7,
    0x83,
    0x86,
    0x63A2,
    0x4282,
    0xA1,
    0xA3,
)
# Which elements may stand in which; 0 is the file. Others hold numbers, or are told below.
_INSIDE: dict[int, frozenset[int]] = {
    0: frozenset({_HEAD, ebml.SEGMENT}),
    _HEAD: frozenset({0x4286, 0x42F7, 0x42F2, 0x42F3, _DOC, 0x4287, 0x4285}),
    ebml.SEGMENT: frozenset({_INFO, _TRACKS, ebml.CLUSTER, _CUES}),
    _INFO: frozenset({0x2AD7B1, 0x4489, 0x4D80, 0x5741}),
    _TRACKS: frozenset({_TRACK}),
    _TRACK: frozenset(
        {_NUMBER, 0x73C5, _TYPE, 0xB9, 0x88, 0x55AA, 0x9C, 0x23E383, 0x56AA, 0x56BB}
        | {_CODEC, _PRIVATE, _AUDIO}
    ),
    _AUDIO: frozenset({0xB5, 0x78B5, 0x9F, 0x6264}),
    ebml.CLUSTER: frozenset({0xE7, _SIMPLE, _GROUP}),
    _GROUP: frozenset({_BLOCK, 0x9B, 0x75A2, 0xFB}),
    _CUES: frozenset({_CUE}),
    _CUE: frozenset({0xB3, _PLACE}),
    _PLACE: frozenset({0xF7, 0xF1, 0xF0}),
}
_PROGRAMS = frozenset({0x4D80, 0x5741})  # what it was written with: must be there, may be empty
_TOLD = frozenset({_PRIVATE, _CODEC, _DOC, _TYPE, _NUMBER})
_SOUND, _LONGEST_NUMBER = 2, 8  # a track's type; bytes


def clean(content: bytes, code: str = "webm") -> bytes:
    """Return `content` with its Opus track and nothing else to be read in it."""
    made = bytearray(content)
    told: dict[int, bytes] = {}
    blocks = _walk(made, Element(0, 0, 0, len(made)), told)
    _check(told)
    if not blocks:
        raise BadFile(CUT_SHORT)
    return bytes(made)


def _walk(made: bytearray, outer: Element, told: dict[int, bytes]) -> int:
    """Clean what is in `outer`, note in `told` what it says; return how many blocks it has."""
    blocks = 0
    for each in list(ebml.elements(made, outer.body, outer.end)):
        if each.name not in _INSIDE[outer.name]:
            ebml.make_void(made, each)
        elif each.name in _INSIDE:
            blocks += _walk(made, each, told)
        elif each.name in (_BLOCK, _SIMPLE):
            blocks += _check_block(made, each, told)
        else:
            _leaf(made, each, told)
    return blocks


def _leaf(made: bytearray, each: Element, told: dict[int, bytes]) -> None:
    if each.name in _PROGRAMS:
        made[each.body : each.end] = bytes(each.end - each.body)
    elif each.name in _TOLD:
        if each.name in told:  # more than one track
            raise BadFile(VIDEO)
        told[each.name] = bytes(made[each.body : each.end])
    elif each.end - each.body > _LONGEST_NUMBER:
        raise BadFile(UNREADABLE)


def _check_block(made: bytearray, block: Element, told: dict[int, bytes]) -> int:
    """Refuse a block of a track that is not there: players pass over it, so it only hides."""
    if big(made, block.body, 1) != 0x80 | big(told.get(_NUMBER, b"\0")[-1:], 0, 1):
        raise BadFile(UNREADABLE)
    return 1


def _check(told: dict[int, bytes]) -> None:
    if told.get(_TYPE, b"").lstrip(b"\0") != bytes([_SOUND]):
        raise BadFile(VIDEO)
    if told.get(_DOC, b"") not in (b"webm", b"matroska") or told.get(_CODEC) != b"A_OPUS":
        raise BadFile(OTHER)
    head = told.get(_PRIVATE, b"")
    usual = part(head, 18, 1) == b"\0"
    if not head.startswith(b"OpusHead") or len(head) != (19 if usual else 21 + head[9]):
        raise BadFile(UNREADABLE)
