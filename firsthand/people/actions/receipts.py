"""A receipt becoming a sign-in, being added to one, or getting new words."""

from firsthand.people import rules
from firsthand.people.actions.keys import prepare, take_over
from firsthand.people.models import User
from firsthand.vault import keyrings, words
from firsthand.vault.keys import Keys


def adopt_receipt(user: User, keys: Keys, passphrase: str, *, keep: bool = True) -> str:
    """Make a receipt's keyring the keyring of a person who has none; return the recovery key. Slow.

    With `keep` the receipt's words go on opening it; without, they open nothing any more.
    """
    if user.keyring_id or user.role != rules.PERSON:
        raise ValueError("Only a person's new sign-in can take over a receipt.")
    given = prepare(passphrase, keys.without_words())
    take_over(user, given, keep=keep)
    return given.printed


def add_receipt(user: User, keys: Keys) -> None:
    """Let a person's sign-in open a receipt's keyring too; the receipt's words still do."""
    if user.keyring is None or user.role != rules.PERSON:
        raise ValueError("Only a person's sign-in can hold a receipt.")
    keyrings.admit(keys.without_words(), user.keyring)


def rotate_receipt(keys: Keys, receipt: words.Receipt) -> None:
    """Let `receipt`'s words, and no others, find and open these keys from now on. Slow."""
    keyrings.replace_lock(keys.without_words(), keyrings.receipt_lock(receipt))
