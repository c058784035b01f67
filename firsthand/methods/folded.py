"""A text as it is compared when case, accents and ligatures do not matter, and the way back.

Each character is decomposed for compatibility (NFKD; Unicode Standard Annex 15), case-folded
(Unicode Standard, section 3.13, default caseless matching) and loses its combining marks. Of each
folded character its place in the text as it was is kept, so that what is found can be marked
there: a mark never parts a letter from its accents.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SOFT_HYPHEN = "\u00ad"
_BROKEN_WORD = re.compile(r"(?<=\w)[-\u00ad\u2010\u2011]\s*\n\s*(?=\w)")


@dataclass(frozen=True)
class Folded:
    """`text` folded; its character i came from character `at[i]` of the text as it was."""

    text: str
    at: tuple[int, ...]
    was: str

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Return where a folded stretch (at least one character) is in the text as it was."""
        last = self.at[end - 1] + 1
        while last < len(self.was) and _is_mark(self.was[last]):
            last += 1
        return self.at[begin], last


def fold(text: str, *, flowing: bool = False) -> Folded:
    """Fold a text. `flowing`: words broken at a line's end are joined, and any space is one space.

    Never raises; of a text without anything but marks nothing is left.
    """
    skipped = {at for found in _broken(text, flowing) for at in range(*found)}
    made: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        if at in skipped:
            continue
        for each in one(character):
            if flowing and each == " " and made[-1:] == [" "]:
                continue
            made.append(each)
            places.append(at)
    return Folded("".join(made), tuple(places), text)


def _broken(text: str, flowing: bool) -> list[tuple[int, int]]:
    return [found.span() for found in _BROKEN_WORD.finditer(text)] if flowing else []


@lru_cache(maxsize=4096)
def one(character: str) -> str:
    """Fold one character: to none, one or several; any white space is a space."""
    if character.isspace():
        return " "
    if character == _SOFT_HYPHEN:
        return ""
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(" " if each.isspace() else each for each in spread if not _is_mark(each))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me")
