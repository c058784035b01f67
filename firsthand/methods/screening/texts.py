"""Titles and abstracts as weighted words and pairs of neighbouring words.

Weights are (1 + ln count) times inverse document frequency (Salton G and Buckley C, 1988, "Term
weighting approaches in automatic text retrieval"). Words and pairs are each brought to length 1 and
count half: so a record is like another by its words, and by its phrases. What stands in more than
half of the records is left out, in whatever language. What stands in one only can make no record
like another: it is left out too, but still counts towards the length.

A text is read once, into the numbers of its words (`Reader`). All else is worked out from these
numbers, for all texts together, and does not depend on which word has which number: so texts that
were read earlier and kept give the very same weights as texts that are all read anew.
"""

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Read = NDArray[np.int32]  # a text as the numbers of its words, in their order
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


class Reader:
    """Gives each word a number, as they come, and keeps it: texts read by one fit together."""

    def __init__(self) -> None:
        self.numbers: defaultdict[str, int] = defaultdict()
        self.numbers.default_factory = self.numbers.__len__

    def read(self, text: str) -> Read:
        """Return the numbers of a text's words, in their order."""
        return np.array([self.numbers[word] for word in words(text)], np.int32)


def words(text: str) -> list[str]:
    """Return the words of two or more letters or digits, in lower case."""
    return _WORD.findall(text.lower())


def pairs(text: str) -> list[str]:
    """Return each two neighbouring words."""
    return [f"{one} {two}" for one, two in pairwise(words(text))]


def weighed(records: Sequence[str], questions: Sequence[str] = ()) -> Texts:
    """Return all texts, questions last. Rarity is counted over records and questions together."""
    reader = Reader()
    return weighed_as_read([reader.read(each) for each in [*records, *questions]], reader)


def weighed_as_read(texts: Sequence[Read], by: Reader) -> Texts:
    """Return texts that were all read `by` one reader; what else it has read counts for nothing."""
    names, many, size = list(by.numbers), len(by.numbers) or 1, len(texts)
    of = np.repeat(np.arange(size, dtype=np.int32), [len(each) for each in texts])
    met = np.concatenate([np.empty(0, np.int32), *texts])
    one, which = _half(of, met, size)
    within = of[:-1] == of[1:]
    beside = met[:-1][within].astype(np.int64) * many + met[1:][within]
    of = of[:-1][within]
    del met, within  # at 100,000 records, each of these is as large as all texts
    two, twos = _half(of, beside, size)
    both = hstack([one, two], format="csr", dtype=np.float32)
    both.data *= np.float32(math.sqrt(0.5))
    named = (f"{names[first]} {names[second]}" for first, second in zip(
        *(each.tolist() for each in divmod(twos, many)), strict=True))  # fmt: skip
    return Texts(both, (*(names[each] for each in which.tolist()), *named))


def _half(of: Read, terms: Numbers | Read, size: int) -> tuple[Any, Numbers]:
    """Return one kind of term: rows of length 1, and which term each column stands for.

    `terms` are those met, one after the other; `of`: in which of `size` texts.
    """
    known, columns = _by_first_place(terms)
    many = max(len(known), 1)
    held, counts = np.unique(of * np.int64(many) + columns, return_counts=True)
    rows, columns = (each.astype(np.int32) for each in divmod(held, many))
    del held
    met = np.bincount(columns, minlength=len(known))
    weights = 1 + np.log(counts, dtype=np.float32)
    weights *= (np.log((1 + size) / (1 + met)) + 1).astype(np.float32)[columns]
    common = met > _TOO_COMMON * size if size > _FEW else np.zeros(len(met), bool)
    weights[common[columns]] = 0
    length = np.sqrt(np.bincount(rows, weights**2, minlength=size))
    weights /= np.maximum(length, 1e-12).astype(np.float32)[rows]
    keep = (met > 1) & ~common
    return _kept(rows, columns, weights, size, keep), known[keep]


def _by_first_place(terms: Numbers | Read) -> tuple[Numbers, Read]:
    """Return the terms in the order in which they are first met, and each one's place in that.

    `numpy.unique` would say so too, in twice the memory.
    """
    order = np.argsort(terms, kind="stable")
    held = terms[order]
    begins = np.ones(len(terms), bool)
    np.not_equal(held[1:], held[:-1], out=begins[1:])
    known, first = held[begins], order[begins]
    del held
    which = np.empty(len(terms), np.int32)
    which[order] = np.cumsum(begins, dtype=np.int32) - 1
    del order
    by_first = np.argsort(first)
    place = np.empty(len(first), np.int32)
    place[by_first] = np.arange(len(first), dtype=np.int32)
    return known[by_first].astype(np.int64), place[which]


def _kept(rows: Read, columns: Read, weights: Floats, size: int, keep: NDArray[np.bool_]) -> Any:
    new, held = np.cumsum(keep, dtype=np.int32) - 1, keep[columns]
    ends = np.zeros(size + 1, np.int32)
    np.cumsum(np.bincount(rows[held], minlength=size), out=ends[1:])
    return csr_matrix((weights[held], new[columns[held]], ends), (size, int(keep.sum())))
