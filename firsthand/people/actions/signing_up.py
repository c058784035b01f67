"""A person makes a sign-in: with fresh keys, or with those of the receipts they came with."""

from collections.abc import Sequence

from django.db import transaction

from firsthand.people import rules
from firsthand.people.actions.keys import insert, prepare, put
from firsthand.people.actions.receipts import add_receipt, be_only_way, take_over
from firsthand.people.backend import mark_of
from firsthand.people.models import User
from firsthand.vault.keys import Keys
from firsthand.vault.sessions import SessionStore


def sign_up(
    sign_in_name: str,
    passphrase: str,
    receipts: Sequence[Keys] = (),
    *,
    only_in: SessionStore | None = None,
) -> tuple[User, Keys, str]:
    """Make a person's sign-in; return it with its keys and the recovery key to print. Slow.

    What `receipts` open, it opens too: the first becomes its own, the others are added. Their
    words go on opening them, unless the sitting is given that alone shall keep them open: then
    every other way in is shut out. Raises NameTaken.
    """
    given = prepare(passphrase, receipts[0].without_words() if receipts else None)
    user = User(username=mark_of(sign_in_name), role=rules.PERSON, password=given.password)
    with transaction.atomic():
        insert(user)
        (take_over if receipts else put)(user, given)
        for receipt in receipts[1:]:
            add_receipt(user, receipt)
        if only_in is not None:
            be_only_way(user, receipts, only_in)
    return user, given.keys, given.printed
