"""Times that have a name in Britain: seasons, feasts and holidays, lockdowns.

Seasons are the Met Office's meteorological ones (spring is March to May). Easter is reckoned by
the Gregorian rule through dateutil. The lockdowns are England's, from the day each began to the
day most of its limits went. Feasts whose day is declared, not reckoned, are not read here.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import easter

from firsthand.methods.fuzzy_dates_span import DAY, RANGE, SEASON, Span, month, one_day

Yearly = Callable[[int], Span]  # the time of that name in a given year


def _season(first_month: int) -> Yearly:
    def of(year: int) -> Span:
        ends = month(year + (first_month + 2 > 12), (first_month + 1) % 12 + 1)
        return Span(date(year, first_month, 1), ends.latest, SEASON)

    return of


def _fixed(month_number: int, day: int) -> Yearly:
    return lambda year: one_day(date(year, month_number, day))


def _from_easter(first: int, last: int) -> Yearly:
    def of(year: int) -> Span:
        sunday = easter(year)
        ends = sunday + timedelta(days=first), sunday + timedelta(days=last)
        return Span(*ends, DAY if first == last else RANGE)

    return of


def _christmas(year: int) -> Span:
    return Span(date(year, 12, 20), date(year, 12, 31), RANGE)


def _new_year(year: int) -> Span:
    return Span(date(year - 1, 12, 31), date(year, 1, 2), RANGE)


SEASONS: dict[str, Yearly] = {
    "spring": _season(3), "summer": _season(6), "autumn": _season(9), "winter": _season(12),
}  # fmt: skip
HOLIDAYS: dict[str, Yearly] = {
    "christmas": _christmas, "xmas": _christmas, "christmas time": _christmas,
    "christmas eve": _fixed(12, 24), "christmas day": _fixed(12, 25), "boxing day": _fixed(12, 26),
    "new year": _new_year, "new years": _new_year, "new years day": _fixed(1, 1),
    "new years eve": _fixed(12, 31), "valentines day": _fixed(2, 14), "halloween": _fixed(10, 31),
    "bonfire night": _fixed(11, 5), "easter": _from_easter(-2, 1),
    "good friday": _from_easter(-2, -2), "easter sunday": _from_easter(0, 0),
    "easter monday": _from_easter(1, 1),
}  # fmt: skip
LOCKDOWNS: dict[str, Span] = {
    "first lockdown": Span(date(2020, 3, 23), date(2020, 7, 4), RANGE),
    "second lockdown": Span(date(2020, 11, 5), date(2020, 12, 2), RANGE),
    "third lockdown": Span(date(2021, 1, 6), date(2021, 7, 18), RANGE),
    "lockdown": Span(date(2020, 3, 23), date(2021, 7, 18), RANGE),
}  # fmt: skip
_NAMES = SEASONS | HOLIDAYS
_ANY = "|".join(sorted(_NAMES, key=len, reverse=True))
_IN_A_YEAR = re.compile(rf"({_ANY})(?: of| in)? ((?:19|20)\d\d)")
_LATELY = re.compile(rf"(?:(last|this) )?({_ANY})( before last)?")


def named(phrase: str, today: date) -> Span | None:
    """Read a named time: with its year, or counted back from today."""
    if phrase in LOCKDOWNS:
        return LOCKDOWNS[phrase]
    if found := _IN_A_YEAR.fullmatch(phrase):
        return _in_year(found[1], int(found[2]))
    if found := _LATELY.fullmatch(phrase):
        return _lately(_NAMES[found[2]], found[1], bool(found[3]), today)
    return None


def _in_year(name: str, year: int) -> Span:
    """A winter "of 2020" may be either that touches 2020."""
    if name == "winter":
        return Span(date(year, 1, 1), SEASONS[name](year).latest, SEASON)
    return _NAMES[name](year)


def _lately(of: Yearly, which: str | None, before_last: bool, today: date) -> Span | None:
    """The last one that is over ("last"), the one before it, or the last one to have begun."""
    years = range(today.year + 1, today.year - 4, -1)
    over = [span for span in map(of, years) if span.latest < today]
    begun = [span for span in map(of, years) if span.earliest <= today]
    if before_last:
        return over[1]
    return over[0] if which == "last" else begun[0]
