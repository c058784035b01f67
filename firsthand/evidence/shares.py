"""Asking about shares: how far each reviewer is with theirs, and how the last drawing went."""

import uuid
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from firsthand.evidence import queries, rules
from firsthand.evidence.models import Decision, Member, Review, Screening, Share, Split


@dataclass(frozen=True)
class Line:
    """A member's share: how many records, and how many of them they have decided."""

    member: Member
    records: int
    decided: int

    @property
    def left(self) -> int:
        return self.records - self.decided


def lines(review: Review, stage: str) -> list[Line]:
    """Return everyone's share who has one, or takes part today."""
    rows = Share.objects.filter(
        screening__review=review, screening__stage=stage, screening__stands=True
    )
    decided = Decision.objects.filter(screening=OuterRef("screening"), member=OuterRef("member"))
    theirs = _counted(rows)
    done = _counted(rows.filter(Exists(decided)))
    people = {each.id: each for each in queries.members(review)}
    return [Line(each, theirs.get(each.id, 0), done.get(each.id, 0)) for each in people.values()]


def _counted(rows: QuerySet[Share]) -> dict[uuid.UUID, int]:
    return dict(rows.order_by().values_list("member_id").annotate(Count("id")))


def line(member: Member, stage: str) -> Line | None:
    """Return a member's own share; None where nothing is shared out to them."""
    found = [each for each in lines(member.review, stage) if each.member.id == member.id]
    return found[0] if found and found[0].records else None


def splits(review: Review, stage: str) -> list[Split]:
    """Return the drawings there were, the newest first."""
    return list(review.splits.filter(stage=stage).select_related("by__user"))


def to_share(review: Review, stage: str) -> int:
    """Return how many records nobody has decided yet."""
    rows = Screening.objects.filter(review=review, stage=stage, state=rules.UNSEEN, round=None)
    return rows.filter(stands=True).count()


def in_pool(review: Review, stage: str) -> int:
    """Return how many undecided records are in nobody's share alone."""
    rows = Screening.objects.filter(review=review, stage=stage, state__in=rules.OPEN)
    return rows.filter(stands=True, pool=True).count()
