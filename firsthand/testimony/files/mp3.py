"""MP3: the frames of sound, one after the other, and nothing that lies between or around them.

Source: ISO/IEC 11172-3 and 13818-3, the frame header; the Xing and LAME header as documented by
Gabriel Bouvigne (mp3-tech.org).
"""

from firsthand.testimony.files.believe import believed
from firsthand.testimony.files.kinds import CUT_SHORT, UNREADABLE, BadFile
from firsthand.testimony.files.reading import big, part

# Kilobits a second by (MPEG 1?, layer), then by the header's index 1..14.
_RATES = {
    (True, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES[False, 3] = _RATES[False, 2]
_PITCHES = (44_100, 48_000, 32_000)  # hertz, halved for MPEG 2 and again for 2.5
_FEWEST = 3  # frames in a row before we believe that this is sound
_MOST_JUNK = 65_536  # bytes between two frames
_TAILS = (b"TAG", b"APETAGEX", b"LYRICSBEGIN", b"3DI")


def clean(content: bytes, code: str = "mp3") -> bytes:
    """Return the frames of `content` alone, the encoder's notes in the first one blanked."""
    frames = _frames(content)
    if len(frames) < _FEWEST:
        raise BadFile(UNREADABLE)
    if len(frames[-1]) < _frame_length(frames[-1], 0):
        raise BadFile(CUT_SHORT)
    return believed(b"".join(_without_notes(frames)), "mp3")


def _frames(content: bytes) -> list[bytes]:
    found: list[bytes] = []
    at, junk = _after_id3(content, 0), 0
    while at < len(content):
        length = _frame_length(content, at)
        if length and _alike(content[at : at + 4], found[:1]):
            found.append(content[at : at + length])
            at += length
        else:
            ahead = _next_frame(content, at)
            junk += min(ahead - at, _MOST_JUNK)
            at = ahead
        if junk > 4 * _MOST_JUNK:
            raise BadFile(UNREADABLE)
    return found


def _alike(head: bytes, first: list[bytes]) -> bool:
    """Return whether a frame has the version, layer and pitch of the first: sound never changes."""
    return not first or (head[1] & 0xFE == first[0][1] & 0xFE and head[2] & 12 == first[0][2] & 12)


def _after_id3(content: bytes, at: int) -> int:
    """Return where the ID3v2 tags that begin at `at`, if any do, are over."""
    while content[at : at + 3] == b"ID3":
        head = part(content, at, 10)
        size = sum((byte & 127) << 7 * (3 - i) for i, byte in enumerate(head[6:]))
        at += 10 + size + (10 if head[5] & 16 else 0)  # some end in a copy of their head
    if at > len(content):
        raise BadFile(CUT_SHORT)
    return at


def _frame_length(content: bytes, at: int) -> int:
    """Return the length of the frame whose header is at `at`; 0 when there is none."""
    head = content[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, 4 - (head[1] >> 1 & 3)
    rate, pitch = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer in (1, 4) or rate in (0, 15) or pitch == 3:
        return 0
    first = version == 3
    bits = _RATES[first, layer][rate - 1] * 1000
    hertz = _PITCHES[pitch] // {3: 1, 2: 2, 0: 4}[version]
    padding = head[2] >> 1 & 1
    return (144 if first or layer == 2 else 72) * bits // hertz + padding


def _next_frame(content: bytes, at: int) -> int:
    """Return where the next frame begins; the end of the file when only tags are left."""
    after = _after_id3(content, at)
    if after > at:
        return after
    if content.startswith(_TAILS, at) or not content[at : at + _MOST_JUNK].strip(b"\0"):
        return len(content)
    for ahead in range(at + 1, min(at + _MOST_JUNK, len(content))):
        if content.startswith(_TAILS, ahead):
            return len(content)
        length = _frame_length(content, ahead)
        if length and _frame_length(content, ahead + length):
            return ahead
    raise BadFile(CUT_SHORT)


def _without_notes(frames: list[bytes]) -> list[bytes]:
    """Blank what the encoder wrote behind the Xing header's counts: its name and settings."""
    first = frames[0]
    at = max(first[:64].find(b"Xing"), first[:64].find(b"Info"))
    if at < 0:
        return [f for f in frames if b"VBRI" not in f[:64]]
    flags = big(first, at + 4, 4)
    told = at + 8
    if flags & 1 and big(first, told, 4) > len(frames):
        raise BadFile(CUT_SHORT)
    kept = told + 4 * (flags & 1) + 4 * (flags >> 1 & 1) + 100 * (flags >> 2 & 1)
    kept += 4 * (flags >> 3 & 1)
    return [first[:kept].ljust(len(first), b"\0")[: len(first)], *frames[1:]]
