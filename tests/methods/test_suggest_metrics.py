"""The figures of suggestions are those that scikit-learn gives."""

import random

import numpy as np
import pytest
from sklearn.metrics import f1_score, recall_score

from firsthand.methods.suggest import metrics

CODES = ("a", "b", "c", "d", "e", "f", "g")


@pytest.fixture(params=range(20))
def case(request):
    """Texts with true codes, a ranking that may be short or empty, and what was said yes to."""
    dice = random.Random(request.param)
    size = dice.randint(1, 40)
    truths = [tuple(dice.sample(CODES[:6], dice.randint(1, 3))) for _ in range(size)]
    ranked = [tuple(dice.sample(CODES, dice.randint(0, 7))) for _ in range(size)]
    said = [each[: dice.randint(0, 3)] for each in ranked]
    return truths, ranked, said


def table(rows):
    return np.array([[code in each for code in CODES] for each in rows])


def met(truths):
    return [at for at, code in enumerate(CODES) if any(code in each for each in truths)]


@pytest.mark.parametrize("k", [1, 3])
def test_recall_over_pairs_is_micro_recall(case, k):
    truths, ranked, _ = case
    expected = recall_score(table(truths), table([each[:k] for each in ranked]), average="micro")
    assert metrics.recall(truths, ranked, k) == pytest.approx(expected)


@pytest.mark.parametrize("k", [1, 3])
def test_recall_by_text_is_the_mean_over_texts(case, k):
    truths, ranked, _ = case
    expected = recall_score(
        table(truths), table([each[:k] for each in ranked]), average="samples", zero_division=0
    )
    assert metrics.recall_by_text(truths, ranked, k) == pytest.approx(expected)


def test_macro_recall_is_the_mean_over_the_codes_that_some_text_has(case):
    truths, ranked, _ = case
    expected = recall_score(
        table(truths)[:, met(truths)],
        table([each[:3] for each in ranked])[:, met(truths)],
        average="macro",
        zero_division=0,
    )
    assert metrics.macro_recall(truths, ranked, 3) == pytest.approx(expected)


def test_f1_figures_agree(case):
    truths, _, said = case
    true, given = table(truths), table(said)
    assert metrics.micro_f1(truths, said) == pytest.approx(
        f1_score(true, given, average="micro", zero_division=0)
    )
    assert metrics.macro_f1(truths, said) == pytest.approx(
        f1_score(true[:, met(truths)], given[:, met(truths)], average="macro", zero_division=0)
    )


def test_with_no_texts_every_figure_is_nought():
    found = metrics.figures([], [], [])
    assert found == metrics.Figures(0, 0, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0)


def test_a_code_given_twice_counts_once():
    assert metrics.recall([("a", "a")], [("a",)], 1) == 1.0
    assert metrics.figures([("a", "a")], [()], [()]).nothing == 1
