"""Numbers out of bytes, and a refusal where the bytes run out."""

from firsthand.testimony.files.kinds import CUT_SHORT, BadFile

Bytes = bytes | bytearray


def part(content: Bytes, start: int, length: int) -> bytes:
    """Return `length` bytes from `start`, or raise BadFile when they are not all there."""
    found = bytes(content[start : start + length])
    if start < 0 or length < 0 or len(found) < length:
        raise BadFile(CUT_SHORT)
    return found


def big(content: Bytes, start: int, length: int) -> int:
    """Return the number in `length` bytes from `start`, its largest byte first."""
    return int.from_bytes(part(content, start, length), "big")


def little(content: Bytes, start: int, length: int) -> int:
    """Return the number in `length` bytes from `start`, its smallest byte first."""
    return int.from_bytes(part(content, start, length), "little")
