"""A person takes their own sign-in away, and with it what nothing else opens."""

from django.db import transaction
from django.db.models import QuerySet

from firsthand.access.doer import Doer
from firsthand.people import actions as people
from firsthand.people.models import User
from firsthand.testimony import actions, rules, signals
from firsthand.testimony.models import Testimony
from firsthand.vault import keyrings
from firsthand.vault.rules import RECEIPT


def told_with(user: User) -> QuerySet[Testimony]:
    """Return what a sign-in's own keys own, drafts too; not what was only added by its receipt."""
    rows = Testimony.objects.filter(item__owner_id=user.keyring_id)
    return rows.exclude(stage=rules.WITHDRAWN).order_by("begun_on", "id")


def has_receipt(user: User) -> bool:
    """Say whether a receipt opens what the sign-in opens."""
    return user.keyring_id is not None and keyrings.has_lock(user.keyring_id, RECEIPT)


@transaction.atomic
def end_sign_in(doer: Doer, user: User, *, keep: bool) -> None:
    """End a person's sign-in; withdraw all that it opened, unless they `keep` it by a receipt."""
    if not keep:
        for row in told_with(user):
            actions.withdraw(doer, row)
    signals.sign_in_ends.send(sender=None, doer=doer, user=user, keep=keep)
    people.end(user, keep=keep)
