"""The published tables, as pages, downloads and charts show them: after disclosure control. Pure.

Nothing here holds a withheld count: where one stood there is None. What shows a figure is given a
section, never the counts it was made of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from firsthand.indicators.accounts import ALL, IMPACTS, KINDS, SOURCES
from firsthand.indicators.periods import Period
from firsthand.indicators.promises import VERDICTS
from firsthand.methods.charts import Bar
from firsthand.methods.disclosure.suppress import SYMBOL, Protected
from firsthand.methods.disclosure.table import TOTAL

PROMISES, QUARTERS = "promises", "quarters"
ALL_ACCOUNTS = "All accounts"


@dataclass(frozen=True)
class Row:
    """A row's name and its counts, one a column; None where a count is withheld."""

    code: str
    label: str
    counts: tuple[int | None, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The counts as they are printed."""
        return tuple(SYMBOL if count is None else f"{count:,}" for count in self.counts)


@dataclass(frozen=True)
class Section:
    """One published table. `charted` is the column the chart shows; -1 is the last."""

    slug: str
    title: str
    about: str
    heading: str  # of the rows
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    charted: int = -1

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The rows of the chart; the row of all accounts would dwarf the rest."""
        rows = [row for row in self.rows if row.label not in (ALL_ACCOUNTS, "All promises")]
        return tuple(Bar(row.label, row.counts[self.charted]) for row in rows)

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.heading, *self.columns)

    @property
    def cells(self) -> list[tuple[str, ...]]:
        """The rows as they are printed, each with its name first."""
        return [(row.label, *row.texts) for row in self.rows]

    @property
    def charted_words(self) -> str:
        """Which of its columns the chart shows; nothing where there is only one."""
        return self.columns[self.charted] if len(self.columns) > 1 else ""

    @property
    def withholds(self) -> bool:
        return any(count is None for row in self.rows for count in row.counts)

    def newest_first(self, most: int) -> "Section":
        """The same table for a page: the newest `most` periods only, the newest of them first."""
        if self.slug == QUARTERS:
            return replace(self, rows=self.rows[::-1][:most])
        fixed = self.charted + 1  # columns before those of the periods: none, or a total
        order = [*range(fixed), *range(len(self.columns) - 1, fixed - 1, -1)][: fixed + most]
        rows = tuple(replace(row, counts=tuple(row.counts[i] for i in order)) for row in self.rows)
        return replace(self, columns=tuple(self.columns[i] for i in order), rows=rows, charted=0)


Released = Sequence[tuple[Period, Protected]]  # in order of time


def by_quarter(released: Released) -> Section:
    rows = [Row(period.code, period.label, (table.shown(ALL),)) for period, table in released]
    return Section(
        QUARTERS, "How many accounts were told",
        "Each account is counted once: in the months it was told or, if that was later, when its "
        "person said it may be counted.",
        "Counted in", ("Accounts",), tuple(rows),
    )  # fmt: skip


def by_kind(released: Released, labels: Mapping[str, str]) -> Section:
    return _topic(
        KINDS, "What kind of service it was",
        "Each account is counted under one kind of service.",
        "Kind of service", released, labels,
    )  # fmt: skip


def by_source(released: Released, labels: Mapping[str, str]) -> Section:
    return _topic(
        SOURCES, "Where the harm came from",
        "One account can tell of several sources of harm. So the rows add up to more than the "
        "number of accounts.",
        "Source of harm", released, labels,
    )  # fmt: skip


def by_impact(released: Released, labels: Mapping[str, str]) -> Section:
    return _topic(
        IMPACTS, "What it did to people",
        "One account can tell of several effects. So the rows add up to more than the number of "
        "accounts.",
        "Effect", released, labels,
    )  # fmt: skip


def _topic(
    slug: str, title: str, about: str, heading: str, released: Released, labels: Mapping[str, str]
) -> Section:
    rows = [_row(code, label, [t.shown((slug, code)) for _, t in released])
            for code, label in labels.items()]  # fmt: skip
    total = _row("", ALL_ACCOUNTS, [table.shown(ALL) for _, table in released])
    columns = tuple(period.label for period, _ in released)
    return Section(slug, title, about, heading, columns, (*rows, total))


def of_promises(periods: Sequence[Period], table: Protected) -> Section:
    """How promises stand, all of them first, then by when they were made."""
    later = periods if len(periods) > 1 else []  # a single period is all there is
    codes = [TOTAL, *(period.code for period in later)]
    named = {**VERDICTS, TOTAL: "All promises"}
    rows = [_row(v if v != TOTAL else "", label, [table.shown((v, code)) for code in codes])
            for v, label in named.items()]  # fmt: skip
    return Section(
        PROMISES, "Were promises kept?",
        "Services promised these things to people who told what happened. Only the person can say "
        "if a promise was kept.",
        "The person says", ("All so far", *(f"Made {period.label}" for period in later)),
        tuple(rows), 0,
    )  # fmt: skip


def _row(code: str, label: str, counts: Sequence[int | None]) -> Row:
    return Row(code, label, tuple(counts))
