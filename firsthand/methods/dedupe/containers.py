"""Journals, books and meetings: can two names mean the same one?

Databases abbreviate (ISO 4: "Eur J Cancer"), add a place, a translation after "=", the society
after ":", or a series. Two names agree when a part of one is a part of the other, its
abbreviation, or all but equal to it.
"""

import re
from functools import lru_cache

from rapidfuzz import fuzz

from firsthand.methods.dedupe.folding import fold, unmarked
from firsthand.methods.dedupe.words import words

_BRACKETS = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?")
_NAMES = re.compile(r"\s*(?:=|/)\s*")
_BEHIND = re.compile(r"\s*(?::|;|\.\s|\s-+\s)")
_EMPTY = words("the of and for in on a an d l de la le et des du fur und der die y e i official")
_NEAR = 88.0  # of 100, for whole names: lost letters, other spellings
_SERVERS = (
    "arxiv", "biorxiv", "medrxiv", "psyarxiv", "socarxiv", "chemrxiv", "ssrn", "preprint",
    "researchsquare", "osfpreprints", "techrxiv", "authorea", "workingpaper",
    "socialscienceresearchnetwork",
)  # fmt: skip
_ORDINALS = words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth annual "
    "international ieee acm"
)
_MEETINGS = words(
    "conference conferences proceedings proc symposium congress meeting workshop convention "
    "kongress tagung hicss icis ecis amcis pacis"
)


@lru_cache(maxsize=65_536)
def parts(name: str) -> tuple[tuple[str, ...], ...]:
    """Each of its names, whole and without what stands behind ":" or ".", as telling words.

    What stands in brackets is a place or a medium and tells nothing; what stands behind a colon is
    often a society that publishes several journals.
    """
    plain = _BRACKETS.sub(" ", unmarked(name)).strip() or unmarked(name)
    pieces = [plain]
    for each in _NAMES.split(plain):
        pieces += [each, _BEHIND.split(each)[0]]
    split = (tuple(w for w in fold(each).split() if w not in _EMPTY) for each in pieces)
    return tuple(dict.fromkeys(each for each in split if each))


@lru_cache(maxsize=262_144)
def agree(one: str, other: str) -> bool:
    """Whether two folded or raw names can mean one container; both are known."""
    mine, theirs = parts(one), parts(other)
    if not mine or not theirs:
        return True
    if any(_same(a, b) for a in mine for b in theirs):
        return True
    if is_meeting(one) and is_meeting(other) and _one_meeting(one, other):
        return True
    whole, against = "".join(mine[0]), "".join(theirs[0])
    return fuzz.ratio(whole, against, score_cutoff=_NEAR) > 0


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Equal, or one abbreviates the other word for word (never a single common word)."""
    if one == other:
        return len(one) > 1 or len(one[0]) > 2
    if len(one) == len(other) > 1 and all(map(_contracts, one, other)):
        return True
    short, long = sorted((one, other), key=lambda each: sum(map(len, each)))
    return len(long) > 1 and _abbreviates("".join(short), long)


def _one_meeting(one: str, other: str) -> bool:
    """One meeting, with and without its number, year, place or acronym."""
    mine, theirs = _meeting(one), _meeting(other)
    least = min(len(mine), len(theirs))
    return least > 1 and len(mine & theirs) == least


@lru_cache(maxsize=65_536)
def _meeting(name: str) -> frozenset[str]:
    """What a meeting is about: the words before a comma, without numbers and "Proceedings of"."""
    each = _BRACKETS.sub(" ", unmarked(name)).partition(",")[0]
    telling = {w for w in fold(each).split() if len(w) > 2 and w.isalpha() and w not in _EMPTY}
    return frozenset(
        w for w in telling - _MEETINGS - _ORDINALS if not w.endswith(("eenth", "ieth"))
    )


def _contracts(one: str, other: str) -> bool:
    """ "med" begins "medizinische"; "dtsch" and "natl" leave letters out in between."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return True
    letters = iter(long)
    return len(short) > 3 and short[0] == long[0] and all(each in letters for each in short)


def _abbreviates(short: str, words: tuple[str, ...]) -> bool:
    """Whether letters are the beginnings of all words in order: "eurjcancer", "jama"."""
    if not words or not short:
        return not words and not short
    same = 0
    while same < min(len(words[0]), len(short)) and words[0][same] == short[same]:
        same += 1
    return any(_abbreviates(short[take:], words[1:]) for take in range(same, 0, -1))


@lru_cache(maxsize=65_536)
def is_server(name: str) -> bool:
    """Whether it is a preprint server or a series of working papers."""
    bare = fold(name).replace(" ", "")
    return any(each in bare for each in _SERVERS)


@lru_cache(maxsize=65_536)
def is_meeting(name: str) -> bool:
    """Whether its name says that it is a meeting's proceedings."""
    return not _MEETINGS.isdisjoint(fold(name).split())
