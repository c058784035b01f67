"""Telling a team by e-mail that something waits. Never what, from whom, or about whom."""

from firsthand.people import notices
from firsthand.repair.models import Request


def tell(request: Request) -> None:
    """Have the team that was asked told; written in the transaction that gives the reason."""
    notices.tell_team(request.team)
