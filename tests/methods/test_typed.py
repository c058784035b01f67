"""Whole numbers that anyone may have typed."""

import pytest

from firsthand.methods.typed import whole


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0", 0), ("007", 7), ("999999999", 999_999_999), ("1000000000", -1), ("", -1), ("-3", -1),
     ("+3", -1), (" 3", -1), ("3.0", -1), ("1e3", -1), ("\u0663", -1), ("\u00b2", -1),
     ("9" * 5000, -1), ("3\x00", -1)],
)  # fmt: skip
def test_only_plain_digits_that_every_database_holds_are_a_number(typed, number):
    assert whole(typed, -1) == number


def test_without_a_number_there_may_be_none():
    assert whole("seven", None) is None
    assert whole("12345", None, digits=4) is None
