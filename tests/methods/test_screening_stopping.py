"""When to stop: the paper's p as its authors' own package prints it, and guarantees that hold."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest

from firsthand.methods.screening.audit import Audit, bounds, certified
from firsthand.methods.screening.stopping import chance_of_missing, in_a_row, look

READ = [1] * 20 + [0] * 80 + [1] + [0] * 899


@pytest.mark.parametrize(
    ("read", "recall", "p"),
    [
        (1000, 0.95, 0.2771687833039518),
        (500, 0.8, 0.2423724573719841),
        (150, 0.5, 0.5477855961087978),
    ],
)
def test_p_is_that_of_the_authors_package(read, recall, p):
    """Figures printed by `calculate_h0` of buscarpy 0.0.2, which lets the sample begin anywhere."""
    found = look(2000, READ[:read], recall, range(1, read + 1))
    assert found.p == pytest.approx(p, abs=1e-9)
    assert (found.read, found.found) == (read, sum(READ[:read]))


def test_p_is_the_hypergeometric_sum_by_hand():
    """100 read with 10 found, then 50 of the other 100 with 1: 90 % would take 4 more or fewer."""
    missed = int(Fraction(11) / Fraction(9, 10)) - 10 + 1
    by_hand = sum(comb(missed, k) * comb(100 - missed, 50 - k) for k in (0, 1)) / comb(100, 50)
    assert chance_of_missing(200, 100, 10, 50, 1, 0.9) == pytest.approx(by_hand)


def test_when_too_few_are_left_to_miss_the_aim_nothing_can_have_been_missed():
    assert chance_of_missing(100, 50, 20, 50, 0, 0.95) == 0.0
    assert chance_of_missing(1000, 500, 20, 499, 0, 0.95) == 0.0


def test_looking_often_costs():
    one, many = look(2000, READ, 0.95, [1000]), look(2000, READ, 0.95, range(100, 1001, 100))
    assert one.corrected == min(1.0, 2 * one.p)
    assert many.p <= one.p
    assert many.corrected == min(1.0, 1100 * many.p)


def test_random_reading_with_looks_all_the_way_is_seldom_wrong():
    """The correction holds: 300 random orders, ten looks each, aim 80 % at 95 % sure."""
    dice, wrong = np.random.default_rng(5), 0
    labels = np.array([1] * 20 + [0] * 380)
    for _ in range(300):
        order = dice.permutation(labels).tolist()
        ends = range(40, 401, 40)
        for at in range(1, 11):
            found = look(400, order[: ends[at - 1]], 0.8, ends[:at])
            if found.corrected < 0.05:
                wrong += found.found < 16
                break
    assert wrong <= 0.05 * 300


@pytest.mark.parametrize("ends", [[], [5, 5], [9, 3], [0, 1000], [500]])
def test_looks_that_do_not_rise_to_the_last_record_are_refused(ends):
    with pytest.raises(ValueError, match="Looks must rise"):
        look(2000, READ, 0.95, ends)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ((10, 5, 6, 1, 0, 0.9), "More found than read"),
        ((10, 5, 1, 6, 0, 0.9), "more read than there are"),
        ((10, 5, 1, 2, 0, 0.0), "recall aimed at"),
        ((10, 5, 1, 2, 0, 1.1), "recall aimed at"),
    ],
)
def test_numbers_that_do_not_fit_are_told(given, sentence):
    with pytest.raises(ValueError, match=sentence):
        chance_of_missing(*given)


def test_a_row_of_irrelevant_ones_is_found_where_it_ends():
    assert in_a_row([0, 0, 1, 0, 0, 0, 1], 3) == 6
    assert in_a_row([0, 0, 1], 3) is None


def test_before_any_draw_nothing_is_certified_and_at_the_end_all_is_known():
    begun = certified(Audit(population=200, before=5, drawn=0, hits=0, found=5))
    assert (begun.left, begun.left_low, begun.left_high) == (None, 0, 200)
    assert begun.recall == 5 / 205
    ended = certified(Audit(population=200, before=5, drawn=200, hits=3, found=8))
    assert (ended.recall, ended.left_low, ended.left, ended.left_high) == (1.0, 0, 0.0, 0)


def test_nothing_found_at_all_is_no_recall():
    assert certified(Audit(population=3, before=0, drawn=3, hits=0, found=0)).recall == 0.0


def test_what_the_ranked_reading_finds_meanwhile_raises_certified_recall():
    few = certified(Audit(population=1000, before=20, drawn=300, hits=2, found=23))
    more = certified(Audit(population=1000, before=20, drawn=300, hits=2, found=27))
    assert more.recall > few.recall
    assert more.left < few.left
    assert more.left_high < few.left_high


@pytest.mark.parametrize("inside", [0, 1, 4, 15])
def test_bounds_hold_at_all_times_together(inside):
    """Looked at after every draw, 95 % bounds lose the truth with a chance of at most 5 %: exactly.

    The chance of each number of hits is carried from draw to draw; what leaves the bounds is lost.
    """
    size, chance, lost = 80, {0: 1.0}, 0.0
    for drawn in range(1, size + 1):
        after = dict.fromkeys(range(drawn + 1), 0.0)
        for hits, share in chance.items():
            hit = (inside - hits) / (size - drawn + 1)
            after[hits] += share * (1 - hit)
            after[hits + 1] += share * hit
        chance = {hits: share for hits, share in after.items() if share > 0}
        for hits in list(chance):
            low, high = bounds(size, drawn, hits)
            if not low <= inside <= high:
                lost += chance.pop(hits)
    assert lost <= 0.05
    assert lost + sum(chance.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ((10, 0, 11, 0, 0), "more drawn than there are"),
        ((10, 0, 5, 6, 6), "More found than drawn"),
        ((10, 3, 5, 2, 4), "More found than drawn or known"),
        ((10, -1, 5, 0, 0), "More found than there can be"),
        ((10, 0, 5, 0, 6), "More found than there can be"),
    ],
)
def test_an_audit_that_cannot_be_is_told(given, sentence):
    with pytest.raises(ValueError, match=sentence):
        certified(Audit(*given))


@pytest.mark.parametrize("confidence", [0.0, 1.0])
def test_confidence_is_neither_none_nor_all(confidence):
    with pytest.raises(ValueError, match="between 0 and 1"):
        certified(Audit(10, 0, 5, 0, 0), confidence)
