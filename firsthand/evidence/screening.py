"""Asking while screening: which record is next, what of it one may see, how far it all is.

What is drawn up here is blind: nothing of what another decided is in it before all have.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from firsthand.access.refused import Refused
from firsthand.evidence import ordering, rules, stopping
from firsthand.evidence.models import Decision, Member, Ordering, Review, Screening, Share
from firsthand.evidence.queries import open_round


def found(review: Review, stage: str, record: uuid.UUID) -> Screening:
    """Return how a record stands at a stage. Raises Refused."""
    rows = Screening.objects.select_related("record__file__run", "round")
    rows = rows.defer("record__file__content", "record__raw")
    # In no order: asked for the first by number, a database may read every record up to it.
    row = next(iter(rows.filter(review=review, stage=stage, record_id=record).order_by()[:1]), None)
    if row is None:
        raise Refused
    row.review = review  # known already: asked for again, it takes as long as all the rest
    return row


def next_for(
    member: Member, stage: str, after: int = 0, past: Sequence[int] = ()
) -> Screening | None:
    """Return the next record for someone to decide, in the order that an owner chose."""
    return next_in(ordering.current(member.review, stage), member, stage, after, past)


def next_in(
    order: Ordering | None, member: Member, stage: str, after: int = 0, past: Sequence[int] = ()
) -> Screening | None:
    """Return the next record for someone to decide in an order.

    Records of an open calibration round come first, then those drawn for an audit. `after` and
    `past` are as in `ordering.first`.
    """
    rows = _to_decide(member, stage)
    for queue in _first_of_all(member.review, stage, rows):
        row = queue.exclude(number__in=past).filter(number__gt=after).first() or queue.first()
        if row:
            break
    else:
        row = ordering.first(rows, order, after, past, member)
    if row:
        row.review = member.review
    return row


def _first_of_all(
    review: Review, stage: str, rows: QuerySet[Screening]
) -> Iterator[QuerySet[Screening]]:
    if running := open_round(review, stage):
        yield rows.filter(round=running)
    if audit := stopping.audit(review, stage):
        yield rows.filter(draws__audit=audit)


def waiting_for(member: Member, stage: str) -> QuerySet[Screening]:
    """Return all that someone still has to decide, those of a round that is open first."""
    running = open_round(member.review, stage)
    first = Case(When(round=running, then=0), default=1) if running else Value(0)
    rows = _to_decide(member, stage).select_related("review")
    return rows.annotate(turn=first).order_by("turn", "number")


def _to_decide(member: Member, stage: str) -> QuerySet[Screening]:
    """Return what someone may decide, by number. Where screening stopped: what was begun."""
    mine = Decision.objects.filter(screening=OuterRef("id"), member=member)
    rows = Screening.objects.filter(review=member.review, stage=stage, state__in=rules.OPEN)
    rows = rows.filter(shared(member), ~Exists(mine), stands=True)
    rows = rows.select_related("record__file__run", "round")
    if stop := stopping.stop(member.review, stage):
        rows = rows.exclude(state=rules.UNSEEN, number__lte=stop.until)
    return rows.defer("record__file__content", "record__raw").order_by("number")


def shared(member: Member) -> Q:
    """Say which records someone may be asked: those in nobody's share, and those in theirs."""
    return Q(pool=True) | Q(Exists(Share.objects.filter(screening=OuterRef("id"), member=member)))


def is_asked(member: Member, screening: Screening) -> bool:
    """Say whether a record is in nobody's share, or in theirs."""
    return screening.pool or screening.shares.filter(member=member).exists()


def last_of(member: Member, stage: str) -> Screening | None:
    """Return the record that someone decided last."""
    rows = Decision.objects.filter(member=member, screening__stage=stage, screening__stands=True)
    decision = rows.order_by("-at").select_related("screening").first()
    return decision.screening if decision else None


def earlier_of(member: Member, screening: Screening) -> Screening | None:
    """Return what the same person decided just before: in whichever order they read."""
    rows = Decision.objects.filter(member=member, screening__stage=screening.stage)
    rows = rows.filter(screening__stands=True).order_by("-at").select_related("screening")
    own = rows.filter(screening=screening).first()
    before = (rows.filter(at__lt=own.at) if own else rows).first()
    return before.screening if before else None


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


def progress(review: Review, stage: str, **numbers: int) -> Progress:
    """Return how far a stage is; `numbers` look up the records of one version of the review."""
    rows = Screening.objects.filter(review=review, stage=stage, stands=True, **numbers)
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
        .prefetch_related(
            "decisions__member__user",
            "decisions__reasons",
            "resolution__reasons",
            "reopenings__by__user",
            "reopenings__settled_by__user",
            "notes__member__user",
        )
        .order_by("number")
    )
