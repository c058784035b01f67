"""Agreement on codes of texts: golden figures, the krippendorff package, and characters counted."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.methods.agreement import agreement
from firsthand.methods.agreement.by_code import by_code
from firsthand.methods.agreement.coded import Document, Span
from firsthand.methods.agreement.values import Interval, Undefined

# Two coders, one code, one text. The last column is what another program prints: never ours.
GOLDEN = [
    # (length, spans of one, spans of the other, Cohen's kappa, Krippendorff's alpha, a peer)
    (10_000, [(0, 100)], [(50, 150)], 0.495, 0.495, 0.299),
    (400, [(0, 100)], [(50, 150)], 0.333, 0.334, 0.299),
    (1_000, [(0, 60), (40, 100)], [], 0.0, -0.052, 0.980),
    (4_000, [(0, 4_000)], [(0, 2_000)], 0.0, -0.333, 0.500),
    (400, [(0, 60), (40, 100)], [(0, 100)], 1.0, 1.0, 0.560),
]


def coded(name, who, *ranges, code="c"):
    return [Span(name, who, code, *each) for each in ranges]


def found(documents, spans, codes=("c",), seed=1, samples=200):
    return by_code(documents, spans, codes, np.random.default_rng(seed), samples)


@pytest.mark.parametrize("case", range(5))
def test_two_coders_of_one_text_agree_as_the_golden_figures_say(case):
    length, one, other, kappa, alpha, peer = GOLDEN[case]
    spans = [*coded("t", "A", *one), *coded("t", "B", *other)]
    (it,) = found([Document("t", length, ("A", "B"))], spans)
    assert it.bare_kappa == pytest.approx(kappa, abs=5e-4)
    assert it.bare_alpha == pytest.approx(alpha, abs=5e-4)
    assert abs(it.bare_kappa - peer) > 0.03
    if not other:
        assert it.alpha.value is it.kappa.value is Undefined.ONE_CODER
        assert (it.positive.value, it.span_f1.value) == (0, 0)
    else:
        assert it.alpha.value == it.bare_alpha
        assert it.alpha.interval is Undefined.ONE_DOCUMENT


def test_the_file_of_golden_figures_still_says_what_is_held_here(shared_dir):
    yaml = pytest.importorskip("yaml")
    listed = yaml.safe_load((shared_dir / "data/statistics/golden.yaml").read_text())["agreement"]
    for (*_, kappa, alpha, peer), said in zip(GOLDEN, listed, strict=True):
        assert list(said.values())[1:] == [kappa, alpha, peer]


# -- the same, a character at a time -------------------------------------------------------------


def rated(documents, spans, code, sentences=False):
    """Return one row a unit, one place a coder: "in", "out", or None who did not finish."""
    coders = sorted({who for each in documents for who in each.coders})
    rows = []
    for each in documents:
        ends = each.sentences if sentences else range(1, each.length + 1)
        starts = [0, *ends][:-1]
        for start, end in zip(starts, ends, strict=True):
            rows.append([
                None if who not in each.coders
                else "in" if any(
                    (it.document, it.coder, it.code) == (each.name, who, code)
                    and it.start < end and it.end > start for it in spans
                ) else "out"
                for who in coders
            ])  # fmt: skip
    return rows


def alphas(package, documents, spans, code):
    """Return alpha by code point and by sentence as the krippendorff package has them."""
    values = {"in": 1.0, "out": 0.0, None: np.nan}
    for sentences in (False, True):
        rows = rated(documents, spans, code, sentences)
        table = np.array([[values[each] for each in row] for row in rows]).T
        yield package.alpha(table, level_of_measurement="nominal", value_domain=[0.0, 1.0])


def made_up(seed, coders="ABC", codes="xy", many=6):
    """Return texts that some of the coders finished, and spans that overlap, touch and nest."""
    dice = np.random.default_rng(seed)
    documents, spans = [], []
    for number in range(many):
        length = int(dice.integers(30, 120))
        ends = sorted({*map(int, dice.integers(1, length, 5)), length})
        least = min(2, len(coders))
        who = dice.choice(list(coders), int(dice.integers(least, len(coders) + 1)), replace=False)
        documents.append(Document(f"t{number}", length, tuple(map(str, who)), tuple(ends)))
        for coder in documents[-1].coders:
            for code in codes:
                for _ in range(int(dice.integers(0, 4))):
                    start = int(dice.integers(0, length - 1))
                    end = int(dice.integers(start + 1, min(start + 40, length) + 1))
                    spans.append(Span(f"t{number}", coder, code, start, end))
    return documents, spans


def close(one, other):
    return one == pytest.approx(other, abs=1e-12)


@pytest.mark.parametrize("seed", range(8))
def test_alpha_is_that_of_the_krippendorff_package_to_the_twelfth_digit(seed):
    package = pytest.importorskip("krippendorff", reason="krippendorff is not installed")
    documents, spans = made_up(seed, "AB" if seed % 2 else "ABCD")
    for it in found(documents, spans, "xy"):
        points, sentences = alphas(package, documents, spans, it.code)
        assert close(it.alpha.value, points)
        assert close(it.by_sentence.value, sentences)


# What the package krippendorff 0.9.0 gives for `made_up`, by code point and by sentence, for where
# it is not installed.
HELD = {
    0: [(0.17570588999160353, 0.1674702667952428), (-0.11086228452929103, -0.10467158412363875)],
    1: [(0.23645255088554062, 0.125), (0.11211737920566656, 0.3410138248847927)],
    2: [(-0.007664857257740465, 0.1691176470588236), (0.07057112233961094, 0.12808641975308643)],
}


@pytest.mark.parametrize("seed", HELD)
def test_alpha_is_what_the_krippendorff_package_gave(seed):
    documents, spans = made_up(seed, "AB" if seed % 2 else "ABCD")
    for it, (points, sentences) in zip(found(documents, spans, "xy"), HELD[seed], strict=True):
        assert close(it.alpha.value, points)
        assert close(it.by_sentence.value, sentences)


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_every_figure_is_the_one_counted_a_character_at_a_time(seed):
    documents, spans = made_up(seed, "AB" if seed % 2 else "ABC", many=4)
    for it in found(documents, spans, "xy", samples=2):
        rows = rated(documents, spans, it.code)
        counted = agreement(rows, "in", "out", ["in", "out"])
        marks = [each for row in rows for each in row if each]
        assert close(it.bare_alpha, counted.krippendorff_alpha.value) or not it.spans
        assert close(it.prevalence.value, marks.count("in") / len(marks))
        if seed % 2 and it.alpha.value is not Undefined.ONE_CODER and it.spans:
            assert close(it.kappa.value, counted.cohen_kappa.value)
            assert close(it.positive.value, counted.positive.value)
        assert it.span_f1.value == f1(documents, spans, it.code) or not it.spans
        assert it.points == sum(each.length for each in documents)


def f1(documents, spans, code):
    """Match spans pair by pair, each with every other, on sets of characters."""
    matched = all_of = 0
    for each in documents:
        for pair in combinations(each.coders, 2):
            one, other = (stretches(each, spans, who, code) for who in pair)
            matched += sum(2 * len(a & b) >= len(a | b) for a in one for b in other)
            all_of += len(one) + len(other)
    return 2 * matched / all_of if all_of else Undefined.UNUSED


def stretches(document, spans, who, code):
    mine = [it for it in spans if (it.document, it.coder, it.code) == (document.name, who, code)]
    held = sorted({at for it in mine for at in range(it.start, it.end)})
    cut = [at for at in range(1, len(held)) if held[at] > held[at - 1] + 1]
    return [set(held[a:b]) for a, b in zip([0, *cut], [*cut, len(held)], strict=True) if held]


# -- spans ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "figure"),
    [
        ([(0, 10)], [(5, 10)], 1.0),  # exactly half of what either holds
        ([(0, 10)], [(6, 10)], 0.0),
        ([(0, 10)], [(0, 5), (6, 10)], 2 / 3),
        ([(0, 10), (20, 30)], [(1, 10)], 2 / 3),
        ([(0, 5), (5, 10)], [(0, 10)], 1.0),  # touching ones are one stretch
        ([(0, 10)], [(5, 15)], 0.0),  # a third of what either holds, though half of each
    ],
)
def test_spans_match_when_what_both_hold_is_half_of_what_either_holds(one, other, figure):
    for first, second in ((one, other), (other, one)):
        spans = [*coded("t", "A", *first), *coded("t", "B", *second)]
        (it,) = found([Document("t", 50, ("A", "B"))], spans)
        assert it.span_f1.value == pytest.approx(figure)


def test_a_span_at_the_end_of_one_text_is_not_united_with_one_at_the_start_of_the_next():
    documents = [Document("t", 10, ("A", "B")), Document("u", 10, ("A", "B"))]
    spans = [*coded("t", "A", (5, 10)), *coded("u", "A", (0, 5)), *coded("t", "B", (5, 10))]
    (it,) = found(documents, spans)
    assert (it.spans, it.places, it.coders) == (3, 2, 2)
    assert it.span_f1.value == pytest.approx(2 / 3)


def test_a_sentence_is_coded_when_a_span_lies_in_any_of_it_and_no_more_at_its_edge():
    documents = [Document("t", 30, ("A", "B"), (10, 20, 30))]
    spans = [*coded("t", "A", (8, 20)), *coded("t", "B", (0, 3), (12, 13))]
    (it,) = found(documents, spans)
    assert it.by_sentence.value == 1.0
    assert it.alpha.value < 0.2


# -- how sure ------------------------------------------------------------------------------------


def test_the_interval_holds_the_figure_and_the_same_seed_draws_it_again():
    documents, first = made_up(3, "A", many=30)
    documents = [replace(each, coders=("A", "B")) for each in documents]
    spans = [*first, *(replace(each, coder="B", end=each.end - (each.start % 2)) for each in first)]
    spans = [
        each for each in spans if each.start < each.end and (each.start % 3 or each.coder == "A")
    ]
    one, again, other = (found(documents, spans, "xy", seed, 400)[0] for seed in (1, 1, 2))
    assert one == again
    assert one.alpha.interval != other.alpha.interval
    for each in (one.alpha, one.by_sentence, one.span_f1, one.positive, one.prevalence, one.kappa):
        assert isinstance(each.interval, Interval)
        assert each.interval.low < each.value < each.interval.high
        assert each.interval.method == "percentile, 400 resamples of documents"


def test_the_interval_is_about_as_wide_as_theory_has_it():
    """A share of documents that are coded whole: its standard error is known."""
    documents = [Document(f"t{at}", 10, ("A", "B")) for at in range(100)]
    spans = [s for at in range(30) for who in "AB" for s in coded(f"t{at}", who, (0, 10))]
    (it,) = found(documents, spans, samples=4_000)
    half = 1.96 * (0.3 * 0.7 / 100) ** 0.5
    assert it.prevalence.interval.low == pytest.approx(0.3 - half, abs=0.02)
    assert it.prevalence.interval.high == pytest.approx(0.3 + half, abs=0.02)
    assert it.alpha.value == 1.0
    assert it.alpha.interval is Undefined.ALIKE  # all documents agree: nothing to resample


# -- where there is no figure --------------------------------------------------------------------


def test_what_cannot_be_estimated_says_why():
    two = [Document("t", 10, ("A", "B")), Document("u", 10, ("A", "B"))]
    whole = [s for who in "AB" for name in "tu" for s in coded(name, who, (0, 10))]
    (unused,) = found(two, [])
    assert unused.alpha.value is unused.positive.value is unused.span_f1.value is Undefined.UNUSED
    assert unused.prevalence.value == 0
    assert (unused.bare_alpha, unused.prevalence.interval) == (None, Undefined.ALIKE)
    (full,) = found(two, whole)
    assert full.alpha.value is Undefined.ALL_CODED
    assert full.by_sentence.value is Undefined.NO_SENTENCES
    assert full.positive.value == full.span_f1.value == 1
    (once,) = found(two, [*coded("t", "A", (0, 5)), *coded("t", "B", (0, 4))])
    assert once.alpha.interval is Undefined.ONE_PLACE
    (alone,) = found([Document("t", 10, ("A",))], coded("t", "A", (0, 5)))
    assert alone.alpha.value is alone.prevalence.value is Undefined.NOTHING_TWICE
    (three,) = found([Document("t", 10, ("A", "B", "C"))], coded("t", "A", (0, 5)))
    assert three.kappa.value is Undefined.ONE_CODER
    assert three.bare_kappa is None


def test_all_sentences_coded_though_not_all_of_the_text_has_no_alpha_by_sentence():
    texts = [Document("t", 10, ("A", "B"), (5, 10))]
    (it,) = found(texts, [*coded("t", "A", (1, 9)), *coded("t", "B", (2, 8))])
    assert it.by_sentence.value is Undefined.ALL_CODED
    assert it.alpha.value > 0
    three = [Document("t", 10, ("A", "B", "C"), (5, 10))]
    (it,) = found(three, [*coded("t", "A", (1, 9)), *coded("t", "B", (2, 8))])
    assert it.kappa.value is Undefined.NOT_TWO


@pytest.mark.parametrize(
    ("documents", "spans", "said"),
    [
        ([Document("t", 9, ("A", "B"))] * 2, [], "'t' is given twice"),
        ([Document("t", 0, ("A", "B"))], [], "'t' has no text"),
        ([Document("t", 9, ("A", "A"))], [], "names a coder twice"),
        ([Document("t", 9, ("A", "B"), (4, 8))], [], "do not add up"),
        ([Document("t", 9, ("A", "B"), (4, 4, 9))], [], "do not add up"),
        ([Document("t", 9, ("A", "B"))], coded("t", "A", (0, 3), code="no"), "not among the codes"),
        ([Document("t", 9, ("A", "B"))], coded("t", "C", (0, 3)), "'C' has not finished"),
        ([Document("t", 9, ("A", "B"))], coded("t", "A", (3, 3)), "3 to 3 is no part of"),
        ([Document("t", 9, ("A", "B"))], coded("t", "A", (-1, 3)), "no part of"),
        ([Document("t", 9, ("A", "B"))], coded("t", "A", (3, 10)), "which has 9 characters"),
    ],
)
def test_what_is_no_coding_is_refused_and_says_where(documents, spans, said):
    with pytest.raises(ValueError, match=said):
        found(documents, spans)
