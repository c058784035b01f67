"""Asking when to stop: what was aimed at, what the audit says, whether screening stopped."""

from firsthand.evidence.models import Audit, Plan, Review, Stop


def plan(review: Review, stage: str) -> Plan | None:
    """Return what is aimed at."""
    rows = Plan.objects.filter(review=review, stage=stage, ended_at=None)
    return rows.select_related("by__user").first()


def audit(review: Review, stage: str) -> Audit | None:
    """Return the audit that runs."""
    return Audit.objects.filter(review=review, stage=stage, ended_at=None).first()


def stop(review: Review, stage: str) -> Stop | None:
    """Return where screening stopped, unless it goes on."""
    rows = Stop.objects.filter(review=review, stage=stage, ended_at=None)
    return rows.select_related("by__user").first()
