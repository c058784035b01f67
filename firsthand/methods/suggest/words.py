"""Words and passages of a text, whatever is in it. Every step takes time in line with its length.

Sizes are in characters (code points) and words. Nothing here raises on any str.
"""

import re
import unicodedata
from pathlib import Path

LONGEST = 200_000  # characters looked at; beyond it lies no one's testimony
PASSAGE_WORDS = 60  # a passage is whole sentences up to about this many words
MOST_PASSAGES = 32  # of a longer text, as many as this are read, evenly spread

_CURLY = "\N{RIGHT SINGLE QUOTATION MARK}"  # the apostrophe that phones and word processors type
_WORD = re.compile(rf"[^\W_]+(?:['{_CURLY}][^\W_]+)*")
_ENDING = re.compile(r"(?<=[.!?;…])\s+")
_SUFFIXES = ("ingly", "edly", "ings", "ing", "ies", "ied", "ely", "ed", "es", "ly", "s", "e", "y")
# Words that say little by themselves, so never shown as the reason for a suggestion.
STOP = frozenset((Path(__file__).parent / "small_words.txt").read_text("utf-8").split())


def clean(text: str) -> str:
    """Return at most LONGEST characters, with NUL, controls and lone surrogates made spaces."""
    kept = text[:LONGEST]
    if kept.isascii() and kept.isprintable():
        return kept
    return "".join(" " if _unseen(each) else each for each in kept)


def _unseen(character: str) -> bool:
    return character != "\n" and unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn")


def words(text: str) -> list[str]:
    """Return the words as typed: letters and digits, an apostrophe inside kept."""
    return _WORD.findall(text)


def telling(word: str) -> bool:
    """Say whether a word carries meaning by itself: no small function word, no single letter."""
    low = word.lower().replace(_CURLY, "'")
    return len(low) > 1 and low not in STOP


def stem(word: str) -> str:
    """Return the word in lower case without its commonest ending, for comparing only."""
    low = word.lower().replace(_CURLY, "'").removesuffix("'s")
    for suffix in _SUFFIXES:
        if low.endswith(suffix) and len(low) - len(suffix) >= 3:
            return _undoubled(low.removesuffix(suffix))
    return low


def _undoubled(root: str) -> str:
    """Make "stopp" (from stopped) "stop", but leave "cal" and "call" what they are."""
    return root[:-1] if len(root) > 4 and root[-1] == root[-2] and root[-1] not in "sl" else root


def passages(text: str) -> list[str]:
    """Return the text in passages of whole sentences, at most MOST_PASSAGES; [] if wordless."""
    found: list[str] = []
    held: list[str] = []
    for piece in _pieces(text):
        if held and len(held) + len(piece) > PASSAGE_WORDS:
            found.append(" ".join(held))
            held = []
        held += piece
    found += [" ".join(held)] if held else []
    return _spread([each for each in found if words(each)])


def _pieces(text: str) -> list[list[str]]:
    """Return sentences as lists of what stands between spaces; too long ones are cut."""
    found = []
    for line in clean(text).split("\n"):
        for sentence in _ENDING.split(line):
            parts = sentence.split()
            for start in range(0, len(parts), PASSAGE_WORDS):
                found.append(parts[start : start + PASSAGE_WORDS])
    return found


def _spread(found: list[str]) -> list[str]:
    if len(found) <= MOST_PASSAGES:
        return found
    step = (len(found) - 1) / (MOST_PASSAGES - 1)
    return [found[round(each * step)] for each in range(MOST_PASSAGES)]
