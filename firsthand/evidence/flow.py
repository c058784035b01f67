"""The counts of a review's flow (PRISMA 2020, figure 1), counted from the rows themselves."""

from collections import Counter
from dataclasses import dataclass

from firsthand.evidence import duplicates, queries, rules, screening, stopping
from firsthand.evidence.models import (
    Criterion,
    Decision,
    ImportFile,
    Resolution,
    Review,
    SearchRun,
    Stop,
)


@dataclass(frozen=True)
class Source:
    """One search run: what it said it found, and how many records of it are here.

    `records` is None while nothing of it was read: not counted, which is not nought.
    """

    run: SearchRun
    records: int | None


@dataclass(frozen=True)
class Reason:
    """How many reports were left out for one criterion. A report may be left out for several."""

    criterion: Criterion
    reports: int


@dataclass(frozen=True)
class Flow:
    """Every number of the diagram that is known here. Nothing is typed in by hand.

    `reasons` has a report under each criterion it was left out for; `named` has it once, with the
    numbers of them all. `stop` is where screening of titles stopped, if it did, with `unscreened`
    records that nobody had decided.
    """

    sources: tuple[Source, ...]
    abstract: screening.Progress
    full_text: screening.Progress
    reasons: tuple[Reason, ...]
    named: tuple[frozenset[int], ...]
    duplicates: int | None
    stop: Stop | None = None
    unscreened: int = 0

    def of(self, kind: str) -> tuple[Source, ...]:
        return tuple(each for each in self.sources if each.run.source == kind)

    def identified(self, kind: str) -> int | None:
        """Return the records that came from sources of a kind; None when none is counted yet."""
        known = [each.records for each in self.of(kind) if each.records is not None]
        return sum(known) if known else None


def flow(review: Review) -> Flow:
    read = set(_begun(review))
    sources = tuple(Source(run, _records(run, read)) for run in queries.searches(review))
    abstract, full = (screening.progress(review, stage) for stage in rules.STAGES)
    named = _named(review)
    often = Counter(number for each in named for number in each)
    rows = review.criteria.filter(number__in=often).order_by("number")
    reasons = tuple(Reason(row, often[row.number]) for row in rows)
    return Flow(
        sources, abstract, full, reasons, named, _duplicates(review),
        stopping.stop(review, rules.ABSTRACT), stopping.not_screened(review, rules.ABSTRACT),
    )  # fmt: skip


def _duplicates(review: Review) -> int | None:
    """Return the records set aside; None while none was compared: not counted is not nought."""
    return duplicates.set_aside(review) or (0 if review.compared else None)


def _begun(review: Review) -> list[object]:
    """Return the runs of which a file has been read, or is being read."""
    files = ImportFile.objects.filter(review=review).exclude(stage=rules.WAITING)
    return list(files.exclude(stage=rules.FAILED, records_read=0).values_list("run", flat=True))


def _records(run: SearchRun, read: set[object]) -> int | None:
    """Return the records of a run that are here. A search that found none has no file to read."""
    if run.id in read:
        return int(run.found)  # type: ignore[attr-defined]
    return 0 if run.hits == 0 else None


def _named(review: Review) -> tuple[frozenset[int], ...]:
    """Return, of each report left out, the criteria: of what settled it, or of its decisions."""
    reports: dict[object, set[int]] = {}
    settled = Resolution.objects.filter(**_excluded(review)).values_list(
        "reasons__number", "screening"
    )
    decided = Decision.objects.filter(**_excluded(review), screening__resolution=None)
    for number, report in [*settled, *decided.values_list("reasons__number", "screening")]:
        reports.setdefault(report, set()).update([] if number is None else [number])
    return tuple(frozenset(numbers) for numbers in reports.values())


def _excluded(review: Review) -> dict[str, object]:
    return {
        "screening__review": review,
        "screening__stage": rules.FULL_TEXT,
        "screening__state": rules.EXCLUDED,
        "screening__stands": True,
    }
