"""Marks words of a text by blocks (the ideas of a search), whatever their case and accents.

A term is a word or a phrase; `*` stands for the rest of a word, as bibliographic databases read it
(Bramer and others, J Med Libr Assoc 2018;106(4):531-541, on developing searches). Whole words only
are marked. Between the words of a phrase there may be white space or a hyphen. The pieces that
come back make up the text as it was, character for character.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from firsthand.methods.folded import fold

MOST_TERMS = 300  # in a block
LONGEST_TERM = 100  # characters
MOST_STARS = 3  # in a term
_REST = r"\w{0,40}"  # what a star stands for: bounded, so that no text makes it slow
_BETWEEN = r"[\s\-\u2010\u2011\u2013]{1,9}"
_APART = re.compile(r"[\n,;]+")
_QUOTES = "\"'\u201c\u201d\u2018\u2019"


@dataclass(frozen=True)
class Piece:
    """Some of the text, and the places of the blocks that it belongs to; none: it is not marked.

    `opens`: the blocks of which a found word begins here.
    """

    text: str
    blocks: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()


def terms(typed: str) -> tuple[str, ...]:
    """Return the terms that someone typed, one a line or with commas between; each once."""
    found = (" ".join(each.split()).strip(_QUOTES).strip() for each in _APART.split(typed))
    return tuple(dict.fromkeys(each for each in found if each))


def wrong(words: Sequence[str]) -> tuple[str, ...]:
    """Return a sentence for each thing that is wrong with a block's terms."""
    said = [f"Write {MOST_TERMS} words or phrases at most."] if len(words) > MOST_TERMS else []
    for each in words:
        if len(each) > LONGEST_TERM:
            said.append(f"\u201c{each[:30]}\u2026\u201d is longer than {LONGEST_TERM} characters.")
        elif not any(letter.isalnum() for letter in each):
            said.append(f"\u201c{each}\u201d has no letter in it.")
        elif each.count("*") > MOST_STARS:
            said.append(f"\u201c{each}\u201d has more than {MOST_STARS} stars.")
    return tuple(said)


def pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds a block's terms in a folded text; None when there is none to find."""
    longest_first = sorted({fold(each).text for each in words}, key=lambda each: (-len(each), each))
    parts = [_one(each) for each in longest_first if any(letter.isalnum() for letter in each)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None


def _one(term: str) -> str:
    words = [each for each in re.split(r"[\s\-\u2010\u2011\u2013]+", term) if each]
    return _BETWEEN.join(_REST.join(map(re.escape, re.split(r"\*+", word))) for word in words)


def marked(text: str, blocks: Sequence[re.Pattern[str] | None]) -> tuple[Piece, ...]:
    """Return the text in pieces, each with the blocks it belongs to."""
    folded = fold(text)
    spans = [
        (at, *folded.span(*found.span()))
        for at, block in enumerate(blocks)
        if block is not None
        for found in block.finditer(folded.text)
    ]
    return tuple(_pieces(text, spans))


def _pieces(text: str, spans: Sequence[tuple[int, int, int]]) -> Iterator[Piece]:
    """Yield the text from edge to edge; `spans` are (block, first, end)."""
    begun: dict[int, list[int]] = {}
    ended: dict[int, list[int]] = {}
    for at, first, end in spans:
        begun.setdefault(first, []).append(at)
        ended.setdefault(end, []).append(at)
    inside: Counter[int] = Counter()
    edges = sorted({0, len(text), *begun, *ended})
    for begin, end in pairwise(edges):
        opens = begun.get(begin, [])
        inside.subtract(ended.get(begin, []))
        inside.update(opens)
        here = sorted(at for at, often in inside.items() if often > 0)
        yield Piece(text[begin:end], tuple(here), tuple(opens))


def counts(pieces: Iterable[Piece], blocks: int) -> tuple[int, ...]:
    """Return of each block how many words or phrases of it were found."""
    found = [0] * blocks
    for piece in pieces:
        for at in piece.opens:
            found[at] += 1
    return tuple(found)
