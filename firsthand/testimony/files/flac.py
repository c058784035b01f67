"""FLAC: the stream's measures and its frames; every other block, and every tag, is left out.

Source: RFC 9639, Free Lossless Audio Codec.
"""

from firsthand.testimony.files.believe import believed
from firsthand.testimony.files.kinds import CUT_SHORT, UNREADABLE, BadFile
from firsthand.testimony.files.reading import big, part

_STREAMINFO, _MEASURES = 0, 34  # block type; bytes
_LONGEST_FRAME = 2 * 1024 * 1024  # bytes looked through for the last frame
_MOST_TRIES = 20  # marks of a frame that turn out to be chance, or bait
_ONLY_BLOCK = b"\x80\x00\x00\x22"  # the last block, a STREAMINFO of 34 bytes


def clean(content: bytes, code: str = "flac") -> bytes:
    """Return a FLAC file with the measures and frames of `content` alone."""
    at, kind, last = 4, -1, False
    measures = part(content, 8, _MEASURES)
    if content[4] & 127 != _STREAMINFO or big(content, 5, 3) != _MEASURES:
        raise BadFile(UNREADABLE)
    while not last:
        kind, length = big(content, at, 1), big(content, at + 1, 3)
        last = bool(kind & 128)
        part(content, at + 4, length)
        at += 4 + length
    return believed(b"fLaC" + _ONLY_BLOCK + measures + _frames(content, at), "flac")


def _frames(content: bytes, at: int) -> bytes:
    """Return the frames from `at` on, once the last one's check number proves it whole."""
    if big(content, at, 2) & 0xFFFE != 0xFFF8:
        raise BadFile(UNREADABLE)
    end = _end(content)
    last = end
    floor = max(at, end - _LONGEST_FRAME)
    for _ in range(_MOST_TRIES):
        last = _rfind(content, floor, last)
        if last >= 0 and _crc16(content[last:end]) == 0:
            return content[at:end]
    raise BadFile(CUT_SHORT)


def _end(content: bytes) -> int:
    """Return where the frames end: before an ID3v1 or APE tag at the tail."""
    end = len(content)
    if content[-128:-125] == b"TAG":
        end -= 128
    if content[end - 32 : end - 24] == b"APETAGEX":
        size = int.from_bytes(content[end - 20 : end - 16], "little")
        end -= size + (32 if content[end - 9] & 128 else 0)
    return max(end, 0)


def _rfind(content: bytes, floor: int, before: int) -> int:
    """Return the nearest start of a frame before `before`: its mark with a true check byte."""
    while True:
        before = content.rfind(b"\xff", floor, before)
        if before < 0:
            return -1
        if content[before + 1 : before + 2] in (b"\xf8", b"\xf9") and _is_header(content, before):
            return before


def _is_header(content: bytes, at: int) -> bool:
    if at + 16 > len(content):
        return False
    size, pitch, lead = content[at + 2] >> 4, content[at + 2] & 15, content[at + 4]
    number = 1 if lead < 0x80 else 8 - (lead ^ 0xFF).bit_length()
    length = 4 + number + {6: 1, 7: 2}.get(size, 0) + {12: 1, 13: 2, 14: 2}.get(pitch, 0)
    return _crc8(content[at : at + length + 1]) == 0


def _table(polynomial: int, bits: int) -> tuple[int, ...]:
    found, top = [], 1 << (bits - 1)
    for value in range(256):
        rest = value << (bits - 8)
        for _ in range(8):
            rest = (rest << 1 ^ polynomial if rest & top else rest << 1) & ((1 << bits) - 1)
        found.append(rest)
    return tuple(found)


_CRC8, _CRC16 = _table(0x07, 8), _table(0x8005, 16)


def _crc8(content: bytes) -> int:
    rest = 0
    for byte in content:
        rest = _CRC8[rest ^ byte]
    return rest


def _crc16(content: bytes) -> int:
    rest = 0
    for byte in content:
        rest = (rest << 8 & 0xFF00) ^ _CRC16[rest >> 8 ^ byte]
    return rest
