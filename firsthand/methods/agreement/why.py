"""Why a code's agreement cannot be estimated: a word for each reason, never a number in its place.

Where one coder alone used a code, alpha and kappa come out about 0 whatever the others meant: that
is what the formula does with an empty column (Krippendorff K 2004, Content Analysis, chapter 11, on
lack of variation), not a finding on how well the code is understood.
"""

from dataclasses import dataclass

import numpy as np

from firsthand.methods.agreement.coded import Columns
from firsthand.methods.agreement.table import Floats
from firsthand.methods.agreement.values import Undefined

Whys = list[Undefined | None]


@dataclass(frozen=True)
class Counted:
    """How many spans each code has, of how many coders, in how many documents."""

    spans: Floats
    coders: Floats
    places: Floats

    @classmethod
    def of(cls, whole: Columns) -> "Counted":
        """Count united spans."""

        def different(other: np.ndarray, many: int) -> Floats:
            seen = np.unique(whole.code * many + other) // many
            return np.bincount(seen, minlength=whole.codes).astype(float)

        spans = np.bincount(whole.code, minlength=whole.codes).astype(float)
        coders = different(whole.coder, whole.coders)
        return cls(spans, coders, different(whole.document, len(whole.lengths)))


def reasons(
    counted: Counted, alpha: Floats, sentences: Floats, coders: int, known: bool
) -> dict[str, Whys]:
    """Return, for each measure and code, why it has no figure.

    `alpha`, `sentences`: what the formula gives by code, NaN for nothing. `known`: whether it is
    known where sentences end.
    """
    unused: Whys = [None if each else Undefined.UNUSED for each in counted.spans]
    lone = _else(unused, [Undefined.ONE_CODER if many < 2 else None for many in counted.coders])
    beyond = _else(lone, _all_coded(alpha))
    no_sentences: Whys = [None if known else Undefined.NO_SENTENCES] * len(unused)
    not_two: Whys = [None if coders == 2 else Undefined.NOT_TWO] * len(unused)
    return {
        "alpha": beyond,
        "by_sentence": _else(_else(lone, no_sentences), _all_coded(sentences)),
        "span_f1": unused,
        "positive": unused,
        "prevalence": [None] * len(unused),
        "kappa": _else(beyond, not_two),
    }


def _else(first: Whys, then: Whys) -> Whys:
    return [one or other for one, other in zip(first, then, strict=True)]


def _all_coded(figures: Floats) -> Whys:
    return [Undefined.ALL_CODED if np.isnan(value) else None for value in figures]
