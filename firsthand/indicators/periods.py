"""The stretches of time that figures are given for: quarters, joined where they hold too little.

Pure. A quarter in which fewer are counted than the threshold is joined to the quarters after it
until there are enough. So a small place has figures at all, and how many are counted in a stretch
never needs withholding for its own sake. What a stretch holds never depends on later quarters.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from firsthand.methods.quarters import Quarter, label, quarters


@dataclass(frozen=True, order=True)
class Period:
    """From the start of one quarter to the end of another, often the same."""

    first: Quarter
    last: Quarter

    @property
    def code(self) -> str:
        """As "2026-Q1", or "2026-Q1/2026-Q2"."""
        same = self.first == self.last
        return self.first.code if same else f"{self.first.code}/{self.last.code}"

    @property
    def label(self) -> str:
        return label(self.first, self.last)

    def holds(self, quarter: Quarter) -> bool:
        return self.first <= quarter <= self.last


def full_periods(counts: Mapping[Quarter, int], least: int, until: Quarter) -> list[Period]:
    """Periods that each hold `least` or more, in order; what is left over at the end is left out.

    They start with the year of the first quarter that holds any, and end with `until` at latest.
    """
    held = [quarter for quarter, count in counts.items() if count]
    if not held:
        return []
    found, first, so_far = [], Quarter(min(held).year, 1), 0
    for quarter in quarters(first, until):
        so_far += counts.get(quarter, 0)
        if so_far >= least:
            found.append(Period(first, quarter))
            first, so_far = quarter.next, 0
    return found


def whole_periods(counts: Mapping[Quarter, int], least: int, until: Quarter) -> list[Period]:
    """The same, with what is left over joined to the last, so that nothing is left out."""
    found = full_periods(counts, least, until)
    if found:
        return [*found[:-1], Period(found[-1].first, until)]
    held = [quarter for quarter, count in counts.items() if count]
    return [Period(Quarter(min(held).year, 1), until)] if held else []
