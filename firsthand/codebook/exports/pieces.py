"""A text in pieces: each with the passages that lie on it, and those that end with it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Generic, TypeVar

_S = TypeVar("_S", bound=Any)  # has `start` and `end`: code points, the end exclusive


@dataclass(frozen=True)
class Piece(Generic[_S]):
    """A piece of the text on which the same passages lie throughout; it never holds a line end."""

    text: str
    on: tuple[_S, ...]
    ending: tuple[_S, ...]


def lines(text: str, passages: Sequence[_S]) -> list[list[Piece[_S]]]:
    """Return each line of a text as its pieces; an empty line has none.

    A passage that goes over a line end lies on pieces of both lines. One that lies on nothing but
    line ends is on no piece.
    """
    edges = {0, len(text), *(each.start for each in passages), *(each.end for each in passages)}
    at = -1
    while (at := text.find("\n", at + 1)) >= 0:
        edges |= {at, at + 1}
    begun = sorted(passages, key=lambda each: (each.start, -each.end))
    found: list[list[Piece[_S]]] = [[]]
    on: list[_S] = []
    coming = 0
    for start, end in pairwise(sorted(edge for edge in edges if 0 <= edge <= len(text))):
        while coming < len(begun) and begun[coming].start <= start:
            on.append(begun[coming])
            coming += 1
        on = [each for each in on if each.end > start]
        if text[start:end] == "\n":
            found.append([])
        else:
            ending = tuple(each for each in on if each.end == end)
            found[-1].append(Piece(text[start:end], tuple(on), ending))
    return found
