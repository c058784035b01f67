"""Sentences of a text, by their exact places, so that a person can move from one to the next.

After the sentence boundaries of Unicode Standard Annex 29, section 5: a sentence ends behind a
stop with whatever closes quotes or brackets, where white space and no small letter follows (SB6 to
SB11), and at the end of a paragraph (SB4). To that come abbreviations and initials that end no
sentence, and an upper bound, for speech that was written down without stops. Places are Unicode
code points, the end exclusive; white space around a sentence belongs to none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 600  # code points of one sentence; a longer one is cut between words

_CLOSERS = "\"'\u2019\u201d\u00bb\u203a)\\]}\u300d\u300f"
# Stops that need a space behind them, and those of scripts that put none.
_STOP = re.compile(
    rf"(?:[.!?\u2026\u061f\u06d4\u0964\u0965]+[{_CLOSERS}]*(?=\s)|[\u3002\uff01\uff1f]+[{_CLOSERS}]*)"
)
_PARAGRAPH = re.compile(r"[\r\n\u0085\u2028\u2029]+")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*)\.$")
_NEXT = re.compile(rf"\s*[{_CLOSERS}(\[{{\u2018\u201c\u00ab]*(\S?)")
_SHORT = frozenset(
    re.split(
        r"\s+",
        """mr mrs ms mx dr prof rev st sr jr vs al etc fig figs no nos p pp vol ed eds ch approx
        dept e.g i.e cf ca inc ltd co jan feb mar apr jun jul aug sep sept oct nov dec""",
    )
)
# Of these, the first end no sentence only before a number; the second do before a capital.
_NUMBERED = frozenset(
    ("no", "nos", "p", "pp", "fig", "figs", "vol", "ch")
)  # these only before a number
_MAY_END = frozenset(
    ("etc", "al", "inc", "ltd", "co")
)  # these end a sentence too, if a capital follows


@dataclass(frozen=True)
class Sentence:
    """A sentence's place, and the number of its paragraph from 0."""

    start: int
    end: int
    paragraph: int


def split(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text in order; none when nothing but white space is there."""
    found: list[Sentence] = []
    for number, (start, end) in enumerate(_paragraphs(text)):
        cut = start
        for stop in _stops(text, start, end):
            found += [Sentence(*each, number) for each in _bounded(text, cut, stop)]
            cut = stop
        found += [Sentence(*each, number) for each in _bounded(text, cut, end)]
    return tuple(found)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs that say something."""
    begin = 0
    for gap in _PARAGRAPH.finditer(text):
        if text[begin : gap.start()].strip():
            yield begin, gap.start()
        begin = gap.end()
    if text[begin:].strip():
        yield begin, len(text)


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where sentences end within a paragraph, but for its own end."""
    for found in _STOP.finditer(text, start, end):
        if found.end() < end and _ends(text, start, found.start(), found.end(), end):
            yield found.end()


def _ends(text: str, start: int, stop: int, behind: int, end: int) -> bool:
    follows = _NEXT.match(text, behind, end)
    letter = follows.group(1) if follows else ""
    if letter.islower():
        return False
    said = _LAST_WORD.search(text, max(start, stop - 20), stop + 1)
    if said is None or text[stop] != ".":
        return True
    word = said.group(1).lower()
    if word in _NUMBERED:
        return not letter.isdigit()
    initial = len(word) == 1 and said.group(1).isupper() and word != "i"
    return not initial and (word not in _SHORT or word in _MAY_END)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a stretch without the white space around it, cut between words where it is too long."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut
        while text[start].isspace():
            start += 1
    if start < end:
        yield start, end
