"""Worths of many samples found together are those that each has alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.methods.ranking import together
from firsthand.methods.ranking.ballots import LEFT, Ballots, ballot, full_orders, table
from firsthand.methods.ranking.bootstrap import bootstrap
from firsthand.methods.ranking.fitting import HALF, climb, fit
from firsthand.methods.ranking.stages import stages, totals
from firsthand.methods.ranking.together import worths_of_samples


def drawn(many: int, samples: int, seed: int) -> np.ndarray:
    dice = np.random.default_rng(seed)
    picked = [dice.integers(0, many, many) for _ in range(samples)]
    return np.array([np.bincount(each, minlength=many) for each in picked]).astype(float)


def alone(ballots: Ballots, weights: np.ndarray) -> np.ndarray:
    """Each sample by Newton's steps, to the very top."""
    found, whole = stages(ballots), fit(ballots)
    tops = [climb(totals(found, each), HALF, whole.point, 1e-16).point for each in weights]
    worths = np.array(tops)[:, : ballots.items]
    return worths - worths.mean(axis=1, keepdims=True)


def side_by_side(ballots: Ballots, weights: np.ndarray, pseudo: float = HALF) -> np.ndarray:
    return worths_of_samples(stages(ballots), weights, fit(ballots).point, pseudo)


def with_ties(many: int, items: int, seed: int) -> Ballots:
    """Orders with ties by twos and threes, some of them of the first few only."""
    dice = np.random.default_rng(seed)
    places = full_orders(dice.permuted(np.tile(np.arange(items), (many, 1)), axis=1), items).places
    tied = (places + dice.integers(1, 3, (many, 1)) + 1) // dice.integers(2, 4, (many, 1))
    tied = np.where(tied > items // 3, LEFT, tied)
    rows = np.where(dice.random((many, 1)) < 0.5, tied, places)
    return table([_tidy(row) for row in rows.tolist()], items)


def _tidy(row: list[int]) -> list[int]:
    levels: dict[int, list[int]] = {}
    for item, place in enumerate(row):
        if place != LEFT:
            levels.setdefault(place, []).append(item)
    return ballot([levels[each] for each in sorted(levels)], range(len(row)), len(row))


@settings(max_examples=15, deadline=None)
@given(st.integers(8, 40), st.integers(3, 9), st.integers(0, 10**6))
def test_worths_of_samples_are_those_of_each_sample_alone(many, items, seed):
    ballots, weights = with_ties(many, items, seed), drawn(many, 6, seed)
    found = side_by_side(ballots, weights)
    assert found == pytest.approx(alone(ballots, weights), abs=1e-6)


def test_a_sample_that_does_not_get_there_soon_is_led_there_by_newtons_steps(monkeypatch):
    ballots, weights = with_ties(30, 6, 1), drawn(30, 4, 1)
    monkeypatch.setattr(together, "_STEPS", 1)
    assert side_by_side(ballots, weights) == pytest.approx(alone(ballots, weights), abs=1e-6)


def test_samples_in_parts_come_to_the_same_as_all_at_once(monkeypatch):
    ballots, weights = with_ties(30, 6, 2), drawn(30, 5, 2)
    whole = side_by_side(ballots, weights)
    monkeypatch.setattr(together, "_AT_ONCE", 1)
    assert side_by_side(ballots, weights) == pytest.approx(whole, abs=1e-9)


def test_a_sample_in_which_nobody_tied_is_that_of_ballots_without_ties():
    orders = np.random.default_rng(3).permuted(np.tile(np.arange(5), (20, 1)), axis=1).tolist()
    rows = [*full_orders(orders, 5).places.tolist(), ballot([[0, 1], [2]], range(5), 5)]
    weights = np.array([[1.0] * 20 + [0.0]])
    (found,) = side_by_side(table(rows, 5), weights)
    assert found == pytest.approx(fit(full_orders(orders, 5), tolerance=1e-14).worths, abs=1e-6)


def test_without_the_ghost_samples_are_fitted_too():
    orders = np.random.default_rng(4).permuted(np.tile(np.arange(4), (60, 1)), axis=1)
    ballots, weights = full_orders(orders.tolist(), 4), drawn(60, 3, 4)
    found = worths_of_samples(stages(ballots), weights, fit(ballots, 0).point, 0)
    for row, each in zip(found, weights, strict=True):
        drawn_again = ballots.some(np.repeat(np.arange(60), each.astype(int)))
        assert row == pytest.approx(fit(drawn_again, 0, 1e-14).worths, abs=1e-6)


def test_the_interval_of_worths_is_that_of_samples_drawn_with_the_same_seed():
    ballots = with_ties(25, 5, 6)
    weights, sure = drawn(25, 40, 9), bootstrap(ballots, 9, 40)
    low, high = np.quantile(alone(ballots, weights), (0.025, 0.975), axis=0)
    assert sure.worth_low == pytest.approx(low, abs=1e-6)
    assert sure.worth_high == pytest.approx(high, abs=1e-6)
