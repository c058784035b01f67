"""Finds words in a text of several pages: where each is, with what stands around it.

Exact matching of the words as they follow each other, with case, accents, ligatures, line ends
and hyphens left aside (`folded`): a word that a page breaks at a line's end is found whole.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.methods.folded import Folded, fold

AROUND = 60  # characters shown before and behind
MOST = 500  # places that are listed
LONGEST = 300  # characters of what is looked for


@dataclass(frozen=True)
class Place:
    """One place: on page `page` (from 1), from character `begin` to `end`, and the words around."""

    page: int
    begin: int
    end: int
    before: str
    found: str
    after: str


def find(pages: Sequence[str], words: str, most: int = MOST) -> tuple[Place, ...]:
    """Return where `words` are, in order, `most` at most; nothing when there is nothing to find."""
    looked = _pattern(words)
    places: list[Place] = []
    for number, text in enumerate(pages, start=1) if looked else ():
        folded = fold(text, flowing=True)
        for found in looked.finditer(folded.text):  # type: ignore[union-attr]
            if len(places) == most:
                return tuple(places)
            places.append(_place(number, folded, *found.span()))
    return tuple(places)


def _pattern(words: str) -> re.Pattern[str] | None:
    """A hyphen may be there or not: at a line's end nobody knows which kind it was."""
    folded = fold(words[:LONGEST], flowing=True).text.strip()
    if not any(each.isalnum() for each in folded):
        return None
    parts = ("-?" if each in "-\u2010\u2011" else re.escape(each) for each in folded)
    return re.compile("".join(parts))


def _place(number: int, folded: Folded, one: int, other: int) -> Place:
    begin, end = folded.span(one, other)
    text = folded.was
    before = text[max(begin - AROUND, 0) : begin]
    after = text[end : end + AROUND]
    return Place(number, begin, end, _line(before), _line(text[begin:end]), _line(after))


def _line(text: str) -> str:
    """Return it on one line; what stood at its ends stays apart from its neighbour."""
    return re.sub(r"\s+", " ", text)
