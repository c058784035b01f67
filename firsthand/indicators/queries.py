"""Asking for the published figures. What leaves here has been through disclosure control."""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.conf import settings

from firsthand.indicators import accounts, promises, reading, sections
from firsthand.indicators.accounts import Account
from firsthand.indicators.periods import Period, full_periods, whole_periods
from firsthand.indicators.reading import Model
from firsthand.indicators.sections import Section
from firsthand.methods.quarters import Quarter, quarter_of
from firsthand.people.rules import SERVICE_KINDS
from firsthand.repair.queries import PromiseRow, promise_rows, promise_tally
from firsthand.testimony.queries import CountedRow, counted
from firsthand.vault.seal import Tampered

log = logging.getLogger("firsthand.indicators")


@dataclass(frozen=True)
class Figures:
    """Everything that is published, as made on a day. `until` is the last quarter of accounts.

    `altered`: a promise is not as its person signed it, so none are shown. `left_out`: accounts
    are missing because what is counted of them was changed from outside.
    """

    made_on: date
    threshold: int
    until: Quarter
    model: Model | None
    sections: tuple[Section, ...]
    altered: bool = False
    left_out: bool = False

    def section(self, slug: str) -> Section | None:
        """The table of this name, or None when there is none yet."""
        return next((each for each in self.sections if each.slug == slug), None)


def basis(today: date) -> Figures:
    """What figures are made by, without any table."""
    return Figures(today, _threshold(), _last_quarter(today), reading.current(), ())


def figures(today: date, newest: int | None = None) -> Figures:
    """The figures as they stand now; of accounts, the `newest` periods only, or all."""
    made = basis(today)
    promised = _signed_promises()
    found = promise_sections(promised or [], made.threshold, quarter_of(today))
    told = counted(today)
    if made.model:
        found += account_sections(told.rows, made.model, made.threshold, made.until, newest=newest)
    altered, left_out = promised is None, told.left_out > 0
    return replace(made, sections=tuple(found), altered=altered, left_out=left_out)


def account_sections(
    rows: list[CountedRow],
    model: Model,
    threshold: int,
    until: Quarter,
    *,
    newest: int | None = None,
) -> list[Section]:
    """Tables of accounts told up to the end of `until`; none while there are too few for any."""
    told: dict[Quarter, list[CountedRow]] = defaultdict(list)
    for row in rows:
        told[quarter_of(row.month)].append(row)
    counts = {quarter: len(those) for quarter, those in told.items()}
    periods = full_periods(counts, max(threshold, 1), until)[-(newest or 0) :]
    if not periods:
        return []
    released = [
        (p, accounts.protected(_of(p, told, model), model.names, threshold)) for p in periods
    ]
    return [
        sections.by_quarter(released),
        sections.by_source(released, model.sources),
        sections.by_impact(released, model.impacts),
        sections.by_kind(released, SERVICE_KINDS),
    ]


def promise_sections(rows: list[PromiseRow], threshold: int, until: Quarter) -> list[Section]:
    """The table of promises, of those made up to the end of `until`; none when there are none."""
    counts = Counter(quarter_of(row.month) for row in rows)
    periods = whole_periods(counts, max(threshold, 1), until)
    if not periods:
        return []
    column = {quarter: p.code for quarter in counts for p in periods if p.holds(quarter)}
    made = [(row.verdict, column[quarter_of(row.month)]) for row in rows]
    table = promises.protected(made, tuple(p.code for p in periods), threshold)
    return [sections.of_promises(periods, table)]


def _signed_promises() -> list[PromiseRow] | None:
    """Every promise; None when one has been altered by someone other than its person."""
    try:
        return _promises(promise_tally())
    except Tampered:
        log.error("a promise is not as its person signed it: no promises are shown")
        return None


@lru_cache(maxsize=2)
def _promises(tally: tuple[tuple[str, date, int, int], ...]) -> list[PromiseRow]:
    """Every promise, its person's signature checked; asked anew whenever the tally has changed."""
    return promise_rows()


def _of(period: Period, told: dict[Quarter, list[CountedRow]], model: Model) -> Iterator[Account]:
    for quarter in told:
        if period.holds(quarter):
            yield from (reading.account(row, model) for row in told[quarter])


def _threshold() -> int:
    """The smallest count that is shown. Where a single one may be shown, so may none: 1 is 0."""
    found = int(getattr(settings, "FIRSTHAND_FIGURES_THRESHOLD", 10))
    return found if found > 1 else 0


def _last_quarter(today: date) -> Quarter:
    """The last quarter whose accounts are counted: the last that is over.

    A quarter still running would let someone who looks each day see one account come in and what
    it tells of. Only the made-up town of a demonstration, where there is nobody, shows it.
    """
    running = quarter_of(today)
    return running if settings.FIRSTHAND_DEMO else running.previous
