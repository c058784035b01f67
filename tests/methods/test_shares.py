"""Shares are drawn by chance, in the parts asked for, pairs as even as these allow."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from firsthand.methods.shares import draw, wrong


def rng(seed=1):
    return np.random.default_rng(seed)


def test_the_same_seed_draws_the_same_shares_and_another_draws_others():
    one, again, other = (draw(60, [50, 30, 20], 1, rng(seed)) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    assert one.counts(3) == other.counts(3) == (30, 18, 12)


def test_three_by_two_meet_equally_often():
    drawn = draw(30, [100 / 3] * 3, 2, rng())
    assert Counter(drawn.of) == {(0, 1): 10, (0, 2): 10, (1, 2): 10}
    assert drawn.counts(3) == (20, 20, 20)


def test_who_takes_half_by_two_is_asked_every_record():
    drawn = draw(40, [50, 25, 25], 2, rng())
    assert drawn.counts(3) == (40, 20, 20)


def test_who_has_no_share_is_asked_nothing():
    assert draw(10, [50, 50, 0], 2, rng()).counts(3) == (10, 10, 0)
    assert draw(10, [100, 0], 1, rng()).counts(2) == (10, 0)


@given(
    some.integers(0, 300), some.lists(some.integers(1, 50), min_size=2, max_size=6),
    some.integers(1, 2), some.integers(0, 2**32 - 1),
)  # fmt: skip
def test_every_record_is_asked_of_so_many_and_nobody_is_far_from_their_part(
    records, parts, asked, seed
):
    percents = [100 * each / sum(parts) for each in parts]
    if wrong(percents, asked):
        return
    drawn = draw(records, percents, asked, rng(seed))
    assert len(drawn.of) == records
    assert all(len(set(each)) == asked for each in drawn.of)
    for part, count in zip(percents, drawn.counts(len(parts)), strict=True):
        assert abs(count - records * asked * part / 100) <= len(parts) + 1


@given(some.integers(1, 200), some.integers(2, 7), some.integers(0, 99))
def test_with_equal_shares_no_pair_meets_twice_more_than_another(records, people, seed):
    drawn = draw(records, [100 / people] * people, 2, rng(seed))
    often = Counter(drawn.of)
    counts = [often[one, other] for one in range(people) for other in range(one + 1, people)]
    assert max(counts) - min(counts) <= 1
    assert max(drawn.counts(people)) - min(drawn.counts(people)) <= 2


@pytest.mark.parametrize(
    ("percents", "asked", "said"),
    [
        ([50, -1, 51], 1, "below 0"),
        ([50, 40], 1, "90 % together"),
        ([100, 0], 2, "needs 2 people"),
        ([60, 20, 20], 2, "50 % is the most"),
        ([50, 50], 2, ""),
        ([33.33, 33.33, 33.34], 2, ""),
    ],
)
def test_shares_that_cannot_be_say_why(percents, asked, said):
    assert said in wrong(percents, asked)
    assert bool(wrong(percents, asked)) == bool(said)
    if said:
        with pytest.raises(ValueError, match=said):
            draw(10, percents, asked, rng())
