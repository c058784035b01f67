"""Values said in words."""

import datetime as dt

import pytest
from django.utils import timezone

from firsthand.web import filters

SPRING = dt.datetime(2026, 3, 3, 14, 5, tzinfo=dt.UTC)


def test_days_months_and_moments_are_said_as_people_say_them():
    assert filters.day(SPRING) == "3 March 2026"
    assert filters.day(dt.date(2026, 3, 3)) == "3 March 2026"
    assert filters.month(SPRING) == "March 2026"
    assert filters.moment(SPRING) == "3 March 2026 at 2:05pm"


def test_moments_are_in_british_time():
    assert filters.moment(dt.datetime(2026, 7, 1, 11, 30, tzinfo=dt.UTC)).endswith("12:30pm")
    assert filters.day(dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)) == "2 July 2026"


@pytest.mark.parametrize("of", [filters.day, filters.month, filters.moment, filters.ago])
def test_nothing_is_said_of_no_day(of):
    assert of(None) == ""


@pytest.mark.parametrize(
    ("days", "said"), [(0, "today"), (1, "yesterday"), (-1, "tomorrow"), (5, "5 days ago")]
)
def test_near_days_are_said_by_how_near_they_are(days, said):
    assert filters.ago(timezone.localdate() - dt.timedelta(days=days)) == said


def test_far_days_are_said_by_their_date():
    assert filters.ago(dt.date(2020, 1, 2)) == "2 January 2020"


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 answers"), (1, "1 answer"), (1200, "1,200 answers")]
)
def test_numbers_of_things_agree(number, said):
    assert filters.count(number, "answer") == said


def test_odd_plurals_can_be_given():
    assert filters.count(2, "person", "people") == "2 people"


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 bytes"), (512, "512 bytes"), (20_000, "20 KB"), (1_500_000, "1.5 MB")],
)
def test_sizes_of_files_are_short(number, said):
    assert filters.size(number) == said


def test_typed_words_become_paragraphs_with_nothing_in_them_acting():
    said = filters.paragraphs("One\r\ntwo\n\n\n<script>alert(1)</script>")
    assert said.count("<p ") == 2
    assert "One<br>two" in said
    assert "<script>" not in said
    assert filters.paragraphs(None) == ""
