"""The counts of a review's flow (PRISMA 2020, figure 1), counted from the rows themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.evidence import duplicates, queries, rules, screening
from firsthand.evidence.models import Criterion, Decision, Resolution, Review, SearchRun


@dataclass(frozen=True)
class Source:
    """One search run: what it said it found, and how many records of it are here."""

    run: SearchRun
    records: int


@dataclass(frozen=True)
class Reason:
    """How many reports were left out for one criterion. A report may be left out for several."""

    criterion: Criterion
    reports: int


@dataclass(frozen=True)
class Flow:
    """Every number of the diagram that is known here. Nothing is typed in by hand.

    `waiting` of a stage have not been decided by all yet, `unsettled` wait to be settled.
    """

    sources: tuple[Source, ...]
    abstract: screening.Progress
    full_text: screening.Progress
    reasons: tuple[Reason, ...]
    duplicates: int

    def identified(self, *kinds: str) -> int:
        """Return the records that came from sources of these kinds."""
        return sum(each.records for each in self.sources if each.run.source in kinds)

    @property
    def records(self) -> int:
        return self.identified(*rules.SOURCES)

    @property
    def screened(self) -> int:
        """Records on whose title and abstract all have decided, and that are settled."""
        return self.abstract[rules.INCLUDED] + self.abstract[rules.EXCLUDED]


def flow(review: Review) -> Flow:
    sources = tuple(Source(run, run.found) for run in queries.searches(review))
    abstract, full = (screening.progress(review, stage) for stage in rules.STAGES)
    return Flow(sources, abstract, full, tuple(_reasons(review)), duplicates.set_aside(review))


def _reasons(review: Review) -> Sequence[Reason]:
    """Count each report once for each criterion: by what settled it, or else by its decisions."""
    reports: dict[int, set[object]] = {}
    settled = Resolution.objects.filter(**_excluded(review)).values_list(
        "reasons__number", "screening"
    )
    decided = Decision.objects.filter(**_excluded(review), screening__resolution=None)
    for number, report in [*settled, *decided.values_list("reasons__number", "screening")]:
        if number is not None:
            reports.setdefault(number, set()).add(report)
    rows = review.criteria.filter(number__in=reports).order_by("number")
    return [Reason(row, len(reports[row.number])) for row in rows]


def _excluded(review: Review) -> dict[str, object]:
    return {
        "screening__review": review,
        "screening__stage": rules.FULL_TEXT,
        "screening__state": rules.EXCLUDED,
        "screening__stands": True,
    }
