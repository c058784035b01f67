"""Titles and abstracts as weighted words and pairs of neighbouring words.

Weights are (1 + ln count) times inverse document frequency (Salton G and Buckley C, 1988, "Term
weighting approaches in automatic text retrieval"). Words and pairs are each brought to length 1 and
count half: so a record is like another by its words, and by its phrases. What stands in more than
half of the records is left out, in whatever language. What stands in one only can make no record
like another: it is left out too, but still counts towards the length.
"""

import math
import re
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

Floats = NDArray[np.float32]
Split = Callable[[str], list[str]]
_WORD = re.compile(r"\w\w+")
_TOO_COMMON = 0.5  # of the records
_FEW = 4  # records, of which nothing can be called common


@dataclass(frozen=True)
class Record:
    """What is read of a record; both may be empty."""

    title: str
    abstract: str = ""

    @property
    def text(self) -> str:
        """Return title and abstract together."""
        return f"{self.title} {self.abstract}"


@dataclass(frozen=True)
class Texts:
    """`rows`: one sparse row of length 1 (or 0) a record; `names`: what each column stands for."""

    rows: Any  # scipy.sparse.csr_matrix of float32, (records, columns)
    names: tuple[str, ...]


@dataclass(frozen=True)
class _Counted:
    """`terms` with their places; `ends` of each text in `places` and `counts` of what stands in it.

    `alone` is what terms of one text only add to its squared length, before their rarity.
    """

    terms: dict[str, int]
    ends: NDArray[np.int64]
    places: NDArray[np.int32]
    counts: NDArray[np.int32]
    alone: NDArray[np.float64]


def words(text: str) -> list[str]:
    """Return the words of two or more letters or digits, in lower case."""
    return _WORD.findall(text.lower())


def pairs(text: str) -> list[str]:
    """Return each two neighbouring words."""
    return [f"{one} {two}" for one, two in pairwise(words(text))]


def weighed(records: Sequence[str], questions: Sequence[str] = ()) -> Texts:
    """Return all texts, questions last. Rarity is counted over records and questions together."""
    every = [*records, *questions]
    one, two = _half(every, words), _half(every, pairs)
    both = hstack([one.rows, two.rows], format="csr", dtype=np.float32)
    both.data *= np.float32(math.sqrt(0.5))
    return Texts(both, one.names + two.names)


def _half(texts: Sequence[str], split: Split) -> Texts:
    """Return one kind of term: each row of length 1, before rare terms are dropped."""
    found, size = _counted(texts, split), len(texts)
    met = np.bincount(found.places, minlength=len(found.terms))
    weights = 1 + np.log(found.counts, dtype=np.float32)
    weights *= (np.log((1 + size) / (1 + met)) + 1).astype(np.float32)[found.places]
    common = met > _TOO_COMMON * size if size > _FEW else np.zeros(len(met), bool)
    weights[common[found.places]] = 0
    rows = np.repeat(np.arange(size, dtype=np.int32), np.diff(found.ends))
    squares = np.bincount(rows, weights**2, minlength=size)
    length = np.sqrt(squares + found.alone * (math.log((1 + size) / 2) + 1) ** 2)
    weights /= np.maximum(length, 1e-12).astype(np.float32)[rows]
    return _kept(rows, found, weights, (met > 1) & ~common)


def _kept(
    rows: NDArray[np.int32], found: _Counted, weights: Floats, keep: NDArray[np.bool_]
) -> Texts:
    new = np.cumsum(keep, dtype=np.int32) - 1
    held = keep[found.places]
    shape = (len(found.alone), int(keep.sum()))
    ends = np.cumsum([0, *np.bincount(rows[held], minlength=shape[0])], dtype=np.int32)
    matrix = csr_matrix((weights[held], new[found.places[held]], ends), shape)
    return Texts(matrix, tuple(term for term, at in found.terms.items() if keep[at]))


def _counted(texts: Sequence[str], split: Split) -> _Counted:
    again = _Again(texts, split)
    terms: dict[str, int] = {}
    ends, places, counts, alone = array("q", [0]), array("i"), array("i"), array("d")
    for text in texts:
        squares = 0.0
        for term, count in Counter(split(text)).items():
            if term in again:
                places.append(terms.setdefault(term, len(terms)))
                counts.append(count)
            else:
                squares += (1 + math.log(count)) ** 2
        ends.append(len(places))
        alone.append(squares)
    return _Counted(terms, *(np.array(each) for each in (ends, places, counts, alone)))


class _Again:
    """Says which terms may stand in two texts: always when they do, now and then when they do not.

    Most pairs of words stand in one text only. Told apart beforehand by their hash, they never
    take up memory by name. Which of them slip through changes no figure: they are counted then.
    """

    def __init__(self, texts: Sequence[str], split: Split) -> None:
        self._last = (1 << max(16, min(26, (len(texts) * 512).bit_length()))) - 1
        self._seen = seen = bytearray(self._last + 1)
        for text in texts:
            for at in {hash(term) & self._last for term in split(text)}:
                if seen[at] < 2:
                    seen[at] += 1

    def __contains__(self, term: str) -> bool:
        return self._seen[hash(term) & self._last] > 1
