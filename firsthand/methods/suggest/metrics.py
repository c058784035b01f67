"""How good suggestions are, against what coders decided. Pure; checked against scikit-learn.

`truths` are the true codes of each text, `ranked` the suggested ones, best first, in equal order.
A code is *met* if some text truly has it; macro figures are means over the codes met, rare or not.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figures:
    """All shares, from 0 to 1. `pairs` counts (text, true code) pairs; `codes` the codes met."""

    texts: int
    pairs: int
    codes: int
    recall_1: float
    recall_3: float
    recall_3_by_text: float
    macro_recall_3: float
    micro_f1: float
    macro_f1: float
    nothing: int  # texts for which nothing at all was suggested


def recall(truths: Sequence[Collection[str]], ranked: Sequence[Sequence[str]], k: int) -> float:
    """Return the share of all (text, true code) pairs whose code is among the first k."""
    pairs = sum(len(set(each)) for each in truths)
    hits = sum(len(_hits(*each, k)) for each in zip(truths, ranked, strict=True))
    return hits / pairs if pairs else 0.0


def recall_by_text(
    truths: Sequence[Collection[str]], ranked: Sequence[Sequence[str]], k: int
) -> float:
    """Return the mean over texts of the share of a text's true codes among the first k."""
    shares = [
        len(_hits(truth, given, k)) / len(set(truth))
        for truth, given in zip(truths, ranked, strict=True)
        if truth
    ]
    return sum(shares) / len(shares) if shares else 0.0


def macro_recall(
    truths: Sequence[Collection[str]], ranked: Sequence[Sequence[str]], k: int
) -> float:
    """Return the mean over codes met of the share of a code's texts that have it in the first k."""
    shares = recall_by_code(truths, ranked, k)
    return sum(shares.values()) / len(shares) if shares else 0.0


def recall_by_code(
    truths: Sequence[Collection[str]], ranked: Sequence[Sequence[str]], k: int
) -> dict[str, float]:
    """Return recall at k of each code met."""
    true = Counter(code for each in truths for code in set(each))
    hits = Counter(code for each in zip(truths, ranked, strict=True) for code in _hits(*each, k))
    return {code: hits[code] / true[code] for code in sorted(true)}


def _hits(truth: Collection[str], given: Sequence[str], k: int) -> set[str]:
    return set(truth) & set(given[:k])


def micro_f1(truths: Sequence[Collection[str]], said: Sequence[Collection[str]]) -> float:
    """Return 2 hits / (said + true), over all texts and codes together."""
    pairs = list(zip(truths, said, strict=True))
    hits = sum(len(set(truth) & set(given)) for truth, given in pairs)
    both = sum(len(set(truth)) + len(set(given)) for truth, given in pairs)
    return 2 * hits / both if both else 0.0


def macro_f1(truths: Sequence[Collection[str]], said: Sequence[Collection[str]]) -> float:
    """Return the mean over codes met of each code's F1; a code never said counts 0."""
    true = Counter(code for each in truths for code in set(each))
    given = Counter(code for each in said for code in set(each))
    hits = Counter(
        code for truth, each in zip(truths, said, strict=True) for code in set(truth) & set(each)
    )
    scores = [2 * hits[code] / (true[code] + given[code]) for code in sorted(true)]
    return sum(scores) / len(scores) if scores else 0.0


def figures(
    truths: Sequence[Collection[str]],
    ranked: Sequence[Sequence[str]],
    said: Sequence[Collection[str]],
) -> Figures:
    """Return all figures. `said` are the codes whose score says yes, for the F1 figures."""
    return Figures(
        texts=len(truths),
        pairs=sum(len(set(each)) for each in truths),
        codes=len({code for each in truths for code in each}),
        recall_1=recall(truths, ranked, 1),
        recall_3=recall(truths, ranked, 3),
        recall_3_by_text=recall_by_text(truths, ranked, 3),
        macro_recall_3=macro_recall(truths, ranked, 3),
        micro_f1=micro_f1(truths, said),
        macro_f1=macro_f1(truths, said),
        nothing=sum(not each for each in ranked),
    )
