"""Loose ways to say when: "the nineties", "a few years ago", "2018-2020", "the other day"."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from firsthand.methods.fuzzy_dates_span import (
    RANGE,
    WEEK,
    Span,
    decade,
    month,
    one_day,
    year,
)

_DECADE = re.compile(r"(?:((?:19|20)\d)0|([2-9])0)s")
_TENS = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7,
         "eighties": 8, "nineties": 9}  # fmt: skip
_YEARS = re.compile(r"((?:19|20)\d\d) ?[-/] ?((?:19|20)?\d\d)")
_UNIT_DAYS = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.25}
# How many a loose number may mean.
_SOME = {"couple of": (1.5, 3.5), "couple": (1.5, 3.5), "few": (2, 6), "several": (3, 9),
         "two or three": (1.5, 3.5), "half": (0.3, 0.8)}  # fmt: skip
_SOME_AGO = re.compile(rf"(?:a )?({'|'.join(_SOME)}) (?:an? )?(day|week|month|year)s? (?:ago|back)")
_AND_A_HALF = re.compile(r"(?:a|one) year and a half (?:ago|back)")


def spoken(phrase: str, today: date) -> Span | None:
    """Read a loose phrase, or None."""
    for reader in (_decade, _years, _some_ago, _near):
        if span := reader(phrase, today):
            return span
    return None


def _decade(phrase: str, today: date) -> Span | None:
    """A decade said in two digits or a word is the last of that name to have begun."""
    if found := _DECADE.fullmatch(phrase):
        if found[1]:
            return decade(int(found[1]) * 10)
        return _last_decade(int(found[2]), today)
    return _last_decade(_TENS[phrase], today) if phrase in _TENS else None


def _last_decade(tens: int, today: date) -> Span:
    century = today.year // 100 * 100
    first = century + tens * 10
    return decade(first if first <= today.year else first - 100)


def _years(phrase: str, today: date) -> Span | None:
    """ "2018-2020" or "2018/19"; "2018-09", which cannot be years, is a month."""
    found = _YEARS.fullmatch(phrase)
    if not found:
        return None
    first, second = int(found[1]), int(found[2])
    last = second if second > 99 else first // 100 * 100 + second
    if last >= first:
        return Span(year(first).earliest, year(last).latest, RANGE)
    return month(first, second) if 1 <= second <= 12 else None


def _some_ago(phrase: str, today: date) -> Span | None:
    if _AND_A_HALF.fullmatch(phrase):
        return _back(today, 1.2 * _UNIT_DAYS["year"], 1.8 * _UNIT_DAYS["year"])
    found = _SOME_AGO.fullmatch(phrase)
    if not found:
        return None
    least, most = _SOME[found[1]]
    return _back(today, least * _UNIT_DAYS[found[2]], most * _UNIT_DAYS[found[2]])


def _back(today: date, least: float, most: float) -> Span:
    """From `most` days before today to `least` days before."""
    return Span(today - timedelta(days=round(most)), today - timedelta(days=round(least)), RANGE)


def _near(phrase: str, today: date) -> Span | None:
    return _NEAR[phrase](today) if phrase in _NEAR else None


def _this_week(today: date) -> Span:
    return Span(today - timedelta(days=today.weekday()), today, WEEK)


def _last_weekend(today: date) -> Span:
    """The last Saturday and Sunday that are over."""
    sunday = today - timedelta(days=today.weekday() + 1)
    return Span(sunday - timedelta(days=1), sunday, RANGE)


def _today(today: date) -> Span:
    return one_day(today)


def _yesterday(today: date) -> Span:
    return one_day(today - timedelta(days=1))


_NEAR: dict[str, Callable[[date], Span]] = {
    "this week": _this_week,
    "last weekend": _last_weekend,
    "this morning": _today,
    "this afternoon": _today,
    "tonight": _today,
    "last night": _yesterday,
    "yesterday morning": _yesterday,
    "yesterday afternoon": _yesterday,
    "yesterday evening": _yesterday,
    "other day": lambda today: _back(today, 1, 10),
    "this month": lambda today: month(today.year, today.month),
    "this year": lambda today: year(today.year),
    "year before last": lambda today: year(today.year - 2),
    "month before last": lambda today: _months_back(today, 2),
    "week before last": lambda today: _back(today, today.weekday() + 8, today.weekday() + 14),
}


def _months_back(today: date, months: int) -> Span:
    count = today.year * 12 + today.month - 1 - months
    return month(count // 12, count % 12 + 1)
