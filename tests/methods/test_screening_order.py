"""The reading order: texts weighed as scikit-learn does, learned as its LinearSVC does, and why."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from firsthand.methods.screening import svm
from firsthand.methods.screening.order import Order
from firsthand.methods.screening.texts import Record, pairs, weighed, words
from firsthand.methods.screening.why import why

SUBJECTS = (
    "peer support",
    "home care",
    "crisis house",
    "travel cost",
    "waiting list",
    "day centre",
)
VERBS = ("helped", "harmed", "reached", "missed", "cost", "moved", "heard")
PLACES = ("in towns", "in villages", "by phone", "on wards", "at night")


def texts(size=60, seed=1):
    """Invented records: each a few sentences of subjects, verbs and places."""
    dice = np.random.default_rng(seed)
    return [
        Record(
            f"{dice.choice(SUBJECTS)} {dice.choice(VERBS)} people {dice.choice(PLACES)}",
            ". ".join(
                f"{dice.choice(SUBJECTS)} {dice.choice(VERBS)} them {dice.choice(PLACES)}"
                for _ in range(dice.integers(0, 4))
            ),
        )
        for _ in range(size)
    ]


RECORDS = texts()
WANTED = [int("peer support" in each.text) for each in RECORDS]


@pytest.fixture
def exact(monkeypatch):
    """Solve to the end, not only as far as a ranking needs."""
    monkeypatch.setattr(svm, "_CLOSE", 1e-6)
    monkeypatch.setattr(svm, "_MOST_STEPS", 100_000)


def test_words_have_two_letters_at_least_in_any_script():
    assert words("A Été, 2 naïve_ness x10") == ["été", "naïve_ness", "x10"]
    assert pairs("one two three") == ["one two", "two three"]


def test_likeness_of_texts_is_that_of_scikit_learn():
    every = [each.text for each in RECORDS]
    mine = weighed(every[:-1], every[-1:]).rows
    theirs = 0
    for size in (1, 2):
        view = TfidfVectorizer(sublinear_tf=True, max_df=0.5, ngram_range=(size, size))
        rows = view.fit_transform(every)
        theirs = theirs + 0.5 * (rows @ rows.T).toarray()
    alike = (mine @ mine.T).toarray()
    np.fill_diagonal(alike, 0)
    np.fill_diagonal(theirs, 0)
    np.testing.assert_allclose(alike, theirs, atol=1e-6)


@pytest.mark.usefixtures("exact")
@pytest.mark.parametrize("near_most", [0, 1000])
def test_what_is_learned_is_what_scikit_learn_learns_from_nothing(near_most):
    order = Order(RECORDS, "peer support helped", near_most=near_most)
    for at in range(30):
        order.label({at: bool(WANTED[at])})
    known = [*range(30), len(RECORDS)]
    truth = np.array([*WANTED[:30], 1])
    weights = np.where(truth == 1, 1.0, truth.sum() / (9.8 * (truth == 0).sum()))
    machine = LinearSVC(C=0.11, tol=1e-9, max_iter=100_000, intercept_scaling=math.sqrt(0.3))
    machine.fit(order.texts.rows[known], truth, sample_weight=weights / weights.mean())
    expected = machine.decision_function(order.texts.rows[: len(RECORDS)])
    np.testing.assert_allclose(order.scores, expected, atol=1e-3)


@pytest.mark.usefixtures("exact")
@pytest.mark.parametrize("near_most", [0, 1000])
def test_a_label_changed_or_taken_back_is_forgotten(near_most):
    order = Order(RECORDS, near_most=near_most)
    order.label({0: True, 1: True, 2: False, 3: False})
    order.label({0: False, 1: None, 3: None})
    fresh = Order(RECORDS, near_most=near_most)
    fresh.label({0: False, 2: False})
    np.testing.assert_allclose(order.scores, fresh.scores, atol=1e-3)
    order.label({0: None, 2: None})
    np.testing.assert_allclose(order.scores, 0, atol=1e-5)


def test_both_ways_to_hold_records_read_in_nearly_the_same_order():
    near, far = Order(RECORDS, "peer support"), Order(RECORDS, "peer support", near_most=0)
    labels = {at: bool(WANTED[at]) for at in range(20)}
    near.label(labels)
    far.label(labels)
    assert np.corrcoef(near.scores, far.scores)[0, 1] > 0.99


@pytest.mark.parametrize("near_most", [0, 1000])
def test_labels_told_together_teach_as_much_as_one_by_one(near_most, monkeypatch):
    monkeypatch.setattr(svm, "_MOST_STEPS", 40)
    together, apart = (Order(RECORDS, near_most=near_most) for _ in range(2))
    together.label({at: bool(WANTED[at]) for at in range(50)})
    for at in range(50):
        apart.label({at: bool(WANTED[at])})
    assert np.corrcoef(together.scores, apart.scores)[0, 1] > 0.98


def test_with_the_question_alone_what_speaks_of_it_comes_first():
    first = Order(RECORDS, "crisis house at night").unread()[:5]
    assert all("crisis house" in RECORDS[at].text or "night" in RECORDS[at].text for at in first)


def test_what_is_read_is_never_offered_again_and_in_the_end_nothing_is():
    order, seen = Order(RECORDS, "peer support"), []
    while (at := order.next()) is not None:
        assert at == order.unread()[0]
        seen.append(at)
        order.label({at: bool(WANTED[at])})
    assert sorted(seen) == list(range(len(RECORDS)))
    assert len(order.unread()) == 0


def test_before_anything_is_known_records_come_as_they_are():
    assert Order(RECORDS).unread().tolist() == list(range(len(RECORDS)))


def test_a_record_without_text_is_ranked_and_read_like_the_others():
    order = Order([*RECORDS, Record("", "")], "peer support")
    order.label({0: True, 1: False})
    assert len(RECORDS) in order.unread()


def test_one_record_is_an_order_of_one():
    order = Order([Record("Alone", "")])
    assert order.next() == 0
    order.label({0: True})
    assert order.next() is None


@pytest.mark.parametrize(
    ("records", "sentence"),
    [([], "no records"), ([Record("", ""), Record("")], "No two records share a word")],
)
def test_what_cannot_be_ordered_is_told(records, sentence):
    with pytest.raises(ValueError, match=sentence):
        Order(records)


@pytest.mark.parametrize("at", [-1, 60])
def test_a_place_that_is_not_there_is_told_and_nothing_learned(at):
    order = Order(RECORDS, "peer support")
    before = order.scores.copy()
    with pytest.raises(ValueError, match="no record at place"):
        order.label({0: True, at: True})
    with pytest.raises(ValueError, match="no record at place"):
        why(order, at)
    np.testing.assert_array_equal(order.scores, before)


@pytest.mark.parametrize("near_most", [0, 1000])
def test_reasons_add_up_to_the_score_but_for_the_constant(near_most):
    order = Order(RECORDS, "peer support", near_most=near_most)
    order.label({at: bool(WANTED[at]) for at in range(25)})
    at = order.next()
    assert at is not None
    shown = why(order, at, most=100)
    pulls = sum(pull for _, pull in order.learned_from())
    assert shown.rest == pytest.approx(0.3 * pulls, abs=1e-4)
    assert any("support" in each.words for each in shown.speaks_for)
    assert all(each.words in RECORDS[at].text.lower() for each in shown.speaks_for + shown.against)
    assert [each.weight for each in shown.against] == sorted(each.weight for each in shown.against)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 59), st.sampled_from([True, False, None])), max_size=25))
def test_any_run_of_labels_leaves_every_unread_record_in_the_list_once(told):
    order, kept = Order(RECORDS, "peer support"), {}
    for at, label in told:
        order.label({at: label})
        kept[at] = label
    read = {at for at, label in kept.items() if label is not None}
    assert sorted(order.unread().tolist()) == sorted(set(range(60)) - read)
    assert np.isfinite(order.scores).all()
    assert (order.alphas >= 0).all()
