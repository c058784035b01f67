"""Working days in England and Wales. Bank holidays below are as GOV.UK lists them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.methods.working_days import (
    add_working_days,
    is_overdue,
    is_working_day,
    working_days_between,
)

BANK_HOLIDAYS = {
    2020: ["01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-28"],
    2021: ["01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"],
    2022: ["01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26",
           "12-27"],
    2023: ["01-02", "04-07", "04-10", "05-01", "05-08", "05-29", "08-28", "12-25", "12-26"],
    2024: ["01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"],
    2025: ["01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"],
    2026: ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"],
    2027: ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"],
}  # fmt: skip
days = st.dates(date(2015, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize("year", BANK_HOLIDAYS)
def test_the_only_weekdays_that_are_not_worked_are_the_bank_holidays(year):
    every = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    off = [f"{day:%m-%d}" for day in every if day.weekday() < 5 and not is_working_day(day)]
    assert off == BANK_HOLIDAYS[year]


def test_twenty_working_days_step_over_weekends_and_christmas():
    assert add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert add_working_days(date(2026, 11, 21), 1) == date(2026, 11, 23)
    assert add_working_days(date(2026, 12, 10), 20) == date(2027, 1, 12)
    assert add_working_days(date(2026, 12, 25), 0) == date(2026, 12, 29)


@given(days, st.integers(1, 600))
def test_counting_back_what_was_added_gives_the_same_number(start, count):
    due = add_working_days(start, count)
    assert is_working_day(due)
    assert working_days_between(start, due) == count


@given(days, st.integers(0, 100))
def test_one_more_working_day_is_later(start, count):
    assert add_working_days(start, count + 1) > add_working_days(start, count) or (
        count == 0 and not is_working_day(start)
    )


@given(days, days)
def test_no_working_days_lie_between_a_day_and_an_earlier_one(one, other):
    first, last = sorted((one, other))
    assert working_days_between(last, first) == 0
    assert 0 <= working_days_between(first, last) <= (last - first).days


def test_a_thing_is_overdue_only_when_its_day_has_gone_by():
    assert not is_overdue(date(2026, 11, 23), date(2026, 11, 23))
    assert is_overdue(date(2026, 11, 23), date(2026, 11, 24))


def test_working_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2026, 1, 1), -1)
