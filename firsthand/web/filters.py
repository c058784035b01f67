"""Small turns of value into words, for templates. Days are said as people say them."""

import datetime as dt
import re

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_GAPS = re.compile(r"\n{2,}")
_UNITS = ("bytes", "KB", "MB", "GB")


def _local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def day(value: dt.date | dt.datetime | None) -> str:
    """Say a day: 3 March 2026. Nothing for None."""
    if value is None:
        return ""
    value = _local(value)
    return f"{value.day} {value:%B %Y}"


def month(value: dt.date | dt.datetime | None) -> str:
    """Say a month: March 2026. Nothing for None."""
    return "" if value is None else f"{_local(value):%B %Y}"


def moment(value: dt.datetime | None) -> str:
    """Say a day and a time of day: 3 March 2026 at 2:05pm. Nothing for None."""
    if value is None:
        return ""
    value = timezone.localtime(value) if timezone.is_aware(value) else value
    hour = value.hour % 12 or 12
    return f"{day(value)} at {hour}:{value:%M}{'am' if value.hour < 12 else 'pm'}"


def ago(value: dt.date | dt.datetime | None) -> str:
    """Say how long since, to the day: today, yesterday, 5 days ago, then the day itself."""
    if value is None:
        return ""
    value = _local(value)
    then = value.date() if isinstance(value, dt.datetime) else value
    days = (timezone.localdate() - then).days
    near = {-1: "tomorrow", 0: "today", 1: "yesterday"}
    if days in near:
        return near[days]
    return f"{days} days ago" if 1 < days < 7 else day(then)


def count(number: int, one: str, many: str | None = None) -> str:
    """Say a number of things: count(1, "answer") is 1 answer; count(2, "answer") 2 answers."""
    return f"{number:,} {one if number == 1 else (many or one + 's')}"


def size(number: int) -> str:
    """Say how big a file is, from bytes: 512 bytes, 20 KB, 1.5 MB."""
    amount, unit = float(number), 0
    while amount >= 1000 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    text = f"{amount:.1f}".removesuffix(".0") if unit > 1 else f"{amount:.0f}"
    return f"{text} {_UNITS[unit]}"


def paragraphs(text: str | None) -> SafeString:
    """Turn what someone typed into paragraphs, every character of it escaped."""
    tidy = (text or "").replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    parts = [str(escape(part)).replace("\n", "<br>") for part in _GAPS.split(tidy) if part.strip()]
    return mark_safe("".join(f'<p class="govuk-body words">{part}</p>' for part in parts))  # noqa: S308


ALL = {f.__name__: f for f in (day, month, moment, ago, count, size, paragraphs)}
