"""The ways in to a keyring: which there are, whose they are, and shutting them out."""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from firsthand.vault.models import Unlocker
from firsthand.vault.rules import (
    MEMBER,
    PASSPHRASE,
    PERSON,
    RECEIPT,
    RECEIPT_HOLDER,
    RECOVERY,
    SITTING,
)


def standing(keyring: uuid.UUID, kind: str) -> str:
    """Return the name of the unlocker of `kind` that a keyring has now; another once replaced."""
    rows = Unlocker.objects.filter(keyring_id=keyring, kind=kind)
    return str(rows.values_list("id", flat=True).first() or "")


def have_words(keyrings: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of `keyrings` that the words of a receipt open."""
    rows = Unlocker.objects.filter(keyring_id__in=list(keyrings), kind=RECEIPT)
    return set(rows.values_list("keyring_id", flat=True))


def sign_ins(keyrings: Iterable[uuid.UUID], own: uuid.UUID | None) -> dict[uuid.UUID, set[str]]:
    """Return how sign-ins, that of the keyring `own` apart, open those of `keyrings` they open.

    PASSPHRASE: a sign-in was made of the receipt. MEMBER: it was added to one. Teams' are left out.
    """
    made = Q(kind=PASSPHRASE) & ~Q(keyring_id=own)
    added = Q(kind=MEMBER) & ~Q(member_id=own)
    rows = Unlocker.objects.filter(made | added, keyring_id__in=list(keyrings))
    found: defaultdict[uuid.UUID, set[str]] = defaultdict(set)
    for row in rows.filter(keyring__holder__in=(PERSON, RECEIPT_HOLDER)):
        found[row.keyring_id].add(row.kind)
    return dict(found)


@transaction.atomic
def shut_out(keyring: uuid.UUID, own: uuid.UUID | None) -> None:
    """Take every way in to a keyring but sittings, which end apart, and the sign-in of `own`."""
    its_own, added = Q(kind__in=(PASSPHRASE, RECOVERY)), Q(kind=MEMBER, member_id=own)
    rows = Unlocker.objects.filter(keyring_id=keyring).exclude(kind=SITTING)
    rows.exclude(its_own if keyring == own else added).delete()
