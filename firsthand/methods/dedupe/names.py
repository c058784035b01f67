"""Authors' names made comparable.

Databases give "Okri, Ada B.", "Okri AB", "Ada B. Okri" or "OKRI A.B."; they put particles before
or behind, double surnames in two orders, and write Müller, Mueller or Muller. So a person is
known by the longer words of the name, not by what stands first; initials only help.
"""

import re
from typing import NamedTuple

from rapidfuzz.distance import OSA

from firsthand.methods.dedupe.folding import fold
from firsthand.methods.dedupe.words import words

_NOBODY = words(
    "anonymous anon anonym noauthor noauthors noauthorslisted noauthorlisted na nn unknown "
    "notavailable none noname etal others editor editors editorial theeditors"
)
_PARTICLES = words(
    "van von der den de la le du di da del della dos das do el al bin ibn ter ten zu zur af av "
    "jr sr ii iii iv 2nd 3rd and et al others"
)
_UMLAUT = re.compile(r"(?<=[aou])e(?![aeiou])")
_LONG = 5  # letters from which one wrong letter is a slip, not another name
_FEW = 12  # authors compared; the first are what databases agree on


class Names(NamedTuple):
    """The first author's surname and words; surnames and words of all authors (up to 12)."""

    surname: str
    words: frozenset[str]
    surnames: frozenset[str]
    everyone: frozenset[str]


NOBODY = Names("", frozenset(), frozenset(), frozenset())


def names(authors: tuple[str, ...]) -> Names:
    """The comparable form of a report's authors; NOBODY when none is named."""
    known = [each for each in map(_person, authors[:_FEW]) if each[0]]
    if not known:
        return NOBODY
    surname, words = known[0]
    everyone = frozenset().union(*(each for _, each in known))
    return Names(surname, words, frozenset(each for each, _ in known), everyone)


def _person(author: str) -> tuple[str, frozenset[str]]:
    """A surname and all words of two letters or more."""
    last, comma, rest = author.partition(",")
    front = [_plain(each) for each in fold(last).split()]
    words = [*front, *map(_plain, fold(rest).split())] if comma else front
    if not words or "".join(words) in _NOBODY:
        return "", frozenset()
    telling = [each for each in words if len(each) > 1 and each not in _PARTICLES]
    return _surname(front if comma else [], telling or words), frozenset(telling or words)


def _surname(front: list[str], telling: list[str]) -> str:
    """The first telling word before the comma; without one, the longest word that is left."""
    for each in front:
        if each in telling:
            return each
    return max(telling, key=len)


def _plain(word: str) -> str:
    """One spelling of umlauts: mueller and muller."""
    return _UMLAUT.sub("", word) if "e" in word else word


def same_first(one: Names, other: Names) -> bool:
    """Whether the first authors can be one person."""
    if one.surname == other.surname:
        return True
    if one.surname in other.words or other.surname in one.words:
        return True
    return _slip(one.surname, other.surname) or _run_together(one, other)


def _slip(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _LONG:
        return False
    return OSA.distance(one, other, score_cutoff=2) <= (2 if min(len(one), len(other)) > 7 else 1)


def _run_together(one: Names, other: Names) -> bool:
    """ "De Jong" and "Dejong", "Jong": one surname ends in, or begins with, the other."""
    short, long = sorted((one.surname, other.surname), key=len)
    return len(short) >= _LONG - 1 and (long.endswith(short) or long.startswith(short))


def shared(one: Names, other: Names) -> float:
    """The share of the shorter list's surnames that the other list has as a name too, 0 to 1."""
    short, long = sorted((one, other), key=lambda each: len(each.surnames))
    common = max(len(short.surnames & long.everyone), len(short.everyone & long.surnames))
    return min(1.0, common / (len(short.surnames) or 1))
