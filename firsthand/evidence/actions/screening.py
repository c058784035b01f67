"""Deciding, taking back, settling. Two who decide one record at once wait for each other."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from firsthand.access.refused import Refused, not_now
from firsthand.evidence import moving, policies, queries, rules, trail
from firsthand.evidence.actions import ordering
from firsthand.evidence.models import (
    Criterion,
    Decision,
    Member,
    Reopening,
    Resolution,
    Review,
    Screening,
)

OTHERS_WERE_FIRST = "Others have decided this record meanwhile, so it needs no decision of yours."


@transaction.atomic
def decide(
    by: Member, screening: Screening, choice: str, note: str = "", reasons: Iterable[Criterion] = ()
) -> Decision:
    """Keep what a reviewer decided. The same again changes nothing. Raises Refused."""
    review, row = _locked(by, screening)
    policies.check_stands(row)
    before = row.decisions.filter(member=by).first()
    if before is not None:
        return _same(before, choice)
    policies.check_got(row)
    policies.check_share(by, row)
    if row.state not in rules.OPEN:
        raise not_now(OTHERS_WERE_FIRST)
    decision = Decision.objects.create(
        screening=row, member=by, choice=choice, note=note,
        criteria_version=review.criteria_version,
    )  # fmt: skip
    if named := list(reasons):  # a new decision has none so far: none need be looked for
        decision.reasons.set(named)
    _step(row, rules.DECIDE)
    numbers = sorted({each.number for each in named})
    trail.leave(by, "decided", **_said(row, decision, numbers))
    return decision


@transaction.atomic
def undo(by: Member, screening: Screening) -> dict[str, Any]:
    """Take one's own decision back; the trail keeps that it was there. Raises Refused.

    Returns what was said with it, so that it need not be typed again.
    """
    _, row = _locked(by, screening)
    policies.check_stands(row)
    mine = row.decisions.filter(member=by).first()
    decision = policies.check_undo(row, mine, queries.is_read_further(row))
    said = _said(row, decision)
    trail.leave(by, "decision taken back", **said)
    decision.delete()
    _step(row, rules.UNDO)
    return said


@transaction.atomic
def resolve(
    by: Member, screening: Screening, choice: str, note: str = "", reasons: Iterable[Criterion] = ()
) -> Resolution:
    """Settle a record on which its reviewers differed. Both their decisions stay as they are."""
    review, row = _locked(by, screening)
    policies.check_stands(row)
    if row.state != rules.CONFLICT:
        raise not_now("There is nothing to settle here: it was settled, or a decision was undone.")
    resolution = Resolution.objects.create(
        screening=row, member=by, choice=choice, note=note,
        criteria_version=review.criteria_version,
    )  # fmt: skip
    resolution.reasons.set(reasons)
    _step(row, rules.RESOLVE)
    trail.leave(by, "settled", **_said(row, resolution))
    return resolution


@transaction.atomic
def reopen(by: Member, screening: Screening, reason: str) -> Reopening:
    """Open a settled record again; what settled it is kept with the reason. Raises Refused.

    Its reviewers' decisions stay as they are: a further decision has to settle it.
    """
    _, row = _locked(by, screening)
    policies.check_stands(row)
    policies.check_reopening(row, queries.is_read_further(row))
    resolution = Resolution.objects.filter(screening=row).first()
    kept = Reopening.objects.create(screening=row, by=by, reason=reason, **_settled(resolution))
    if resolution is not None:
        resolution.delete()
    moving.step(row, rules.REOPEN)
    trail.leave(by, "opened again", record=row.number, stage=row.stage, reason=reason,
                was=kept.said or "agreed")  # fmt: skip
    return kept


def _settled(resolution: Resolution | None) -> dict[str, Any]:
    if resolution is None:
        return {}
    return {
        "choice": resolution.choice,
        "note": resolution.note,
        "criteria": list(resolution.reasons.values_list("number", flat=True)),
        "criteria_version": resolution.criteria_version,
        "settled_by": resolution.member,
        "settled_at": resolution.at,
    }


@transaction.atomic
def reveal(to: Member, screenings: Iterable[Screening]) -> None:
    """Note that someone is shown what others decided: their own decisions there stay for good."""
    rows = Decision.objects.filter(member=to, screening__in=list(screenings), revealed=False)
    rows.update(revealed=True)


@transaction.atomic
def reveal_all(to: Member) -> None:
    """Note that someone is shown counts of what all decided: these tell of the others, too."""
    rows = Decision.objects.filter(member=to, revealed=False, screening__state__in=rules.DECIDED)
    rows.update(revealed=True)


def _locked(by: Member, screening: Screening) -> tuple[Review, Screening]:
    review = Review.objects.select_for_update().get(id=by.review_id)
    row = moving.locked(screening.id)
    if row.review_id != review.id:
        raise Refused
    return review, row


def _step(row: Screening, did: str) -> None:
    """Let the state follow; when that settled it, or no longer does, the order is learned anew."""
    was = row.state
    moving.step(row, did)
    if row.state != was and (row.state in rules.SETTLED or was in rules.SETTLED):
        ordering.ask(row.review_id, row.stage)


def _same(before: Decision, choice: str) -> Decision:
    if before.choice != choice:
        raise not_now("You have decided this record already. Undo that first to decide anew.")
    return before


def _said(
    row: Screening, decision: Decision | Resolution, reasons: list[int] | None = None
) -> dict[str, Any]:
    if reasons is None:
        reasons = list(decision.reasons.values_list("number", flat=True))
    return {
        "record": row.number,
        "stage": row.stage,
        "choice": decision.choice,
        "note": decision.note,
        "reasons": reasons,
        "criteria_version": decision.criteria_version,
    }
