"""Asking: the codes that a text may fit, best first, each with its reason; or none."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firsthand.methods.suggest import learning, ngrams, reasons
from firsthand.methods.suggest.minilm import Encoded, encoder
from firsthand.methods.suggest.values import NearKind, Suggestion
from firsthand.methods.suggest.words import passages

Floats = NDArray[np.float32]

LEAST = 0.03  # a lower score is not worth a person's time
NEAR_ENOUGH = 0.32  # cosine to some sentence of the codebook, for anything to be suggested


@dataclass(frozen=True, eq=False)
class Suggester:
    """All that was built. Immutable; may be pickled, or kept as bytes (see kept.py).

    Of confirmed passages it holds weights and counts, no words.
    """

    codes: tuple[str, ...]
    sentences: tuple[str, ...]
    kinds: tuple[NearKind, ...]
    owners: NDArray[np.int32]  # (sentences,): place in `codes`
    near: Floats  # (sentences, 384)
    rare: Floats  # (ngrams.PLACES,)
    lines: learning.Lines
    worth: learning.Worth
    confirmed: tuple[int, ...]  # passages confirmed, for each code

    def suggest(self, text: str, k: int = 5) -> tuple[Suggestion, ...]:
        """Return at most `k` suggestions, best first; () when nothing fits or nothing is said.

        A long text is read in passages, and a code is as good as its best passage.
        """
        read = passages(text)
        if not read or k < 1:
            return ()
        encoded = encoder().encode(read)
        rows = [ngrams.row(ngrams.counted(each), self.rare) for each in read]
        scores = self._scores(rows, encoded)
        return tuple(
            self._suggestion(code, scores, read, encoded, rows)
            for code in self._best(scores.max(axis=0), k)
        )

    def ranked(self, text: str) -> tuple[tuple[str, float], ...]:
        """Return every code that `suggest` could give, best first, with its score."""
        read = passages(text)
        if not read:
            return ()
        rows = [ngrams.row(ngrams.counted(each), self.rare) for each in read]
        scores = self._scores(rows, encoder().encode(read)).max(axis=0)
        best = self._best(scores, len(self.codes))
        return tuple((self.codes[each], float(scores[each])) for each in best)

    def _scores(self, rows: Sequence[ngrams.Row], encoded: Sequence[Encoded]) -> Floats:
        """Return scores, (passages, codes); 0 where a passage is near to nothing in the book."""
        vectors = np.stack([each.vector for each in encoded])
        found = learning.answers(self.lines, rows, vectors)
        scores = 1 / (1 + np.exp(-(self.worth.slope * found + self.worth.start)))
        scores[(vectors @ self.near.T).max(axis=1) < NEAR_ENOUGH] = 0
        kept: Floats = scores.astype(np.float32)
        return kept

    def _best(self, scores: Floats, k: int) -> list[int]:
        order = np.argsort(-scores, kind="stable")[:k]
        return [int(each) for each in order if scores[each] >= LEAST]

    def _suggestion(
        self,
        code: int,
        scores: Floats,
        read: list[str],
        encoded: list[Encoded],
        rows: list[ngrams.Row],
    ) -> Suggestion:
        at = int(scores[:, code].argmax())
        reason = reasons.reason(
            reasons.Asked(read[at], encoded[at]),
            self._beside(code, encoded[at]),
            reasons.Learned(
                self.lines.by_stretch[:, code] * self.lines.scale[code],
                self.lines.by_vector[:, code],
                self.rare,
                self.confirmed[code] > 0,
            ),
        )
        return Suggestion(self.codes[code], round(float(scores[at, code]), 4), reason)

    def _beside(self, code: int, encoded: Encoded) -> list[reasons.Beside]:
        """Return the entry's own sentences with how near each is, nearest first."""
        own = np.flatnonzero(self.owners == code)
        likeness = self.near[own] @ encoded.vector
        order = np.argsort(-likeness, kind="stable")
        return [
            reasons.Beside(
                self.sentences[own[each]],
                self.kinds[own[each]],
                self.near[own[each]],
                float(likeness[each]),
            )
            for each in order
        ]
