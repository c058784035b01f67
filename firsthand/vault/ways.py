"""The ways in to a keyring, looked at from outside: which there are, and whose."""

import uuid

from firsthand.vault.models import Unlocker


def standing(keyring: uuid.UUID, kind: str) -> str:
    """Return the name of the unlocker of `kind` that a keyring has now; another once replaced."""
    rows = Unlocker.objects.filter(keyring_id=keyring, kind=kind)
    return str(rows.values_list("id", flat=True).first() or "")
