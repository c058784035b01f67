"""A colour profile without the names of the device and program it was made for.

Source: ICC.1:2022, sections 7.2 (header) and 7.3 (tag table).
"""

from firsthand.testimony.files.reading import big, part

_HEADER, _ROW = 128, 12  # bytes
# Of the header: the program, the day, the platform, the device, who made it, its mark.
_NAMED = ((4, 8), (24, 36), (40, 44), (48, 56), (80, 84), (84, 100))
_NEEDED = frozenset(
    b"rXYZ gXYZ bXYZ wtpt bkpt rTRC gTRC bTRC kTRC A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 chad gamt lumi "
    b"cicp D2B0 D2B1 D2B2 B2D0 B2D1 B2D2".split()
)
_MOST_TAGS = 100


def profile_bare(content: bytes) -> bytes:
    """Return a profile of the same colours with every name, date and remark in it zeroed."""
    kept = bytearray(len(content))
    kept[:_HEADER] = part(content, 0, _HEADER)
    for start, end in _NAMED:
        kept[start:end] = bytes(end - start)
    count = min(big(content, _HEADER, 4), _MOST_TAGS)
    table = _HEADER + 4
    kept[_HEADER : table + count * _ROW] = part(content, _HEADER, 4 + count * _ROW)
    for at in range(table, table + count * _ROW, _ROW):
        if content[at : at + 4] in _NEEDED:
            start, length = big(content, at + 4, 4), big(content, at + 8, 4)
            kept[start : start + length] = part(content, start, length)
    return bytes(kept)
