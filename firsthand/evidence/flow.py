"""The counts of a review's flow (PRISMA 2020, figure 1), counted from the rows themselves."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from firsthand.evidence import duplicates, queries, rules, screening, stopping, studying
from firsthand.evidence.models import (
    Criterion,
    Decision,
    ImportFile,
    Record,
    Resolution,
    Retrieval,
    Review,
    Screening,
    SearchRun,
    Stop,
)
from firsthand.evidence.versions import Version, version


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
    numbers of them all. `before` are the reports included in the versions before this one; None
    in the first version. `studies` are those that included reports tell of for the first time,
    `studies_before` those of earlier versions. `stop` is where screening of titles stopped, if it
    did, with `unscreened` records that nobody had decided.
    """

    sources: tuple[Source, ...]
    abstract: screening.Progress
    full_text: screening.Progress
    reasons: tuple[Reason, ...]
    named: tuple[frozenset[int], ...]
    duplicates: int | None
    before: int | None = None
    studies: int | None = None
    studies_before: int | None = None
    not_got: int | None = None
    stop: Stop | None = None
    unscreened: int = 0

    def of(self, kind: str) -> tuple[Source, ...]:
        return tuple(each for each in self.sources if each.run.source == kind)

    def identified(self, kind: str) -> int | None:
        """Return the records that came from sources of a kind; None when none is counted yet."""
        known = [each.records for each in self.of(kind) if each.records is not None]
        return sum(known) if known else None


def flow(review: Review, of: Version | None = None) -> Flow:
    """Count one version of a review, by default the newest."""
    of = of or version(review)
    abstract, full = (screening.progress(review, stage, **of.records()) for stage in rules.STAGES)
    named = _named(review, of)
    often = Counter(number for each in named for number in each)
    rows = review.criteria.filter(number__in=often).order_by("number")
    reasons = tuple(Reason(row, often[row.number]) for row in rows)
    sources, aside = _sources(review, of), _duplicates(review, of)
    earlier = studying.count(review, **of.before()) if of.number else 0
    whole = studying.count(review, **of.so_far())
    return Flow(
        sources, abstract, full, reasons, named, aside,
        before=_before(review, of), studies=whole - earlier if full.decided else None,
        studies_before=earlier if of.number else None, not_got=_not_got(review, full),
        stop=stopping.stop(review, rules.ABSTRACT),
        unscreened=stopping.not_screened(review, rules.ABSTRACT, **of.records()),
    )  # fmt: skip


def _before(review: Review, of: Version) -> int | None:
    """Return the reports included in earlier versions; None when there are none."""
    if not of.number:
        return None
    rows = Screening.objects.filter(review=review, stage=rules.FULL_TEXT, stands=True)
    return rows.filter(state=rules.INCLUDED, **of.before()).count()


def _duplicates(review: Review, of: Version) -> int | None:
    """Return the records set aside; None while none was compared: not counted is not nought."""
    aside = duplicates.set_aside(review, **of.records("record__number"))
    return aside or (0 if review.compared > of.after else None)


def _sources(review: Review, of: Version) -> tuple[Source, ...]:
    """Return the search runs of a version, and older ones of which more was imported in it."""
    read, runs = set(_begun(review)), list(queries.searches(review))
    found = {run.id: run.found for run in runs} if of == Version() else _found(review, of)
    mine = [run for run in runs if of.has_searched(run.number) or run.id in found]
    return tuple(Source(run, _records(run, read, found)) for run in mine)


def _found(review: Review, of: Version) -> dict[object, int]:
    """Return how many records of each search run belong to a version."""
    rows = Record.objects.filter(review=review, **of.records()).order_by()
    return dict(rows.values_list("file__run").annotate(Count("id")))


def _not_got(review: Review, full: screening.Progress) -> int | None:
    """Return the reports that could not be got; None while nobody has written down any getting."""
    if not Retrieval.objects.filter(record__review=review).exists():
        return None
    return full[rules.NOT_GOT]


def _begun(review: Review) -> list[object]:
    """Return the runs of which a file has been read, or is being read."""
    files = ImportFile.objects.filter(review=review).exclude(stage=rules.WAITING)
    return list(files.exclude(stage=rules.FAILED, records_read=0).values_list("run", flat=True))


def _records(run: SearchRun, read: set[object], found: dict[object, int]) -> int | None:
    """Return the records of a run that are here. A search that found none has no file to read."""
    if run.id in read:
        return found.get(run.id, 0)
    return 0 if run.hits == 0 else None


def _named(review: Review, of: Version) -> tuple[frozenset[int], ...]:
    """Return, of each report left out, the criteria: of what settled it, or of its decisions."""
    reports: dict[object, set[int]] = {}
    settled = Resolution.objects.filter(**_excluded(review, of)).values_list(
        "reasons__number", "screening"
    )
    decided = Decision.objects.filter(**_excluded(review, of), screening__resolution=None)
    for number, report in [*settled, *decided.values_list("reasons__number", "screening")]:
        reports.setdefault(report, set()).update([] if number is None else [number])
    return tuple(frozenset(numbers) for numbers in reports.values())


def _excluded(review: Review, of: Version) -> dict[str, object]:
    return {
        "screening__review": review,
        "screening__stage": rules.FULL_TEXT,
        "screening__state": rules.EXCLUDED,
        "screening__stands": True,
        **of.records("screening__number"),
    }
