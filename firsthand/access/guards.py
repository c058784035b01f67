"""Slows down whoever guesses at a sign-in: `limits`, listening to what people's pages are about
to check."""

from typing import Any

from django.dispatch import receiver
from django.http import HttpRequest

from firsthand.access import limits
from firsthand.people import signals

_KINDS = {
    signals.SIGN_IN: limits.SIGN_IN,
    signals.CODE: limits.CODE,
    signals.RECOVERY: limits.RECOVERY,
    signals.INVITATION: limits.INVITATION,
    signals.RECEIPT: limits.RECEIPT,
}


@receiver(signals.guessing)
def count(request: HttpRequest, what: str, about: object, **kwargs: Any) -> None:
    """Count a try before it is made. Raises SlowDown."""
    limits.check(_KINDS[what], about, near=limits.near(request))


@receiver(signals.guessed_right)
def take_back(request: HttpRequest, what: str, about: object, **kwargs: Any) -> None:
    """It was the right person: forget the try."""
    limits.passed(_KINDS[what], about, near=limits.near(request))
