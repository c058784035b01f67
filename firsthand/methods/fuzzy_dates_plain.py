"""Dates said exactly or counted back ("21/09/2021", "March 2021", "two years ago", "last Tuesday").

The reading is dateparser's, in English, day before month, always in the past. It is made for
scraping and will make a date of almost anything ("5", "the 1990s"), so it is only asked about
phrases of the shapes below.
"""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from dateparser.date import DateDataParser

from firsthand.methods.fuzzy_dates_span import (
    DAY,
    MONTH,
    WEEK,
    YEAR,
    Span,
    month,
    one_day,
    year,
)

MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAYS = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|"
    r"sat(?:urday)?|sun(?:day)?)"
)
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_NUMBER = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|"
    r"twenty|thirty|forty)"
)
_SHAPES = [
    r"\d{1,2}([/.-])\d{1,2}\1(?:\d\d|(?:19|20)\d\d)",
    rf"{_YEAR}-\d\d-\d\d",
    rf"(?:0?[1-9]|1[0-2])/{_YEAR}",
    rf"(?:{_WEEKDAYS} )?(?:{_NTH} (?:of )?)?{MONTHS}(?: {_YEAR})?",
    rf"{MONTHS} {_NTH}(?: {_YEAR})?",
    rf"(?:last )?{_WEEKDAYS}",
    r"today|yesterday|(?:the )?day before yesterday",
    r"last (?:week|month|year)",
    rf"{_NUMBER} (?:day|week|fortnight|month|year)s? ago",
]
_PLAIN = re.compile("|".join(f"(?:{shape})" for shape in _SHAPES))
_AGO = re.compile(r".* (day|week|fortnight|month|year)s? ago")


def plain(phrase: str, today: date) -> Span | None:
    """Read an exact date, a month, a year or a time counted back; None for any other phrase."""
    if re.fullmatch(_YEAR, phrase):
        return year(int(phrase))
    if not _PLAIN.fullmatch(phrase):
        return None
    said = _parser(today).get_date_data(phrase)
    if said.date_obj is None:
        return None
    return _span(said.date_obj.date(), str(said.period), bool(_AGO.fullmatch(phrase)))


@lru_cache(maxsize=4)
def _parser(today: date) -> DateDataParser:
    settings = {
        "DATE_ORDER": "DMY",
        "PREFER_LOCALE_DATE_ORDER": False,
        "PREFER_DATES_FROM": "past",
        "RELATIVE_BASE": datetime(today.year, today.month, today.day),  # noqa: DTZ001 a day only
    }
    return DateDataParser(languages=["en"], settings=settings)


def _span(point: date, period: str, ago: bool) -> Span:
    """A day is a day; "two years ago" is half a year either side; "March 2021" the whole month."""
    if ago and period != DAY:
        half = {WEEK: 3, MONTH: 15, YEAR: 182}[period]
        return Span(point - timedelta(days=half), point + timedelta(days=half), period)
    if period == WEEK:
        monday = point - timedelta(days=point.weekday())
        return Span(monday, monday + timedelta(days=6), WEEK)
    if period == MONTH:
        return month(point.year, point.month)
    return year(point.year) if period == YEAR else one_day(point)
