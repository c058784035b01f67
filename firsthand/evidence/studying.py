"""Asking about studies: their reports, which of them count today, and what is set aside."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from firsthand.access.refused import Refused
from firsthand.evidence import rules
from firsthand.evidence.models import Record, Review, Screening, Study, StudyReport


@dataclass(frozen=True)
class StudyLine:
    """A study with the reports that count, and those that were left out or set aside since."""

    row: Study
    reports: tuple[StudyReport, ...]
    aside: tuple[StudyReport, ...]

    @property
    def lives(self) -> bool:
        """Whether it is one of the studies that are included today."""
        return bool(self.reports)

    @property
    def main(self) -> StudyReport | None:
        """The report that was made the main one, or else the first."""
        every = (*self.reports, *self.aside)
        return next((each for each in self.reports if each.chosen), every[0] if every else None)


def included(review: Review) -> QuerySet[Screening]:
    """Return the reports that are included at full text, duplicates set aside."""
    rows = Screening.objects.filter(review=review, stage=rules.FULL_TEXT, state=rules.INCLUDED)
    return rows.filter(stands=True)


def count(review: Review, **numbers: int) -> int:
    """Return how many studies included reports tell of; one not placed yet is a study of its own.

    `numbers` look up the records of one version of the review.
    """
    records = included(review).filter(**numbers).order_by().values("record")
    placed = StudyReport.objects.filter(record__in=records)
    apart = records.exclude(record__in=placed.values("record")).count()
    return placed.values("study").distinct().count() + apart


def lines(review: Review) -> list[StudyLine]:
    """Return every study, those set aside too, by number."""
    studies = list(Study.objects.filter(review=review))
    return _with_reports(review, studies)


def living(review: Review) -> list[StudyLine]:
    """Return the studies that are included today, by number."""
    return [each for each in lines(review) if each.lives]


def line(review: Review, study: uuid.UUID) -> StudyLine:
    """Return one study. Raises Refused."""
    found = _with_reports(review, Study.objects.filter(review=review, id=study))
    if not found:
        raise Refused
    return found[0]


def report(review: Review, report: uuid.UUID) -> StudyReport:
    """Return a report's place in its study. Raises Refused."""
    rows = StudyReport.objects.select_related("study", "home", "record")
    row = rows.filter(study__review=review, id=report).first()
    if row is None:
        raise Refused
    return row


def _with_reports(review: Review, studies: Iterable[Study]) -> list[StudyLine]:
    studies = list(studies)
    counts = set(included(review).values_list("record_id", flat=True))
    held: dict[uuid.UUID, list[StudyReport]] = {}
    rows = StudyReport.objects.filter(study__in=studies).select_related("record", "home")
    for each in rows.defer("record__raw", "record__abstract").order_by("record__number"):
        held.setdefault(each.study_id, []).append(each)
    return [_line(study, held.get(study.id, []), counts) for study in studies]


def _line(study: Study, held: list[StudyReport], counts: set[uuid.UUID]) -> StudyLine:
    standing = tuple(each for each in held if each.record_id in counts)
    return StudyLine(study, standing, tuple(each for each in held if each not in standing))


def joined_from(study: Study) -> QuerySet[Study]:
    """Return the studies whose reports were joined to this one: what was charted stays theirs."""
    away = StudyReport.objects.filter(study=study).exclude(home=study).values("home_id")
    return Study.objects.filter(id__in=away)


def unplaced(review: Review) -> QuerySet[Record]:
    """Return included reports that have no study yet."""
    ids = included(review).values("record_id")
    return Record.objects.filter(id__in=ids, of_study=None).order_by("number")
