"""Finding entries by plain words or official terms: whole words, common endings, prefixes.

Pure. A text is a list of (weight, words). What matches more of the question, in weightier places,
and in words that few texts have (inverse document frequency: Spärck Jones, 1972) comes first.
"""

import math
import re
from collections.abc import Sequence
from functools import lru_cache

LONGEST = 200  # characters of a question that are looked at
FAINT = 0.15  # what answers less well than this share of the best is left out
_WORD = re.compile(r"[a-z0-9]+")
_ENDING = re.compile(r"(?:ings?|edly|ed|ies|es|s|ly|ments?|ations?|ers?|e|y)$")
_SMALL = (
    "a about all am an and are as at be been but by can could did do does for from get got had "
    "has have he her him his i if in is it its just me my no not of on or our out s she so t that "
    "the their them they this to up us was we were what when which who will with would you your"
)
_DROP = frozenset(_SMALL.split())

Weighted = Sequence[tuple[float, str]]


def terms(text: str) -> list[str]:
    """List the words of a question that say something, or all of them when none does."""
    found = list(dict.fromkeys(_plain(text[:LONGEST])))
    return [word for word in found if word not in _DROP] or found


def root(word: str) -> str:
    """Cut a common ending off a word, leaving three letters at least."""
    cut = _ENDING.sub("", word)
    return cut if len(cut) >= 3 else word


def scores(question: Sequence[str], texts: Sequence[Weighted]) -> list[float]:
    """Give, for each text, how well it answers a question: 0 when no word of it is there."""
    hits = [[_best(word, text) for word in question] for text in texts]
    had_by = [sum(1 for row in hits if row[i]) for i in range(len(question))]
    rare = [math.log(1 + len(texts) / (1 + many)) for many in had_by]
    return [_score(row, rare) for row in hits]


def _score(row: Sequence[float], rare: Sequence[float]) -> float:
    matched = sum(weight for hit, weight in zip(row, rare, strict=True) if hit)
    if not matched:
        return 0.0
    total = sum(hit * weight for hit, weight in zip(row, rare, strict=True))
    return total * matched / sum(rare)


def _best(word: str, text: Weighted) -> float:
    stem = root(word)
    return max((weight * _hit(word, stem, words) for weight, words in text), default=0.0)


def _plain(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("'", "").replace("\u2019", ""))


@lru_cache(maxsize=4096)
def _known(text: str) -> tuple[tuple[str, str], ...]:
    # Kept for the model's own words only: what someone asks for is never kept.
    return tuple((word, root(word)) for word in _plain(text))


def _hit(word: str, stem: str, text: str) -> float:
    return max((_like(word, stem, *other) for other in _known(text)), default=0.0)


def _like(word: str, stem: str, other: str, other_stem: str) -> float:
    if word == other:
        return 1.0
    if stem == other_stem:
        return 0.8
    return 0.5 if _kin(word, other) else 0.0


def _kin(word: str, other: str) -> bool:
    # advoca-cy is kin to advoca-te, suicid-e to suicid-ality; suppo-rt is not to suppo-se.
    if len(word) >= 4 and other.startswith(word):
        return True
    short = min(len(word), len(other))
    need = max(5, math.ceil(0.8 * short))
    return short >= need and word[:need] == other[:need]
