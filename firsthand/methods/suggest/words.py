"""Words and passages of a text, whatever is in it. Every step takes time in line with its length.

Sizes are in characters (code points) and words. Nothing here raises on any str.
"""

import re
import unicodedata

LONGEST = 200_000  # characters looked at; beyond it lies no one's testimony
PASSAGE_WORDS = 60  # a passage is whole sentences up to about this many words
MOST_PASSAGES = 32  # of a longer text, as many as this are read, evenly spread

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ENDING = re.compile(r"(?<=[.!?;…])\s+|\s*\n\s*")
_SUFFIXES = ("ingly", "edly", "ings", "ing", "ies", "ied", "ely", "ed", "es", "ly", "s", "e", "y")
STOP = frozenset(
    [
        "a",
        "about",
        "after",
        "again",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "don't",
        "down",
        "each",
        "even",
        "ever",
        "every",
        "few",
        "for",
        "from",
        "further",
        "get",
        "gets",
        "getting",
        "go",
        "got",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "here",
        "hers",
        "him",
        "his",
        "how",
        "i",
        "i'm",
        "i've",
        "if",
        "in",
        "into",
        "is",
        "it",
        "it's",
        "its",
        "itself",
        "just",
        "like",
        "made",
        "make",
        "many",
        "me",
        "more",
        "most",
        "much",
        "my",
        "myself",
        "no",
        "nor",
        "not",
        "now",
        "of",
        "off",
        "on",
        "once",
        "one",
        "only",
        "or",
        "other",
        "our",
        "ours",
        "out",
        "over",
        "own",
        "put",
        "really",
        "said",
        "same",
        "say",
        "says",
        "she",
        "so",
        "some",
        "such",
        "take",
        "than",
        "that",
        "that's",
        "the",
        "their",
        "theirs",
        "them",
        "then",
        "there",
        "these",
        "they",
        "thing",
        "things",
        "this",
        "those",
        "through",
        "to",
        "too",
        "told",
        "under",
        "until",
        "up",
        "us",
        "very",
        "was",
        "way",
        "we",
        "went",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "yours",
        "yourself",
        "didn't",
        "wasn't",
        "couldn't",
        "can't",
        "won't",
        "wouldn't",
    ]
)


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
    low = word.lower().replace("’", "'")
    return len(low) > 1 and low not in STOP


def stem(word: str) -> str:
    """Return the word in lower case without its commonest ending, for comparing only."""
    low = word.lower().replace("’", "'").removesuffix("'s")
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
    for sentence in _ENDING.split(clean(text)):
        parts = sentence.split()
        for start in range(0, len(parts), PASSAGE_WORDS):
            found.append(parts[start : start + PASSAGE_WORDS])
    return found


def _spread(found: list[str]) -> list[str]:
    if len(found) <= MOST_PASSAGES:
        return found
    step = (len(found) - 1) / (MOST_PASSAGES - 1)
    return [found[round(each * step)] for each in range(MOST_PASSAGES)]
