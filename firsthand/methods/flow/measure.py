"""How wide text will be, near enough to break lines before they leave their box.

The picture carries no typeface, so the reader's own is used. The widths are a little more than
those of DejaVu Sans (Bitstream Vera's metrics), the widest of the usual sans-serifs: in Arial,
Helvetica or Liberation Sans the same lines leave some room to spare.
"""

import unicodedata
from functools import lru_cache

# Shares of the letters' size. What is not listed has _OTHER.
_WIDTHS = {
    **dict.fromkeys("ijlI'|.,:;!", 0.34),
    **dict.fromkeys(" \u00a0()[]/frt-", 0.41),
    **dict.fromkeys("mwMWOQ@%", 0.99),
    **dict.fromkeys("=+<>#&", 0.84),
}
_OTHER, _CAPITAL, _WIDE, _BOLD = 0.645, 0.76, 1.05, 1.12


@lru_cache(maxsize=4096)
def width(text: str, size: float, *, strong: bool = False) -> float:
    """The width of a line, in the unit of `size`."""
    whole = sum(_share(each) for each in text) * size
    return whole * _BOLD if strong else whole


def wrapped(text: str, room: float, size: float, *, strong: bool = False) -> tuple[str, ...]:
    """The text in lines that fit; a word wider than a whole line is cut. Keeps every character
    but the spaces that lines break at, and no-break spaces hold."""
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if width(joined, size, strong=strong) <= room:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        *full, lines[-1] = _cut(word, room, size, strong)
        lines[-1:-1] = full
    return tuple(lines)


def _cut(word: str, room: float, size: float, strong: bool) -> list[str]:
    """A word in pieces that fit, each of one character at least."""
    pieces = [""]
    for each in word:
        if pieces[-1] and width(pieces[-1] + each, size, strong=strong) > room:
            pieces.append("")
        pieces[-1] += each
    return pieces


def _share(character: str) -> float:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    if unicodedata.combining(character):
        return 0.0
    return _CAPITAL if character.isupper() else _OTHER
