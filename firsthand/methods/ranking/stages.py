"""Choice stages: what was chosen from what, ballot by ballot, equal ones counted together.

A ranking is read as choices from what is left, the best first (Luce 1959, Plackett 1975). Many
people meet the same choice: it is computed once, weighted by how many met it.
"""

from dataclasses import dataclass

import numpy as np

from firsthand.methods.ranking.ballots import LEFT, MOST_TIED, Ballots, Floats, Ints

_TABLE = 20  # items up to which sets are found by a table of all of them
_WORD = 32  # items a word of bits holds: sums of them stay exact


@dataclass(frozen=True)
class Stages:
    """Different sets (one row each, 0 or 1 an item), and the stages that met them.

    `of`, `ballot` and `size` say of each stage its set, its ballot and how many were chosen;
    `won` of each ballot by item 1 / how many were chosen with it, where it was chosen.
    """

    sets: Floats
    of: Ints
    ballot: Ints
    size: Ints
    won: Floats

    @property
    def ties(self) -> tuple[int, ...]:
        """How many shared a place, wherever more than one did."""
        return tuple(int(each) for each in np.unique(self.size) if each > 1)


@dataclass(frozen=True)
class Totals:
    """Sums over weighted stages: how often each set was met, what was won, what was tied."""

    sets: Floats
    met: Floats
    won: Floats
    ties: tuple[int, ...]
    tied: Floats


def stages(ballots: Ballots) -> Stages:
    """Return the stages of ballots. Raises ValueError where too many share a place."""
    met = _met(ballots)
    k, ballot = np.nonzero((met.size > 0) & (met.left > 1))
    size = met.size[k, ballot]
    if size.size and size.max() > MOST_TIED:
        raise ValueError(f"more than {MOST_TIED} items share a place")
    sets, of = _different([word[k, ballot] for word in met.words], ballots.items)
    return Stages(sets, of, ballot, size, _won(ballots, met))


def totals(found: Stages, weights: Floats | None = None) -> Totals:
    """Return the sums over stages, each ballot counted `weights` times (once without)."""
    w = None if weights is None else weights[found.ballot]
    met = np.bincount(found.of, w, minlength=len(found.sets)).astype(float)
    by_size = np.bincount(found.size, w, minlength=MOST_TIED + 1)
    won = found.won.sum(axis=0) if weights is None else weights @ found.won
    tied = np.array([by_size[d] for d in found.ties], dtype=float)
    return Totals(found.sets, met, won, found.ties, tied)


@dataclass(frozen=True)
class _Met:
    """By place and ballot: how many have that place, how many are left to choose from, and which.

    Which are left stands in `words`, a bit for each of 32 items.
    """

    size: Ints
    left: Ints
    words: list[Ints]


def _met(ballots: Ballots) -> _Met:
    """Tell of each choice what there was to choose from: what comes later is there already."""
    places, last = ballots.places.T, _last(ballots)
    shape = (last + 2, ballots.many)
    rows = np.where(places == LEFT, last + 1, places)
    flat = (rows.astype(np.int64) * ballots.many + np.arange(ballots.many)).ravel()

    def summed(each: Ints) -> Ints:
        weights = np.repeat(each, ballots.many).astype(float)
        found = np.bincount(flat, weights, minlength=shape[0] * shape[1]).reshape(shape)
        return found.astype(np.int64)

    size = np.bincount(flat, minlength=shape[0] * shape[1]).reshape(shape)
    masks = [summed(_bits(ballots.items, word)) for word in range(0, ballots.items, _WORD)]
    words = [_from_last(each)[1:-1] for each in masks]
    return _Met(size[1:-1], _from_last(size)[1:-1], words)


def _last(ballots: Ballots) -> int:
    places = ballots.places
    return int(np.where(places == LEFT, 0, places).max(initial=0))


def _bits(items: int, word: int) -> Ints:
    """The bit of each item in a word; none outside its 32."""
    at = np.arange(items) - word
    return np.where((at >= 0) & (at < _WORD), 1 << np.clip(at, 0, _WORD - 1), 0).astype(np.int64)


def _from_last(found: Ints) -> Ints:
    return np.cumsum(found[::-1], axis=0)[::-1]


def _different(words: list[Ints], items: int) -> tuple[Floats, Ints]:
    """The different sets as rows of 0 and 1, and which of them each stage met."""
    if items <= _TABLE:  # a table of all sets there could be: no sorting
        there = np.bincount(words[0], minlength=1 << items) > 0
        known, of = np.flatnonzero(there)[:, None], (np.cumsum(there) - 1)[words[0]]
    else:
        known, of = np.unique(np.stack(words, axis=1), axis=0, return_inverse=True)
    at = np.arange(items)
    return ((known[:, at // _WORD] >> (at % _WORD)) & 1).astype(float), of.reshape(-1)


def _won(ballots: Ballots, met: _Met) -> Floats:
    """1 / how many were chosen with it, for each item that a stage chose."""
    share = np.zeros((len(met.size) + 1, ballots.many))
    chose = (met.size > 0) & (met.left > 1)
    share[1:][chose] = 1.0 / met.size[chose]
    rows = np.where(ballots.places == LEFT, 0, ballots.places)
    return share[rows, np.arange(ballots.many)[:, None]]
