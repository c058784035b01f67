"""Ogg with Opus or Vorbis: the same pages of sound, behind a comment header that is empty.

Sources: RFC 3533 (Ogg), RFC 7845 (Opus in Ogg), the Vorbis I specification's comment header.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from firsthand.testimony.files.believe import believed
from firsthand.testimony.files.kinds import CUT_SHORT, OTHER, UNREADABLE, BadFile
from firsthand.testimony.files.reading import part

_EMPTY_OPUS = b"OpusTags" + bytes(8)
_EMPTY_VORBIS = b"\x03vorbis" + bytes(8) + b"\x01"
_LONGEST_SETUP = 1024 * 1024  # bytes; a usual one has some thousands
_MIRROR = bytes(int(f"{value:08b}"[::-1], 2) for value in range(256))
_FIRST, _GOES_ON = 2, 1  # flags of a page: begins the stream; begins inside a packet


@dataclass(frozen=True)
class Page:
    """One page: its flags, time, stream, the lengths its packets are cut in, its bytes."""

    flags: int
    time: bytes
    stream: bytes
    lacing: bytes
    body: bytes


def clean(content: bytes, code: str = "ogg") -> bytes:
    """Return the one Opus or Vorbis stream of `content` with an empty comment header."""
    pages = list(_pages(content))
    stream = _only_stream(pages)
    pages = [page for page in pages if page.stream == stream]
    opus = pages[0].body.startswith(b"OpusHead")
    used, headers = _headers(pages, 2 if opus else 3)
    sound = pages[used:]
    if not sound or sound[0].flags & _GOES_ON:
        raise BadFile(CUT_SHORT if not sound else UNREADABLE)
    whole = _written([*_fresh(headers, opus, stream), *sound])
    return believed(whole, "opus" if opus else "vorbis")


def _pages(content: bytes) -> Iterator[Page]:
    at = 0
    while at < len(content):
        if part(content, at, 5) != b"OggS\0":
            raise BadFile(CUT_SHORT)
        lacing = part(content, at + 27, content[at + 26] if at + 26 < len(content) else 256)
        start = at + 27 + len(lacing)
        body = part(content, start, sum(lacing))
        head = part(content, at, 27)
        if _checksum(head[:22] + bytes(4) + head[26:] + lacing + body) != head[22:26]:
            raise BadFile(CUT_SHORT)
        yield Page(head[5], head[6:14], head[14:18], lacing, body)
        at = start + len(body)


def _only_stream(pages: list[Page]) -> bytes:
    firsts = [page for page in pages if page.flags & _FIRST]
    sounds = [p for p in firsts if p.body.startswith((b"OpusHead", b"\x01vorbis"))]
    if len(sounds) != 1:
        raise BadFile(OTHER)
    return sounds[0].stream


def _headers(pages: list[Page], count: int) -> tuple[int, list[bytes]]:
    """Return how many pages the first `count` packets fill, and those packets."""
    packets, rest, used = [], bytearray(), 0
    for page in pages:
        used += 1
        at = 0
        for length in page.lacing:
            rest += page.body[at : at + length]
            at += length
            if length < 255:
                packets.append(bytes(rest))
                rest.clear()
        if len(packets) >= count:
            break
    if len(packets) != count:
        raise BadFile(UNREADABLE if len(packets) > count else CUT_SHORT)
    return used, packets


def _fresh(headers: list[bytes], opus: bool, stream: bytes) -> list[Page]:
    first, comments = headers[0], headers[1]
    if not comments.startswith(b"OpusTags" if opus else b"\x03vorbis"):
        raise BadFile(UNREADABLE)
    if not opus and not 7 < len(headers[2]) < _LONGEST_SETUP:
        raise BadFile(UNREADABLE)
    later = [_EMPTY_OPUS] if opus else [_EMPTY_VORBIS, headers[2]]
    first = _opus_head(first) if opus else part(first, 0, 30)
    return [Page(_FIRST, bytes(8), stream, _lacing(first), first), *_paged(later, stream)]


def _opus_head(first: bytes) -> bytes:
    mapped = part(first, 18, 1) != b"\0"
    return part(first, 0, 21 + first[9] if mapped else 19)


def _lacing(packet: bytes) -> bytes:
    return b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255])


def _paged(packets: list[bytes], stream: bytes) -> Iterator[Page]:
    lacing, body = b"".join(map(_lacing, packets)), b"".join(packets)
    goes_on = 0
    while lacing:
        here, lacing = lacing[:255], lacing[255:]
        yield Page(goes_on, bytes(8), stream, here, body[: sum(here)])
        body = body[sum(here) :]
        goes_on = _GOES_ON if here[-1] == 255 else 0


def _written(pages: list[Page]) -> bytes:
    return b"".join(_page(page, number) for number, page in enumerate(pages))


def _page(page: Page, number: int) -> bytes:
    head = b"OggS\0" + bytes([page.flags]) + page.time + page.stream + number.to_bytes(4, "little")
    tail = bytes([len(page.lacing)]) + page.lacing + page.body
    return head + _checksum(head + bytes(4) + tail) + tail


def _checksum(page: bytes) -> bytes:
    """Return Ogg's CRC-32: zlib's with the bits of every byte mirrored, and no inversion."""
    mirrored = ~zlib.crc32(page.translate(_MIRROR), 0xFFFFFFFF) & 0xFFFFFFFF
    return mirrored.to_bytes(4, "big").translate(_MIRROR)
