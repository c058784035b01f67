"""WAV: the shape of the sound and the sound; every other chunk is left out.

Source: Microsoft and IBM, Multimedia Programming Interface and Data Specifications 1.0 (1991).
"""

from collections.abc import Iterator

from firsthand.testimony.files.believe import believed
from firsthand.testimony.files.kinds import CUT_SHORT, UNREADABLE, BadFile
from firsthand.testimony.files.reading import little, part

_LONGEST_SHAPE = 64  # bytes; the largest in use, ADPCM's, has 50
_KEPT = (b"fmt ", b"fact", b"data")


def clean(content: bytes, code: str = "wav") -> bytes:
    """Return a WAV file with the sound of `content` alone."""
    found = {name: body for name, body in _chunks(content) if name in _KEPT}
    shape, sound = found.get(b"fmt ", b""), found.get(b"data", b"")
    _check(shape, sound)
    if b"fact" in found:
        found[b"fact"] = found[b"fact"][:4]
    body = b"WAVE" + b"".join(_chunk(name, found[name]) for name in _KEPT if name in found)
    return believed(_chunk(b"RIFF", body), "wav")


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    end = little(content, 4, 4) + 8
    if end > len(content):
        raise BadFile(CUT_SHORT)
    while at + 8 <= end:
        name, length = part(content, at, 4), little(content, at + 4, 4)
        yield name, part(content, at + 8, length)
        at += 8 + length + length % 2


def _check(shape: bytes, sound: bytes) -> None:
    if not 16 <= len(shape) <= _LONGEST_SHAPE or not little(shape, 2, 2) or not little(shape, 4, 4):
        raise BadFile(UNREADABLE)
    step = little(shape, 12, 2)
    if not sound or not step or len(sound) < step:
        raise BadFile(CUT_SHORT)


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + bytes(len(body) % 2)
