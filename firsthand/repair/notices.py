"""Telling a team by e-mail that something waits. Never what, from whom, or about whom."""

from firsthand.repair.models import Request


def tell(request: Request) -> None:
    """Let the team that was asked know, once this transaction is safely kept."""
