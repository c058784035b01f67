"""Why a code is suggested, from what the suggester did: never a story made up afterwards.

A passage's vector is the sum of its pieces' shares, so how much each word brings a passage near to
a sentence, or speaks for a code, can be added up exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firsthand.methods.suggest.minilm import Encoded
from firsthand.methods.suggest.ngrams import place_of
from firsthand.methods.suggest.values import NearKind, Reason
from firsthand.methods.suggest.words import stem, telling, words

Floats = NDArray[np.float32]
MOST_WORDS = 4
_CLOSE = 0.4  # cosine from which a sentence can be shown as near in meaning
_NEARLY = 0.08  # a sentence that shares words may be this much less near than the nearest


@dataclass(frozen=True)
class Asked:
    """A passage and how it was encoded."""

    text: str
    encoded: Encoded


@dataclass(frozen=True)
class Beside:
    """A sentence of the entry, its vector (384,) and its cosine to the passage."""

    text: str
    kind: NearKind
    vector: Floats
    likeness: float


@dataclass(frozen=True)
class Learned:
    """A code's weights: by stretch (PLACES,), by vector (384,); whether coders confirmed any."""

    by_stretch: Floats
    by_vector: Floats
    rare: Floats
    confirmed: bool


def reason(asked: Asked, beside: Sequence[Beside], learned: Learned) -> Reason:
    """Return why: shared words first, then nearness in meaning, then what was learned.

    An entry without any sentence is never learned about and so never comes here without weights.
    """
    for each in _nearest(beside):
        shared = _shared(asked.text, each.text)
        if shared:
            return Reason("shares_words", shared, each.text, each.kind)
    near = beside[0] if beside else None
    if near and (near.likeness >= _CLOSE or not learned.confirmed):
        return Reason("close_in_meaning", _nearing(asked, near.vector), near.text, near.kind)
    return Reason("learned", _speaking(asked, learned), "", "")


def _nearest(beside: Sequence[Beside]) -> list[Beside]:
    return [each for each in beside if each.likeness >= beside[0].likeness - _NEARLY]


def _shared(text: str, sentence: str) -> tuple[str, ...]:
    """Return telling words of the text that the sentence has too, whatever their endings."""
    there = {stem(each) for each in words(sentence) if telling(each)}
    found = {each.lower(): each for each in words(text) if telling(each) and stem(each) in there}
    return tuple(found.values())[:MOST_WORDS]


def _nearing(asked: Asked, towards: Floats) -> tuple[str, ...]:
    """Return the words that bring the passage nearest to `towards`, most first."""
    return _most(_by_word(asked, towards))


def _speaking(asked: Asked, learned: Learned) -> tuple[str, ...]:
    """Return the words that speak most for the code."""
    gained = _by_word(asked, learned.by_vector)
    for word in gained:
        place = place_of("w" + word)
        gained[word] += float(learned.by_stretch[place] * learned.rare[place])
    return _most(gained)


def _by_word(asked: Asked, towards: Floats) -> dict[str, float]:
    """Add up what each telling word's pieces bring; keys in lower case, in order of first use."""
    brought = asked.encoded.shares @ towards
    gained: dict[str, float] = {}
    for (start, end), gain in zip(asked.encoded.pieces.spans, brought.tolist(), strict=True):
        word = asked.text[start:end].lower()
        if telling(word) and words(word):
            gained[word] = gained.get(word, 0.0) + gain
    return gained


def _most(gained: dict[str, float]) -> tuple[str, ...]:
    order = sorted(gained, key=lambda each: -gained[each])
    return tuple(each for each in order if gained[each] > 0)[: MOST_WORDS - 1]
