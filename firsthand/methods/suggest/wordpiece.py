"""Words into the pieces that the sentence model knows: longest match first (BERT, uncased).

Source: Devlin J and others (2019), BERT: pre-training of deep bidirectional transformers, 4.1.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

UNKNOWN, START, END = 100, 101, 102
MOST_PIECES = 128  # in one passage, start and end included: what the model was trained with
_LONGEST_WORD = 60  # characters; a longer run has no meaning to find
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")


@dataclass(frozen=True)
class Pieces:
    """A passage as piece numbers, and for each piece which stretch of the passage it is from."""

    numbers: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]  # start and end in the passage; (0, 0) for start and end


def cut(text: str, known: Mapping[str, int]) -> Pieces:
    """Return the passage's pieces, cut off at MOST_PIECES."""
    numbers, spans = [START], [(0, 0)]
    for match in _TOKEN.finditer(text):
        for number in _of_word(_plain(match.group()), known):
            numbers.append(number)
            spans.append(match.span())
        if len(numbers) >= MOST_PIECES - 1:
            break
    keep = MOST_PIECES - 1
    return Pieces((*numbers[:keep], END), (*spans[:keep], (0, 0)))


def _plain(word: str) -> str:
    """Return the word in lower case without accents."""
    parted = unicodedata.normalize("NFD", word[:_LONGEST_WORD].lower())
    return "".join(each for each in parted if unicodedata.category(each) != "Mn")


def _of_word(word: str, known: Mapping[str, int]) -> list[int]:
    found: list[int] = []
    start = 0
    while start < len(word):
        end = _longest(word, start, known)
        if end == start:
            return [UNKNOWN]
        found.append(known[("##" if start else "") + word[start:end]])
        start = end
    return found


def _longest(word: str, start: int, known: Mapping[str, int]) -> int:
    lead = "##" if start else ""
    for end in range(len(word), start, -1):
        if lead + word[start:end] in known:
            return end
    return start
