"""Asking about a review, its criteria, its searches and files, and how far screening is."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from firsthand.access.refused import found
from firsthand.evidence import rules
from firsthand.evidence.models import (
    Criterion,
    Decision,
    ImportFile,
    Member,
    Record,
    Reopening,
    Resolution,
    Review,
    Round,
    Screening,
    SearchRun,
    Wording,
)
from firsthand.people.models import User
from firsthand.people.queries import staff


def reviews_of(user: User) -> QuerySet[Member]:
    """Return someone's memberships, each with its review."""
    rows = Member.objects.filter(user=user, left_on=None).select_related("review")
    return rows.order_by("review__title")


def members(review: Review) -> QuerySet[Member]:
    """Return who takes part today."""
    return review.members.filter(left_on=None).select_related("user")


def could_join(review: Review) -> QuerySet[User]:
    """Return the staff of this site who do not take part yet."""
    inside = members(review).values("user_id")
    return staff().filter(is_active=True).exclude(id__in=inside)


def member(review: Review, member: uuid.UUID) -> Member:
    """Return one member. Raises Refused."""
    return found(review.members.select_related("user", "review").filter(id=member).first())


# -- criteria ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class CriterionLine:
    """A criterion as it is worded in one version."""

    row: Criterion
    text: str
    since: int
    retired: bool

    @property
    def number(self) -> int:
        return self.row.number


def criteria(review: Review, version: int | None = None) -> list[CriterionLine]:
    """Return the criteria that hold in a version of them, by number; by default today's."""
    return [line for line in criteria_and_retired(review, version) if not line.retired]


def criteria_and_retired(review: Review, version: int | None = None) -> list[CriterionLine]:
    """Return every criterion there was up to a version, each as it was worded last."""
    until = review.criteria_version if version is None else version
    rows = Wording.objects.filter(criterion__review=review, since__lte=until)
    latest = {row.criterion_id: row for row in rows.select_related("criterion").order_by("since")}
    lines = [
        CriterionLine(row.criterion, row.text, row.since, row.change == rules.RETIRED)
        for row in latest.values()
    ]
    return sorted(lines, key=lambda line: line.number)


def criterion(review: Review, criterion: uuid.UUID) -> Criterion:
    return found(review.criteria.filter(id=criterion).first())


def has_begun(review: Review) -> bool:
    """Say whether anything has been decided in a review."""
    return Decision.objects.filter(screening__review=review).exists()


def decided_under(criterion: Criterion) -> int:
    """Return how many decisions were made while a criterion stood, those that settled included."""
    stood = Q(criteria_version__gte=min(_sinces(criterion)))
    ended = criterion.wordings.filter(change=rules.RETIRED).first()
    if ended:
        stood &= Q(criteria_version__lt=ended.since)
    return sum(
        kind.objects.filter(stood, screening__review=criterion.review_id).count()
        for kind in (Decision, Resolution, Reopening)
    )


def _sinces(criterion: Criterion) -> list[int]:
    return list(criterion.wordings.values_list("since", flat=True))


# -- searches and files -----------------------------------------------------------------------


def searches(review: Review) -> QuerySet[Any]:
    """Return the search runs, each with how many records came from it (`found`)."""
    return review.searches.annotate(found=Coalesce(Sum("files__records_read"), 0)).order_by(
        "number"
    )


def search(review: Review, run: uuid.UUID) -> SearchRun:
    return found(review.searches.select_related("by__user", "strategy").filter(id=run).first())


def files(run: SearchRun) -> QuerySet[ImportFile]:
    """Return the files of a run without their content, with how many problems each had."""
    return run.files.defer("content").annotate(wrong=Count("problems"))


def file(review: Review, file: uuid.UUID) -> ImportFile:
    rows = review.files.defer("content").annotate(wrong=Count("problems"))
    return found(rows.select_related("run", "by__user").filter(id=file).first())


def record(review: Review, record: uuid.UUID) -> Record:
    rows = review.records.select_related("file__run").defer("file__content")
    return found(rows.filter(id=record).first())


# -- rounds -----------------------------------------------------------------------------------


def rounds(review: Review, stage: str) -> QuerySet[Round]:
    """Return the calibration rounds, each with its records and how many of them are open."""
    return review.rounds.filter(stage=stage).annotate(
        records=Count("screenings", filter=Q(screenings__stands=True)),
        waiting=Count(
            "screenings", filter=Q(screenings__state__in=rules.OPEN, screenings__stands=True)
        ),
    )


def round_(review: Review, round: uuid.UUID) -> Round:
    return found(review.rounds.select_related("by__user").filter(id=round).first())


def open_round(review: Review, stage: str) -> Round | None:
    """Return the round that somebody still has records of to decide."""
    rows = review.rounds.filter(
        stage=stage, screenings__state__in=rules.OPEN, screenings__stands=True
    )
    return rows.distinct().first()


def is_read_further(screening: Screening) -> bool:
    """Say whether the record has been decided at a later stage already."""
    later = rules.AFTER_STAGE.get(screening.stage)
    rows = Decision.objects.filter(screening__record_id=screening.record_id)
    return later is not None and rows.filter(screening__stage=later).exists()
