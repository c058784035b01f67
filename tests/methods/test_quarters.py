"""Quarters of the calendar year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.methods.quarters import Quarter, label, quarter_of, quarters

days = st.dates(date(1900, 1, 1), date(2200, 1, 1))


@given(days)
def test_every_day_is_in_the_quarter_it_falls_in(day):
    quarter = quarter_of(day)
    assert quarter.first_day <= day <= quarter.last_day
    assert quarter.next.first_day == quarter.last_day + timedelta(days=1)
    assert quarter.next.previous == quarter


@given(days, days)
def test_quarters_are_in_order_of_time_by_value_and_by_code(one, other):
    if one < other:
        assert quarter_of(one) <= quarter_of(other)
        assert quarter_of(one).code <= quarter_of(other).code


def test_quarters_are_named_in_words():
    assert Quarter(2026, 1).label == "January to March 2026"
    assert Quarter(2025, 4).label == "October to December 2025"
    assert label(Quarter(2026, 1), Quarter(2026, 2)) == "January to June 2026"
    assert label(Quarter(2025, 3), Quarter(2026, 1)) == "July 2025 to March 2026"


def test_a_run_of_quarters_has_every_one_once():
    run = list(quarters(Quarter(2025, 3), Quarter(2026, 2)))
    assert [quarter.code for quarter in run] == ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]
    assert list(quarters(Quarter(2026, 2), Quarter(2026, 1))) == []


@pytest.mark.parametrize("number", [0, 5, -1])
def test_there_are_four_quarters(number):
    with pytest.raises(ValueError, match="1 to 4"):
        Quarter(2026, number)
