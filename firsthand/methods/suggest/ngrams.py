"""A text as hashed stretches of words and letters: what was written, whatever it means.

Words and pairs of words, and stretches of 2 to 5 letters inside words, are each counted in one of a
fixed number of places, found by CRC-32. So a suggester holds no list of the words it learned from.
Weights are 1 + ln(count), times inverse document frequency, each half to length 1 (Salton G and
Buckley C, 1988).
"""

import math
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firsthand.methods.suggest.words import words

WORD_PLACES, LETTER_PLACES = 1 << 14, 1 << 15
PLACES = WORD_PLACES + LETTER_PLACES
_MOST_WORDS, _MOST_LETTERS = 200, 30  # of a passage; of a word
_SHARED_BY = 2  # confirmed passages that must hold a stretch before anything is learned from it

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Row:
    """A text's places, rising, and their weights (same length)."""

    places: NDArray[np.int32]
    weights: Floats


def grams(text: str) -> list[str]:
    """Return every stretch, with repeats. The first letter says which kind: w words, c letters."""
    found = [each.lower()[:_MOST_LETTERS] for each in words(text)[:_MOST_WORDS]]
    pairs = [f"w{first} {second}" for first, second in pairwise(found)]
    return [*("w" + each for each in found), *pairs, *_letters(found)]


def _letters(found: list[str]) -> list[str]:
    stretches = []
    for word in found:
        held = f" {word} "
        for size in range(2, min(5, len(held)) + 1):
            stretches += ["c" + held[at : at + size] for at in range(len(held) - size + 1)]
    return stretches


def place_of(gram: str) -> int:
    """Return the gram's place: words first, then letters."""
    number = zlib.crc32(gram.encode())
    if gram[0] == "w":
        return number % WORD_PLACES
    return WORD_PLACES + number % LETTER_PLACES


def learnable(own: Iterable[str], others: Iterable[str]) -> Callable[[str], bool]:
    """Say which grams may be learned from: any of `own`; of `others`, those two or more share.

    What stands in one confirmed passage only (a name, a street) leaves no trace.
    """
    allowed = {each for text in own for each in grams(text)}
    counts = Counter(each for text in set(others) for each in set(grams(text)))
    allowed.update(each for each, count in counts.items() if count >= _SHARED_BY)
    return allowed.__contains__


def rarity(counted: Sequence[Counter[int]]) -> Floats:
    """Return each place's inverse document frequency over `counted`: shape (PLACES,)."""
    seen = Counter(place for each in counted for place in each)
    found = np.full(PLACES, math.log(1 + len(counted)) + 1, np.float32)
    for place, count in seen.items():
        found[place] = math.log((1 + len(counted)) / (1 + count)) + 1
    return found


def counted(text: str, allowed: Callable[[str], bool] | None = None) -> Counter[int]:
    """Return how often each place is met in the text, of the grams allowed."""
    found = grams(text)
    return Counter(place_of(each) for each in found if allowed is None or allowed(each))


def row(counts: Counter[int], rare: Floats) -> Row:
    """Return the weighted row of a text."""
    places = np.array(sorted(counts), np.int32)
    weights = np.array([1 + math.log(counts[each]) for each in places.tolist()], np.float32)
    weights *= rare[places]
    split = int(np.searchsorted(places, WORD_PLACES))
    for half in (weights[:split], weights[split:]):
        half /= max(float(np.linalg.norm(half)), 1e-9)
    return Row(places, weights)


def matrix(rows: Sequence[Row]) -> Any:
    """Return rows as one sparse matrix, for learning: (rows, PLACES)."""
    from scipy.sparse import csr_matrix  # slow to load; only learning needs it

    ends = np.cumsum([0, *(len(each.places) for each in rows)])
    places = np.concatenate([each.places for each in rows])
    weights = np.concatenate([each.weights for each in rows])
    return csr_matrix((weights, places, ends), shape=(len(rows), PLACES))
