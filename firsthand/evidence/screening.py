"""Asking while screening: which record is next, what of it one may see, how far it all is.

What is drawn up here is blind: nothing of what another decided is in it before all have.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from firsthand.access.refused import Refused
from firsthand.evidence import rules
from firsthand.evidence.models import Decision, Member, Review, Round, Screening
from firsthand.evidence.queries import open_round


def found(review: Review, stage: str, record: uuid.UUID) -> Screening:
    """Return how a record stands at a stage. Raises Refused."""
    rows = Screening.objects.select_related("record__file__run", "round", "review")
    rows = rows.defer("record__file__content", "record__raw")
    row = rows.filter(review=review, stage=stage, record_id=record).first()
    if row is None:
        raise Refused
    return row


def next_for(member: Member, stage: str, after: int = 0) -> Screening | None:
    """Return the next record for someone to decide: of the open round first, then in order.

    Begins behind record number `after`, and again from the first when there is none.
    """
    rows = _to_decide(member, stage)
    running = open_round(member.review, stage)
    for queue in (rows.filter(round=running), rows) if running else (rows,):
        row = queue.filter(number__gt=after).first() or queue.first()
        if row:
            return row
    return None


def _to_decide(member: Member, stage: str) -> QuerySet[Screening]:
    mine = Decision.objects.filter(screening=OuterRef("id"), member=member)
    rows = Screening.objects.filter(review=member.review, stage=stage, state__in=rules.OPEN)
    rows = rows.filter(~Exists(mine), stands=True).select_related(
        "record__file__run", "round", "review"
    )
    return rows.defer("record__file__content", "record__raw").order_by("number")


def last_of(member: Member, stage: str) -> Screening | None:
    """Return the record that someone decided last."""
    rows = Decision.objects.filter(member=member, screening__stage=stage, screening__stands=True)
    decision = rows.order_by("-at").select_related("screening").first()
    return decision.screening if decision else None


def earlier_of(member: Member, screening: Screening) -> Screening | None:
    """Return the nearest record before one that the same person decided."""
    mine = Decision.objects.filter(screening=OuterRef("id"), member=member)
    rows = Screening.objects.filter(review=member.review, stage=screening.stage, stands=True)
    rows = rows.filter(Exists(mine), number__lt=screening.number)
    return rows.order_by("-number").first()


def own(member: Member, screening: Screening) -> Decision | None:
    """Return someone's own decision."""
    rows = screening.decisions.prefetch_related("reasons")
    return rows.filter(member=member).first()


@dataclass(frozen=True)
class Progress:
    """How many records of a stage stand how; duplicates that are set aside are not counted."""

    counts: dict[str, int]

    @property
    def all(self) -> int:
        return sum(self.counts.values())

    @property
    def decided(self) -> int:
        return sum(self.counts.get(state, 0) for state in rules.DECIDED)

    def __getitem__(self, state: str) -> int:
        return self.counts.get(state, 0)


def progress(review: Review, stage: str) -> Progress:
    rows = Screening.objects.filter(review=review, stage=stage, stands=True)
    return Progress(dict(rows.order_by().values_list("state").annotate(Count("id"))))


# -- what all may see once all have decided -------------------------------------------------------


def conflicts(review: Review, stage: str) -> QuerySet[Screening]:
    """Return what is to be settled, with what each decided."""
    rows = Screening.objects.filter(review=review, stage=stage, state=rules.CONFLICT)
    return opened(rows.filter(stands=True))


def opened(rows: QuerySet[Screening]) -> QuerySet[Screening]:
    """Return those that all have decided, with what each decided: no longer blind."""
    return (
        rows.filter(state__in=rules.DECIDED)
        .select_related("record", "review", "resolution__member__user")
        .prefetch_related("decisions__member__user", "decisions__reasons", "resolution__reasons")
        .order_by("number")
    )


@dataclass(frozen=True)
class Calibration:
    """How a round went so far: by all together, by each two, and where they differed."""

    all: rules.Alike
    pairs: tuple[tuple[str, str, rules.Alike], ...]
    differed: tuple[Screening, ...]
    records: int
    decided_by: tuple[tuple[str, int], ...]

    @property
    def is_over(self) -> bool:
        return self.all.records == self.records


def calibration(round: Round) -> Calibration:
    """Return how a round went, counted from the decisions that all have made on a record."""
    standing = round.screenings.filter(stands=True)
    rows = list(opened(standing))
    choices = [{d.member: d.choice for d in row.decisions.all()} for row in rows]
    said = zip(rows, choices, strict=True)
    differed = tuple(row for row, each in said if len({*each.values()}) > 1)
    done = Decision.objects.filter(screening__round=round).order_by("member__user__name")
    by = tuple(done.values_list("member__user__name").annotate(Count("id")))
    together = rules.alike([list(each.values()) for each in choices])
    return Calibration(together, tuple(_pairs(choices)), differed, standing.count(), by)


def _pairs(said: Sequence[dict[Member, str]]) -> Iterator[tuple[str, str, rules.Alike]]:
    members = sorted({member for each in said for member in each}, key=str)
    for place, one in enumerate(members):
        for other in members[place + 1 :]:
            both = [[each[one], each[other]] for each in said if one in each and other in each]
            yield str(one), str(other), rules.alike(both)
