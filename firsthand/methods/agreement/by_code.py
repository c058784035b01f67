"""Agreement on each code of coded texts: several measures beside each other, never one alone.

Each is computed over the documents that two or more coders finished, a coder's own spans united.
Each file of a measure says where it comes from: `figures`, `matching`, `resampled`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from firsthand.methods.agreement import figures, resampled
from firsthand.methods.agreement.coded import Columns, Document, Span, columns, shared
from firsthand.methods.agreement.matching import matched
from firsthand.methods.agreement.ranges import Covered, by_sentence, covered, united
from firsthand.methods.agreement.table import Floats
from firsthand.methods.agreement.values import Measure, Undefined
from firsthand.methods.agreement.why import Counted, reasons


@dataclass(frozen=True)
class CodeAgreement:
    """All measures on one code, and what they were taken from.

    `coders` used the code, in `places` of `documents`; `points` are the code points of all of
    them; `spans` those of all coders, each one's own united. `kappa` only beside the others.
    `bare_alpha` and `bare_kappa` are what the formulas give even where nothing can be estimated
    (None when they give nothing): to check against other programs, not to be shown as agreement.
    """

    code: str
    alpha: Measure
    by_sentence: Measure
    span_f1: Measure
    positive: Measure
    prevalence: Measure
    kappa: Measure
    documents: int
    places: int
    points: int
    spans: int
    coders: int
    bare_alpha: float | None
    bare_kappa: float | None


@dataclass(frozen=True)
class _Sums:
    """What is summed over documents: (codes, documents) each, `ratings` (documents,)."""

    ratings: Floats
    covered: Covered
    sentence_ratings: Floats
    sentences: Covered
    alike: Floats
    spans_of_pairs: Floats


def by_code(
    documents: Sequence[Document],
    spans: Iterable[Span],
    codes: Sequence[str],
    dice: np.random.Generator,
    samples: int = resampled.SAMPLES,
) -> tuple[CodeAgreement, ...]:
    """Return how far coders agree on each of `codes`, in their order.

    Documents that fewer than two finished count for nothing. The same `dice` give the same
    intervals. Raises ValueError, saying where, when documents or spans are wrong.
    """
    both = shared(documents)
    if not both:
        return tuple(_nothing(code) for code in codes)
    table, coders = columns(both, spans, codes)
    whole = united(table)
    sums = _sums(whole, both, coders)
    draws = resampled.drawn(len(both), samples, dice)
    return _told(codes, whole, both, _found(sums, np.ones((1, len(both)))), _found(sums, draws))


def _sums(whole: Columns, both: tuple[Document, ...], coders: tuple[str, ...]) -> _Sums:
    known = all(each.sentences for each in both)
    sentences = by_sentence(whole, both) if known else whole
    return _Sums(
        whole.ratings, covered(whole), sentences.ratings, covered(sentences),
        *matched(whole, both, coders),
    )  # fmt: skip


def _found(sums: _Sums, draws: Floats) -> dict[str, Floats]:
    """Return each figure, of each draw of documents: shape (draws, codes)."""

    def of(each: Floats) -> Floats:
        return draws @ each.T if each.ndim > 1 else (draws @ each)[:, None]

    ratings, marks, apart = of(sums.ratings), of(sums.covered.marks), of(sums.covered.apart)
    seen = sums.sentences
    return {
        "alpha": figures.alpha(ratings, marks, apart),
        "by_sentence": figures.alpha(of(sums.sentence_ratings), of(seen.marks), of(seen.apart)),
        "span_f1": figures.share(of(sums.alike), of(sums.spans_of_pairs)),
        "positive": figures.share(of(sums.covered.both), marks),
        "prevalence": figures.share(marks, ratings),
        "kappa": figures.kappa(ratings, marks, apart, of(sums.covered.first)),
    }


def _told(
    codes: Sequence[str], whole: Columns, both: tuple[Document, ...],
    found: dict[str, Floats], draws: dict[str, Floats],
) -> tuple[CodeAgreement, ...]:  # fmt: skip
    counted = Counted.of(whole)
    known = all(each.sentences for each in both)
    whys = reasons(counted, found["alpha"][0], found["by_sentence"][0], whole.coders, known)
    told = {
        name: resampled.measures(each[0], draws[name], len(both), counted.places, whys[name])
        for name, each in found.items()
    }
    return tuple(
        CodeAgreement(
            code=code,
            **{name: each[at] for name, each in told.items()},
            documents=len(both),
            places=int(counted.places[at]),
            points=int(whole.lengths.sum()),
            spans=int(counted.spans[at]),
            coders=int(counted.coders[at]),
            bare_alpha=_bare(found["alpha"][0, at]),
            bare_kappa=_bare(found["kappa"][0, at]) if whole.coders == 2 else None,
        )
        for at, code in enumerate(codes)
    )


def _bare(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _nothing(code: str) -> CodeAgreement:
    none = Measure(Undefined.NOTHING_TWICE, Undefined.NOTHING_TWICE, 0)
    return CodeAgreement(code, none, none, none, none, none, none, 0, 0, 0, 0, 0, None, None)
