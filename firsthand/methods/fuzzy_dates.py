"""Reading when something happened as people say it: "last spring", "about 2019", "21/09/2021".

What is read is a stretch of days, from the earliest day meant to the latest; never a made-up exact
one. Days go before months, as in the United Kingdom. Nothing is read as later than today. What
cannot be read is None and is kept as typed: nobody is asked to say it better.
"""

import re
from dataclasses import dataclass
from datetime import date

from firsthand.methods.fuzzy_dates_named import named
from firsthand.methods.fuzzy_dates_plain import MONTHS, plain
from firsthand.methods.fuzzy_dates_span import Span, month, third, widened
from firsthand.methods.fuzzy_dates_spoken import spoken

_LONGEST = 80  # characters; a longer answer is a story, not a date
_FILLER = re.compile(r"(?:it was|was|in|on|at|over|during|back in|some ?time|the|of)\b ?(.+)")
_VAGUE = re.compile(
    r"(?:i think|about|around|roughly|approximately|approx|circa|maybe|probably|possibly|"
    r"perhaps) (.+)|(.+?)(?: or so| ish|ish)"
)
_PART = re.compile(r"(early|start of|beginning of|mid|middle of|late|end of)[ -](?:the |in )?(.+)")
_WHICH_THIRD = {"early": 0, "start of": 0, "beginning of": 0, "mid": 1, "middle of": 1}
_BETWEEN = re.compile(
    r"(?:between|from) (.+?) (?:and|to|until|till) (.+)|(.+?) (?:to|until|-) (.+)"
)
_YEARS_BACK = {"this year": 0, "last year": 1, "year before last": 2}
_OF_A_YEAR = re.compile(rf"(.+) (?:of )?({'|'.join(_YEARS_BACK)})")
_HAS_YEAR = re.compile(r".*((?:19|20)\d\d)")
_LAST_MONTH = re.compile(rf"(?:last|this) ({MONTHS})")


@dataclass(frozen=True)
class FuzzyDate:
    """What was typed, and the days it may mean: earliest <= latest <= the day it was read."""

    text: str
    earliest: date
    latest: date
    precision: str  # day, week, month, season, year, decade or range


def read(text: str, today: date) -> FuzzyDate | None:
    """Read a date in plain words as someone means it who writes on `today`; None: keep as typed."""
    phrase = _tidy(text)
    if not phrase or len(phrase) > _LONGEST:
        return None
    try:
        span = _span(phrase, today)
    except (ValueError, OverflowError):  # no such day, or before the year 1
        return None
    if span is None or span.earliest > today:
        return None
    return FuzzyDate(text, span.earliest, min(span.latest, today), span.precision)


def _tidy(text: str) -> str:
    """Lower case, one space between words, no apostrophes, commas or end stops."""
    dashed = re.sub(r"[\u2010-\u2015]", "-", text.lower())
    bare = re.sub(r"['\u2019,?!()\"]", "", dashed)
    return " ".join(bare.split()).replace(" the ", " ").rstrip(". ")


def _span(phrase: str, today: date) -> Span | None:
    """The first reading that fits, the plainest words first."""
    readers = (plain, named, spoken, _last_month, _of_a_year, _part, _vague, _between, _filler)
    for reader in readers:
        if span := reader(phrase, today):
            return span
    return None


def _filler(phrase: str, today: date) -> Span | None:
    found = _FILLER.fullmatch(phrase)
    return _span(found[1], today) if found else None


def _vague(phrase: str, today: date) -> Span | None:
    found = _VAGUE.fullmatch(phrase)
    span = _span(found[1] or found[2], today) if found else None
    return widened(span) if span else None


def _part(phrase: str, today: date) -> Span | None:
    found = _PART.fullmatch(phrase)
    span = _span(found[2], today) if found else None
    return third(span, _WHICH_THIRD.get(found[1], 2)) if found and span else None


def _of_a_year(phrase: str, today: date) -> Span | None:
    """ "March last year" is March of that year by number."""
    found = _OF_A_YEAR.fullmatch(phrase)
    return _span(f"{found[1]} {today.year - _YEARS_BACK[found[2]]}", today) if found else None


def _last_month(phrase: str, today: date) -> Span | None:
    """ "Last March" is the last one that is over; "this March" is this year's."""
    found = _LAST_MONTH.fullmatch(phrase)
    bare = plain(found[1], today) if found else None
    if bare is None or phrase.startswith("this") or bare.latest < today:
        return bare
    return month(bare.earliest.year - 1, bare.earliest.month)


def _between(phrase: str, today: date) -> Span | None:
    """From the earliest the first may be to the latest the second; the first may borrow a year."""
    found = _BETWEEN.fullmatch(phrase)
    if not found:
        return None
    first, second = found[1] or found[3], found[2] or found[4]
    if (dated := _HAS_YEAR.fullmatch(second)) and not _HAS_YEAR.fullmatch(first):
        first = f"{first} {dated[1]}"
    start, end = _span(first, today), _span(second, today)
    return Span(start.earliest, end.latest, "range") if start and end else None
