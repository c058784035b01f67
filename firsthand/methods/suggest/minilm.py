"""A small sentence model in numpy: a passage in, a vector of 384 numbers out, length 1.

The model is all-MiniLM-L6-v2 (six layers, Apache 2.0): Wang W and others (2020), MiniLM; Reimers N
and Gurevych I (2019), Sentence-BERT. Its weights come packed (see packing.py). Numpy is enough for
short texts, so neither a deep-learning library nor the network is needed.
Passages of equal length go through together, so no padding and no mask.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from firsthand.methods.suggest import packing
from firsthand.methods.suggest.wordpiece import Pieces, cut

Floats = NDArray[np.float32]
LAYERS, HEADS, SIZE = 6, 12, 384
_TOGETHER = 32  # passages at once, which bounds memory


@dataclass(frozen=True)
class Encoded:
    """A passage's vector (SIZE,), its pieces, and each piece's share of it (pieces, SIZE).

    The vector is the sum of the shares: so what one word adds to a likeness can be read off.
    """

    vector: Floats
    pieces: Pieces
    shares: Floats


class Encoder:
    """The model in memory: about 55 MB."""

    def __init__(self, packed: packing.Packed) -> None:
        self._known = packed.vocabulary
        self._word, self._scale = packed.words, packed.scales
        self._weights = packed.layers
        self._threads = ThreadpoolController()  # one thread: for short texts two only burn more

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Return one row of length 1 for each text: shape (texts, SIZE)."""
        found = np.zeros((len(texts), SIZE), np.float32)
        for place, encoded in self._each(texts):
            found[place] = encoded.vector
        return found

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Return each text encoded, in the order given."""
        found = dict(self._each(texts))
        return [found[place] for place in range(len(texts))]

    def _each(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
        by_length: dict[int, list[tuple[int, Pieces]]] = defaultdict(list)
        for place, text in enumerate(texts):
            pieces = cut(text, self._known)
            by_length[len(pieces.numbers)].append((place, pieces))
        for length in sorted(by_length):
            for start in range(0, len(by_length[length]), _TOGETHER):
                yield from self._batch(by_length[length][start : start + _TOGETHER])

    def _batch(self, batch: list[tuple[int, Pieces]]) -> Iterator[tuple[int, Encoded]]:
        with self._threads.limit(limits=1, user_api="blas"):
            states = self._forward(np.array([pieces.numbers for _, pieces in batch]))
        sums = states.sum(axis=1)
        sizes = np.linalg.norm(sums, axis=1)
        for (place, pieces), state, total, size in zip(batch, states, sums, sizes, strict=True):
            yield place, Encoded(total / size, pieces, state / size)

    def _forward(self, numbers: NDArray[Any]) -> Floats:
        """Return the last layer's states: (passages, pieces, SIZE) from (passages, pieces)."""
        weights = self._weights
        words = self._word[numbers].astype(np.float32) * self._scale[numbers][..., None]
        states = _normed(words + weights["places"][: numbers.shape[1]], weights, "start")
        for layer in range(LAYERS):
            states = _layer(states, weights, str(layer))
        return states


def _layer(states: Floats, weights: dict[str, Floats], layer: str) -> Floats:
    mixed = _linear(_attended(states, weights, layer), weights, layer + "o")
    states = _normed(states + mixed, weights, layer + "a")
    inner = _gelu(_linear(states, weights, layer + "i"))
    return _normed(states + _linear(inner, weights, layer + "f"), weights, layer + "z")


def _attended(states: Floats, weights: dict[str, Floats], layer: str) -> Floats:
    many, length, _ = states.shape
    parts = _linear(states, weights, layer + "q").reshape(many, length, 3, HEADS, SIZE // HEADS)
    query, key, value = parts.transpose(2, 0, 3, 1, 4)
    likeness = query @ key.transpose(0, 1, 3, 2)
    likeness -= likeness.max(axis=-1, keepdims=True)
    np.exp(likeness, out=likeness)
    likeness /= likeness.sum(axis=-1, keepdims=True)
    joined: Floats = (likeness @ value).transpose(0, 2, 1, 3).reshape(many, length, SIZE)
    return joined


def _linear(states: Floats, weights: dict[str, Floats], name: str) -> Floats:
    flat = states.reshape(-1, states.shape[-1]) @ weights[name + "w"]
    flat += weights[name + "b"]
    shaped: Floats = flat.reshape(*states.shape[:-1], -1)
    return shaped


def _normed(states: Floats, weights: dict[str, Floats], name: str) -> Floats:
    states = states - states.mean(axis=-1, keepdims=True)
    spread = np.einsum("...i,...i->...", states, states)[..., None] / np.float32(SIZE)
    states *= weights[name + "g"] / np.sqrt(spread + np.float32(1e-12))
    states += weights[name + "h"]
    return states


def _gelu(states: Floats) -> Floats:
    """Return the smooth gate, by its usual tanh form (off by less than 0.001)."""
    bent = states * states
    bent *= np.float32(0.0356774081)
    bent += np.float32(0.7978845608)
    bent *= states
    np.tanh(bent, out=bent)
    bent += np.float32(1)
    bent *= states
    bent *= np.float32(0.5)
    return bent


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """Return the model, read from disk when first asked for. Raises packing.NoModel."""
    return Encoder(packing.read())
