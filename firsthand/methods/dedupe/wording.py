"""How alike two titles are: equal, equal but for slips, one within the other, near, or other.

A slip is a wrong, missing, doubled or exchanged letter (F. J. Damerau, "A technique for computer
detection and correction of spelling errors", Communications of the ACM 7 (1964), 171-176) inside a
long word. A word that stands for another word, or a number for another number, is no slip:
"in men" and "in women", "pantoprazole" and "lansoprazole" are two papers.
"""

from difflib import SequenceMatcher

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from firsthand.methods.dedupe.numbers import is_part, numerals
from firsthand.methods.dedupe.titles import Title
from firsthand.methods.dedupe.words import words

EQUAL, SLIPS, WITHIN, NEAR, NUMBERS, OTHER, NONE = range(7)
NAMED = (
    "titles equal but for punctuation and case",
    "titles equal but for slips of letters",
    "one title is part of the other",
    "titles alike",
    "titles differ in a number",
    "other title",
    "a title is missing",
)
_NEAR_ENOUGH = 82.0  # of 100
_WITHIN = 20  # letters that the shorter title must have
_LONG = 5  # letters from which one letter is a slip
_VERY_LONG = 14  # letters from which two letters are
_OPPOSITES = (
    ("hyper", "hypo"), ("inter", "intra"), ("pre", "post"), ("pre", "peri"), ("peri", "post"),
    ("endo", "exo"), ("micro", "macro"), ("increas", "decreas"), ("mono", "bi"), ("ante", "anti"),
    ("sub", "super"), ("maxim", "minim"), ("over", "under"),
)  # fmt: skip
_PREFIXES = words("non un in a dis im ir anti wo fe mis re pre de co post bi tri di es levo dex")
_EMPTY = words("a an the of on in to for and at by with from s t")


def alike(one: Title, other: Title) -> int:
    """How alike two titles are, as one of the levels above."""
    if not one.letters or not other.letters:
        return NONE
    if one.letters == other.letters:
        return EQUAL
    if not fuzz.ratio(one.letters, other.letters, score_cutoff=_NEAR_ENOUGH):
        return _loosely(one, other)
    level = _closely(one.words.split(), other.words.split())
    return WITHIN if level == NEAR and _cut(one.letters, other.letters) else level


def _cut(one: str, other: str) -> bool:
    """Whether one title ends in the middle of the other, be it of a word."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _WITHIN and long.startswith(short)


def _loosely(one: Title, other: Title) -> int:
    """Titles whose letters differ much: cut off, turned round, or others."""
    if len(one.letters) > len(other.letters):
        one, other = other, one
    short, long = one.letters, other.letters
    if len(short) < _WITHIN or one.generic:
        return OTHER
    if long.startswith(short) or long.endswith(short):
        return NUMBERS if is_part(one.words) != is_part(other.words) else WITHIN
    return EQUAL if len(short) == len(long) and _turned(one, other) else OTHER


def _turned(one: Title, other: Title) -> bool:
    """Title and subtitle in exchanged order; words in any order would be "A in B" and "B in A"."""
    return other.words in f"{one.words} {one.words}"


def _closely(mine: list[str], theirs: list[str]) -> int:
    """Titles whose letters are close: what is it that differs?"""
    if numerals(mine) != numerals(theirs):
        return NUMBERS
    worst = EQUAL
    for step, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if step != "equal":
            edge = a == c == 0 or (b == len(mine) and d == len(theirs))
            worst = max(worst, _change(mine[a:b], theirs[c:d], at_edge=edge))
    return worst


def _change(gone: list[str], come: list[str], *, at_edge: bool) -> int:
    """What one change of words means."""
    one, other = "".join(gone), "".join(come)
    if one == other or (_EMPTY.issuperset(gone) and _EMPTY.issuperset(come)):
        return SLIPS
    if any(each.isdigit() for each in one + other):
        return SLIPS if _digits(one) == _digits(other) and is_slip(one, other) else NUMBERS
    if not one or not other:
        return WITHIN if at_edge else NEAR
    return SLIPS if is_slip(one, other) else NEAR


def _digits(word: str) -> list[str]:
    return [each for each in word if each.isdigit()]


def is_slip(one: str, other: str) -> bool:
    """Whether two words, or run-together words, are one with a slip or another spelling."""
    one, other = _plain(one), _plain(other)
    if one == other:
        return True
    least = min(len(one), len(other))
    # Other first letters make other words: "light" and "right", "fluoxetine" and "duloxetine".
    if least < _LONG or one[0] != other[0] or _opposite(one, other):
        return False
    most = 2 if least >= _VERY_LONG else 1
    return OSA.distance(one, other, score_cutoff=most) <= most


def _plain(word: str) -> str:
    """British spelling made American: "oestrogen", "paediatric"."""
    return word.replace("ae", "e").replace("oe", "e")


def _opposite(one: str, other: str) -> bool:
    """ "hypertension" and "hypotension" are a letter or two apart."""
    return any(
        one.startswith(a) and other.startswith(b) and one[len(a) :] == other[len(b) :]
        for pair in _OPPOSITES
        for a, b in (pair, pair[::-1])
    )


def in_common(one: Title, other: Title) -> float:
    """The share of the longer words of the shorter title that the other has too, 0 to 1."""
    mine, theirs = ({w for w in each.words.split() if len(w) > 3} for each in (one, other))
    return len(mine & theirs) / (min(len(mine), len(theirs)) or 1)
