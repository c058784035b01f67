"""Working days in England and Wales: Monday to Friday, less bank holidays.

A working day as in the Bills of Exchange Act 1882, section 92, and the Banking and Financial
Dealings Act 1971: bank holidays are reckoned by rule, with substitute days and those proclaimed
once, by the `holidays` package; counting is numpy's.
"""

from datetime import date
from functools import lru_cache

import numpy as np
from holidays import country_holidays


def is_working_day(day: date) -> bool:
    return bool(np.is_busday(_day(day), busdaycal=_calendar(day.year, day.year)))


def add_working_days(start: date, days: int) -> date:
    """The day `days` working days after `start`, which is not itself counted; days >= 0.

    Started on a Friday, one working day after is Monday. With 0: start, or the next working day.
    """
    if days < 0:
        raise ValueError("working days are counted forwards")
    # Some 250 working days a year; two years more is room enough.
    calendar = _calendar(start.year, start.year + days // 240 + 2)
    if days and not is_working_day(start):
        return _plain(np.busday_offset(_day(start), days, roll="preceding", busdaycal=calendar))
    return _plain(np.busday_offset(_day(start), days, roll="following", busdaycal=calendar))


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and with `end`; 0 when end is not after start."""
    if end <= start:
        return 0
    after = np.timedelta64(1, "D")
    calendar = _calendar(start.year, end.year)
    return int(np.busday_count(_day(start) + after, _day(end) + after, busdaycal=calendar))


def is_overdue(due: date, today: date) -> bool:
    """Whether the whole of the day something was due has gone by."""
    return today > due


@lru_cache(maxsize=64)
def _calendar(first_year: int, last_year: int) -> np.busdaycalendar:
    days = country_holidays("GB", subdiv="ENG", years=range(first_year, last_year + 1))
    return np.busdaycalendar(holidays=[_day(day) for day in days])


def _day(day: date) -> np.datetime64:
    return np.datetime64(day, "D")


def _plain(day: np.datetime64) -> date:
    return date.fromisoformat(str(day))
