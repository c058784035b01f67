"""Quarters are joined where they hold too little, and never differently later on."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from firsthand.indicators.periods import Period, full_periods, whole_periods
from firsthand.methods.quarters import Quarter, quarters

UNTIL = Quarter(2026, 3)
counts = st.dictionaries(
    st.builds(Quarter, st.integers(2023, 2026), st.integers(1, 4)), st.integers(0, 30)
)


def held(period: Period, counts: dict[Quarter, int]) -> int:
    return sum(n for quarter, n in counts.items() if period.holds(quarter))


@given(counts, st.integers(1, 20))
def test_every_period_holds_enough_and_none_overlap(counts, least):
    periods = full_periods(counts, least, UNTIL)
    assert all(held(period, counts) >= least for period in periods)
    assert all(a.last.next == b.first for a, b in itertools.pairwise(periods))
    assert all(period.last <= UNTIL for period in periods)


@given(counts, st.integers(1, 20))
def test_a_period_is_no_longer_than_it_must_be(counts, least):
    for period in full_periods(counts, least, UNTIL):
        if period.first != period.last:
            assert held(Period(period.first, period.last.previous), counts) < least


@given(counts, st.integers(1, 20), st.integers(0, 30))
def test_a_later_quarter_never_changes_an_earlier_period(counts, least, more):
    before = full_periods(counts, least, UNTIL)
    later = {**counts, UNTIL.next: more}
    held_before = any(n for quarter, n in counts.items() if quarter <= UNTIL)
    if held_before:
        assert full_periods(later, least, UNTIL.next)[: len(before)] == before


@given(counts, st.integers(1, 20))
def test_whole_periods_leave_nothing_out(counts, least):
    until = Quarter(2026, 4)
    periods = whole_periods(counts, least, until)
    assert sum(held(period, counts) for period in periods) == sum(counts.values())
    if sum(counts.values()) >= least:
        assert all(held(period, counts) >= least for period in periods)


def test_periods_are_named_in_words_and_in_order():
    year = dict.fromkeys(quarters(Quarter(2026, 1), Quarter(2026, 4)), 6)
    periods = full_periods(year, 10, Quarter(2026, 4))
    assert [period.label for period in periods] == [
        "January to June 2026", "July to December 2026",
    ]  # fmt: skip
    assert [period.code for period in periods] == ["2026-Q1/2026-Q2", "2026-Q3/2026-Q4"]
    assert [p.code for p in full_periods(year, 5, UNTIL)] == ["2026-Q1", "2026-Q2", "2026-Q3"]


def test_nothing_counted_has_no_periods():
    assert full_periods({}, 10, UNTIL) == []
    assert whole_periods({Quarter(2026, 1): 0}, 10, UNTIL) == []
