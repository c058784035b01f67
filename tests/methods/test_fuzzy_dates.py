"""When something happened, as people say it."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.methods.fuzzy_dates import read

TODAY = date(2026, 11, 23)  # a Monday
past_days = st.dates(date(1930, 1, 1), date(2090, 12, 31))


def days(text: str, today: date = TODAY) -> tuple[str, str, str] | None:
    found = read(text, today)
    return (
        (found.earliest.isoformat(), found.latest.isoformat(), found.precision) if found else None
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("21/09/2021", ("2021-09-21", "2021-09-21", "day")),
        ("03/04/2021", ("2021-04-03", "2021-04-03", "day")),
        ("1/2/03", ("2003-02-01", "2003-02-01", "day")),
        ("2021-09-21", ("2021-09-21", "2021-09-21", "day")),
        ("21st of September 2021", ("2021-09-21", "2021-09-21", "day")),
        ("Friday 3rd March 2023", ("2023-03-03", "2023-03-03", "day")),
        ("3 March", ("2026-03-03", "2026-03-03", "day")),
        ("24 November", ("2025-11-24", "2025-11-24", "day")),
        ("today", ("2026-11-23", "2026-11-23", "day")),
        ("yesterday", ("2026-11-22", "2026-11-22", "day")),
        ("the day before yesterday", ("2026-11-21", "2026-11-21", "day")),
        ("last night", ("2026-11-22", "2026-11-22", "day")),
        ("last Tuesday", ("2026-11-17", "2026-11-17", "day")),
        ("last week", ("2026-11-16", "2026-11-22", "week")),
        ("this week", ("2026-11-23", "2026-11-23", "week")),
        ("this morning", ("2026-11-23", "2026-11-23", "day")),
        ("the week before last", ("2026-11-09", "2026-11-15", "range")),
        ("last weekend", ("2026-11-21", "2026-11-22", "range")),
        ("the other day", ("2026-11-13", "2026-11-22", "range")),
        ("a fortnight ago", ("2026-11-06", "2026-11-12", "week")),
    ],
)
def test_days_and_weeks_are_read_day_before_month(text, expected):
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("March 2021", ("2021-03-01", "2021-03-31", "month")),
        ("in march", ("2026-03-01", "2026-03-31", "month")),
        ("09/2021", ("2021-09-01", "2021-09-30", "month")),
        ("2018-09", ("2018-09-01", "2018-09-30", "month")),
        ("December", ("2025-12-01", "2025-12-31", "month")),
        ("last March", ("2026-03-01", "2026-03-31", "month")),
        ("last November", ("2025-11-01", "2025-11-30", "month")),
        ("March last year", ("2025-03-01", "2025-03-31", "month")),
        ("mid March", ("2026-03-11", "2026-03-21", "month")),
        ("last month", ("2026-10-01", "2026-10-31", "month")),
        ("the month before last", ("2026-09-01", "2026-09-30", "month")),
        ("this month", ("2026-11-01", "2026-11-23", "month")),
        ("three months ago", ("2026-08-08", "2026-09-07", "month")),
        ("2019", ("2019-01-01", "2019-12-31", "year")),
        ("this year", ("2026-01-01", "2026-11-23", "year")),
        ("last year", ("2025-01-01", "2025-12-31", "year")),
        ("the year before last", ("2024-01-01", "2024-12-31", "year")),
        ("about 2019", ("2018-01-01", "2020-12-30", "year")),
        ("2019ish", ("2018-01-01", "2020-12-30", "year")),
        ("2019 or so", ("2018-01-01", "2020-12-30", "year")),
        ("early 2018", ("2018-01-01", "2018-05-02", "year")),
        ("the end of last year", ("2025-09-01", "2025-12-31", "year")),
        ("two years ago", ("2024-05-25", "2025-05-24", "year")),
        ("a couple of years ago", ("2023-05-25", "2025-05-24", "range")),
        ("a year and a half ago", ("2025-02-04", "2025-09-11", "range")),
    ],
)
def test_months_and_years_are_read_as_wide_as_they_are_said(text, expected):
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("last spring", ("2026-03-01", "2026-05-31", "season")),
        ("the summer before last", ("2025-06-01", "2025-08-31", "season")),
        ("sometime in the summer of 2022", ("2022-06-01", "2022-08-31", "season")),
        ("spring this year", ("2026-03-01", "2026-05-31", "season")),
        ("winter 2020", ("2020-01-01", "2021-02-28", "season")),
        ("last winter", ("2025-12-01", "2026-02-28", "season")),
        ("autumn", ("2026-09-01", "2026-11-23", "season")),
        ("Christmas 2020", ("2020-12-20", "2020-12-31", "range")),
        ("last Christmas", ("2025-12-20", "2025-12-31", "range")),
        ("Boxing Day 2021", ("2021-12-26", "2021-12-26", "day")),
        ("New Year 2021", ("2020-12-31", "2021-01-02", "range")),
        ("New Year\u2019s Eve 2019", ("2019-12-31", "2019-12-31", "day")),
        ("Easter 2019", ("2019-04-19", "2019-04-22", "range")),
        ("Good Friday 2024", ("2024-03-29", "2024-03-29", "day")),
        ("during lockdown", ("2020-03-23", "2021-07-18", "range")),
        ("the first lockdown", ("2020-03-23", "2020-07-04", "range")),
    ],
)
def test_times_with_a_name_are_read(text, expected):
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the 1990s", ("1990-01-01", "1999-12-31", "decade")),
        ("the nineties", ("1990-01-01", "1999-12-31", "decade")),
        ("in the late 80s", ("1986-09-01", "1989-12-31", "decade")),
        ("the twenties", ("2020-01-01", "2026-11-23", "decade")),
        ("the thirties", ("1930-01-01", "1939-12-31", "decade")),
        ("between 2018 and 2020", ("2018-01-01", "2020-12-31", "range")),
        ("2018-2020", ("2018-01-01", "2020-12-31", "range")),
        ("2018/19", ("2018-01-01", "2019-12-31", "range")),
        ("March to June 2021", ("2021-03-01", "2021-06-30", "range")),
        ("12 May 2021 \u2013 14 May 2021", ("2021-05-12", "2021-05-14", "range")),
    ],
)
def test_decades_and_stretches_are_read(text, expected):
    assert days(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", " ", "when I was 14", "I don't know", "5", "now", "second", "10 years", "my 21 birthday",
     "31/02/2021", "29 February 2023", "13/13/2020", "tomorrow", "next spring", "2030",
     "3000 years ago", "between 2020 and 2018", "2019-15", "a long time ago", "x" * 500,
     "2021\x00", "\u202e1202"],
)  # fmt: skip
def test_what_cannot_be_read_is_left_as_typed(text):
    assert read(text, TODAY) is None


def test_what_was_typed_is_kept_to_the_letter():
    found = read("  About   2019. ", TODAY)
    assert found is not None
    assert found.text == "  About   2019. "


@given(past_days, past_days)
def test_a_day_written_the_british_way_is_that_day(day, today):
    found = read(day.strftime("%d/%m/%Y"), today)
    if day > today:
        assert found is None
    else:
        assert found is not None
        assert (found.earliest, found.latest) == (day, day)


@given(past_days, st.sampled_from(["%d %B %Y", "%A %d %b %Y", "%Y-%m-%d", "%d.%m.%Y"]))
def test_every_way_of_writing_a_day_means_the_same_day(day, way):
    found = read(day.strftime(way), day + timedelta(days=1))
    assert found is not None
    assert (found.earliest, found.latest) == (day, day)


WORDS = (
    "last this the about early late mid of and between to ago a few two years months spring "
    "winter christmas easter march december monday 2019 1990s 21 / - before or so year month "
    "week ish couple nineties lockdown yesterday next"
)
said = st.lists(st.sampled_from(WORDS.split()), max_size=6).map(" ".join)
phrases = st.one_of(st.text(max_size=40), said)


@settings(max_examples=600, deadline=None)
@given(phrases, past_days)
def test_whatever_is_typed_is_read_as_past_days_in_order_or_not_at_all(text, today):
    found = read(text, today)
    if found is not None:
        assert found.earliest <= found.latest <= today
        assert found.text == text
        assert found.precision in {"day", "week", "month", "season", "year", "decade", "range"}


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["2019", "March 2019", "spring 2019", "3 March 2019", "the 1990s"]))
def test_about_is_never_narrower_than_without_it(text):
    exact, vague = read(text, TODAY), read(f"about {text}", TODAY)
    assert exact is not None
    assert vague is not None
    assert vague.earliest < exact.earliest
    assert vague.latest > exact.latest
