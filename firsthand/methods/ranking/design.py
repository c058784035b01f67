"""Which items stand together in the sets of a best-worst question.

Balanced as a balanced incomplete block design is, as far as the numbers allow: every item as often
as every other, give or take one, and every two together as evenly as can be found (Louviere, Flynn
and Marley 2015, section 2.2). Found by drawing greedily many times over and keeping the best, with
the seed that is passed in: the same seed, the same sets.
"""

from collections import Counter
from itertools import combinations

import numpy as np

from firsthand.methods.ranking.ballots import Ints

_DRAWS = 30


def design(items: int, size: int, times: int, seed: int) -> list[tuple[int, ...]]:
    """Return sets of `size` of the items, each item in about `times` of them.

    Raises ValueError where a set would be smaller than two or larger than the list.
    """
    if not 2 <= size <= items or times < 1:
        raise ValueError("a set holds two items at least, and no more than there are")
    dice = np.random.default_rng(seed)
    many = -(-items * times // size)
    return min((_draw(items, size, many, dice) for _ in range(_DRAWS)), key=unevenness)


def unevenness(sets: list[tuple[int, ...]]) -> float:
    """Return the sum of squares of how often two stand together: lower is more even."""
    together = Counter(pair for each in sets for pair in combinations(sorted(each), 2))
    return float(sum(many * many for many in together.values()))


def _draw(items: int, size: int, many: int, dice: np.random.Generator) -> list[tuple[int, ...]]:
    used, met = np.zeros(items, dtype=np.int64), np.zeros((items, items), dtype=np.int64)
    return [_set(used, met, size, dice) for _ in range(many)]


def _set(used: Ints, met: Ints, size: int, dice: np.random.Generator) -> tuple[int, ...]:
    """Take what was used least, of these what met the others of the set least, by chance."""
    chosen: list[int] = []
    while len(chosen) < size:
        together = met[chosen].sum(axis=0)
        order = np.lexsort((dice.random(len(used)), together, used))
        chosen.append(next(int(each) for each in order if each not in chosen))
    for one, other in combinations(chosen, 2):
        met[one, other] += 1
        met[other, one] += 1
    used[chosen] += 1
    return tuple(int(each) for each in dice.permutation(chosen))
