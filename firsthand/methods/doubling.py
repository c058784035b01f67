"""Draws which sources two people code, and which two: simple random sampling without return.

A share of a study's texts is coded by two, drawn by chance, so that how far they agree says
something of all of it: O'Connor C, Joffe H (2020), "Intercoder reliability in qualitative
research", International Journal of Qualitative Methods 19. Pairs are spread evenly (`shares`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from firsthand.methods import shares


@dataclass(frozen=True)
class Pair:
    """A source by its number, and the places of the two who code it."""

    source: int
    coders: tuple[int, int]


def drawn(
    pool: Sequence[int], coders: int, percent: int, dice: np.random.Generator
) -> tuple[Pair, ...]:
    """Return the sources drawn, by number, each with two of so many coders.

    `percent` of the pool, rounded up: one of a few is better than none. Raises ValueError when
    there are not two coders, or the percent is not between 1 and 100.
    """
    if not 1 <= percent <= 100:
        raise ValueError("Draw between 1 and 100 percent.")
    if coders < 2:
        raise ValueError("Coding twice takes two people.")
    many = math.ceil(len(pool) * percent / 100)
    numbers = sorted(int(each) for each in dice.choice(list(pool), many, replace=False))
    asked = shares.draw(many, [100 / coders] * coders, 2, dice).of
    return tuple(Pair(number, (two[0], two[1])) for number, two in zip(numbers, asked, strict=True))
