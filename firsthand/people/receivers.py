"""What follows from signing in, and from setting up or taking away a second step."""

from datetime import UTC, datetime, time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from firsthand.people import actions, pending
from firsthand.people.models import User


@receiver(user_logged_in)
def keys_in_hand(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Every step is passed: the keys come into hand."""
    pending.admit(request, user)


@receiver(authenticator_added)
def second_step_is_there(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A member of staff may now hold keys, and be the first to hold their team's."""
    pending.admit(request, user)
    actions.settle(user)


@receiver(authenticator_removed)
def second_step_is_gone(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Staff without a second step hold no keys."""
    pending.take_back(request, user)


@receiver(pre_save, sender=Authenticator)
def no_moments(instance: Authenticator, **kwargs: Any) -> None:
    """Keep of a second step only the day it was made: the rest would tell when someone was here."""
    instance.last_used_at = None
    instance.created_at = datetime.combine(instance.created_at.date(), time(12), UTC)
    if instance.data.get("viewed_at"):
        instance.data["viewed_at"] = 1
