"""How good an order was: ASReview's loss, recall at 10 % read, work saved; edges said plainly."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.methods.screening import measures

BOTH = st.lists(st.sampled_from([0, 1]), min_size=2, max_size=60).filter(
    lambda labels: 0 < sum(labels) < len(labels)
)


@pytest.mark.parametrize(
    ("labels", "loss"),
    [
        ([1, 0], 0.0),
        ([0, 1], 1.0),
        ([1, 1, 0, 0, 1, 0, 0, 0, 1, 0], 0.2916666666666667),
        ([0, 0, 1, 0, 1, 1, 0, 0], 0.5333333333333333),
    ],
)
def test_loss_is_that_of_asreview_3(labels, loss):
    """Figures printed by asreview 3.0.8, `asreview.metrics.loss`."""
    assert measures.loss(labels) == pytest.approx(loss)


@settings(deadline=None)
@given(BOTH)
def test_loss_is_the_area_above_the_recall_curve_from_best_to_worst(labels):
    def area(read):
        return np.cumsum(read).sum()

    best, worst = sorted(labels, reverse=True), sorted(labels)
    expected = (area(best) - area(labels)) / (area(best) - area(worst))
    assert measures.loss(labels) == pytest.approx(expected)


@settings(deadline=None)
@given(BOTH)
def test_without_ties_scores_and_order_give_the_same_loss(labels):
    falling = range(len(labels), 0, -1)
    assert measures.loss_of_scores(list(falling), labels) == pytest.approx(measures.loss(labels))


def test_all_tied_is_as_good_as_chance():
    assert measures.loss_of_scores([3.0] * 5, [1, 0, 0, 1, 0]) == pytest.approx(0.5)


def test_recall_and_work_saved_are_counted_by_hand():
    labels = [1] * 10 + [0] * 10 + [1] * 9 + [0] * 70 + [1]
    found = measures.figures(labels)
    assert (found.records, found.included) == (100, 20)
    assert found.recall_10 == 0.5
    assert found.wss_95 == pytest.approx(1 - 29 / 100 - 0.05)


def test_a_tenth_of_a_few_records_is_rounded_up():
    assert measures.recall_at([1, 0, 1, 0, 0], 0.1) == 0.5


def test_nothing_is_saved_when_the_last_record_counts():
    assert measures.work_saved([0, 0, 0, 1], 0.95) == pytest.approx(-0.05)


@pytest.mark.parametrize("labels", [[], [1], [0, 0, 0], [1, 1]])
def test_records_of_one_kind_have_no_figures(labels):
    with pytest.raises(ValueError, match="both kinds"):
        measures.figures(labels)


def test_other_labels_are_refused():
    with pytest.raises(ValueError, match="must be 0"):
        measures.loss([0, 1, 2])
