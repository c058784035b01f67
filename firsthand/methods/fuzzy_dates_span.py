"""A stretch of time and how exactly it was said, shared by the readers of dates in plain words."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

DAY, WEEK, MONTH, SEASON, YEAR, DECADE, RANGE = (
    "day", "week", "month", "season", "year", "decade", "range",
)  # fmt: skip


@dataclass(frozen=True)
class Span:
    """From one day to another, both included; earliest <= latest, or ValueError."""

    earliest: date
    latest: date
    precision: str

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError("a span ends before it starts")

    @property
    def days(self) -> int:
        return (self.latest - self.earliest).days + 1


def one_day(day: date) -> Span:
    return Span(day, day, DAY)


def month(year: int, number: int) -> Span:
    """A calendar month, `number` from 1 to 12."""
    last = calendar.monthrange(year, number)[1]
    return Span(date(year, number, 1), date(year, number, last), MONTH)


def year(number: int) -> Span:
    return Span(date(number, 1, 1), date(number, 12, 31), YEAR)


def decade(first: int) -> Span:
    """Ten calendar years from `first`, such as 1990."""
    return Span(date(first, 1, 1), date(first + 9, 12, 31), DECADE)


def widened(span: Span, *, by: float = 1.0) -> Span:
    """The span with `by` of its own length, and never less than three days, added at each end."""
    more = timedelta(days=max(3, round(span.days * by)))
    return Span(span.earliest - more, span.latest + more, span.precision)


def third(span: Span, which: int) -> Span:
    """The early (0), middle (1) or late (2) third of a span."""
    step = span.days / 3
    first = span.earliest + timedelta(days=round(step * which))
    last = span.earliest + timedelta(days=round(step * (which + 1)) - 1)
    return Span(first, max(first, last), span.precision)
