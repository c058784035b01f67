"""Calendar quarters: January to March, April to June, July to September, October to December."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, order=True)
class Quarter:
    """The quarter `number` (1 to 4) of `year`; ValueError otherwise. In order of time."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise ValueError("a quarter is numbered from 1 to 4")

    @property
    def first_day(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def previous(self) -> "Quarter":
        return Quarter(self.year - (self.number == 1), (self.number + 2) % 4 + 1)

    @property
    def code(self) -> str:
        """Short, and sorts in order of time: "2026-Q1"."""
        return f"{self.year}-Q{self.number}"

    @property
    def label(self) -> str:
        """In words: "January to March 2026"."""
        return label(self, self)


def quarter_of(day: date) -> Quarter:
    """The quarter a day falls in."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarters(first: Quarter, last: Quarter) -> Iterator[Quarter]:
    """Every quarter from first to last, both included; none when last comes before first."""
    while first <= last:
        yield first
        first = first.next


def label(first: Quarter, last: Quarter) -> str:
    """A run of quarters in words: "January to June 2026", "July 2025 to March 2026"."""
    start, end = _MONTHS[first.first_day.month - 1], _MONTHS[last.last_day.month - 1]
    if first.year == last.year:
        return f"{start} to {end} {last.year}"
    return f"{start} {first.year} to {end} {last.year}"
