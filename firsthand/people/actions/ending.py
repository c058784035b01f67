"""A person takes their own sign-in away, for good."""

from django.db import transaction

from firsthand.people import rules
from firsthand.people.models import User
from firsthand.vault import keyrings
from firsthand.vault.rules import RECEIPT, RECEIPT_HOLDER


@transaction.atomic
def end(user: User, *, keep: bool) -> None:
    """Take a person's sign-in and its keys away, and end every sitting that has them in hand.

    With `keep` their receipt goes on opening what the sign-in opened; without, nothing does.
    """
    row = User.objects.select_for_update(of=("self",)).get(id=user.id)
    keyring = row.keyring
    if row.role != rules.PERSON or keyring is None:
        raise ValueError("Only a person's own sign-in ends this way.")
    if keep and not keyrings.has_lock(keyring.id, RECEIPT):
        raise ValueError("There is no receipt to keep it by.")
    row.keyring = None
    row.save(update_fields=["keyring"])
    row.delete()  # no log names a person (see `access.door`), so nothing holds on to them
    keyrings.close_for_good(keyring.id, but=RECEIPT if keep else "")
    if keep:
        keyrings.become(keyring, RECEIPT_HOLDER)
