"""The bucket's arithmetic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.methods.leaky_bucket import Pace, filled, pause_after, wait_left

PACE = Pace(free=5, every=600, first=15, longest=900)


@pytest.mark.parametrize(("level", "pause"), [(0, 0), (4, 0), (5, 15), (6, 30), (7, 60), (20, 900)])
def test_the_pause_doubles_and_stops(level, pause):
    assert pause_after(level, PACE) == pause


def test_what_has_leaked_a_little_is_still_a_whole_try():
    assert pause_after(4.999, PACE) == 15


def test_a_bucket_leaks_and_never_below_empty():
    assert filled(3, 600, PACE) == 3
    assert filled(1, 100_000, PACE) == 1


@given(st.floats(0, 100), st.floats(-1e6, 1e6))
def test_a_wait_is_never_negative_nor_longer_than_the_longest(level, since):
    assert 0 <= wait_left(level, since, PACE) <= PACE.longest


@given(st.floats(0, 100), st.floats(-1e6, 1e6))
def test_a_long_attack_is_forgotten_nearly_as_soon_as_a_short_one(level, since):
    assert filled(min(level, 21), since, PACE) <= PACE.free + 16
