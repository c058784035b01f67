"""A receipt becoming a sign-in, being added to one, getting new words; shutting others out.

Whoever has a receipt's words has the last say over what it opens; so has a sign-in made of it. A
sign-in that was only added has not. See docs/adr/0012.
"""

import uuid
from collections.abc import Iterable

from django.db import transaction

from firsthand.people import rules
from firsthand.people.actions.keys import Given
from firsthand.people.models import User
from firsthand.vault import keyrings, ways, words
from firsthand.vault.keys import Keys
from firsthand.vault.models import Keyring
from firsthand.vault.rules import PERSON, RECEIPT_HOLDER
from firsthand.vault.sessions import SessionStore


@transaction.atomic
def take_over(user: User, given: Given) -> None:
    """Make a receipt's keyring the user's own. Its words go on opening it."""
    user.keyring = Keyring.objects.select_for_update().get(id=given.keys.id)
    keyrings.become(user.keyring, PERSON)
    user.save(update_fields=["keyring"])
    for lock in given.locks:
        keyrings.add_lock(given.keys, lock)


def add_receipt(user: User, keys: Keys) -> None:
    """Let a person's sign-in open a receipt's keyring too; the receipt's words still do."""
    if user.keyring is None or user.role != rules.PERSON:
        raise ValueError("Only a person's sign-in can hold a receipt.")
    keyrings.admit(keys.without_words(), user.keyring)


def rotate_receipt(
    keys: Keys, receipt: words.Receipt, sitting: SessionStore, user: User | None = None
) -> None:
    """Let `receipt`'s words find and open these keys, and shut every other way in out. Slow.

    What stays is this sitting, and the sign-in of the `user` who does this, if there is one.
    """
    lock = keyrings.receipt_lock(receipt)
    with transaction.atomic():
        _shut_out(keys, user.keyring_id if user else None, sitting)
        keyrings.add_lock(keys.without_words(), lock)


@transaction.atomic
def be_only_way(user: User, opened: Iterable[Keys], sitting: SessionStore) -> None:
    """Let nothing but the user's sign-in, and this sitting, open these keys of the user's."""
    for keys in opened:
        _shut_out(keys, user.keyring_id, sitting)
        if keys.words:  # they open nothing any more: nobody is to write them down
            sitting.hold(keys.without_words())


def _shut_out(keys: Keys, own: uuid.UUID | None, sitting: SessionStore) -> None:
    if keys.id != own:
        _let_go_of(keys.id)
    ways.shut_out(keys.id, own)
    sitting.end_others(keys.id)


def _let_go_of(keyring: uuid.UUID) -> None:
    """Make a keyring a receipt's again that some other sign-in was made of."""
    row = Keyring.objects.select_for_update().get(id=keyring)
    for user in User.objects.filter(keyring=row):
        user.keyring = None
        user.save(update_fields=["keyring"])
    if row.holder == PERSON:
        keyrings.become(row, RECEIPT_HOLDER)
