"""A person's own keys: given at sign-up, opened again by passphrase or recovery key."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from firsthand.people import rules
from firsthand.people.models import User
from firsthand.vault import keyrings, recovery
from firsthand.vault.keyrings import Lock
from firsthand.vault.keys import Keys
from firsthand.vault.rules import PERSON, RECIPIENT, RECOVERY


class NameTaken(Exception):
    """Someone already has this sign-in name."""


@dataclass(frozen=True, repr=False)
class Given:
    """Keys about to be given, their locks worked out beforehand: that is slow, writing is not."""

    keys: Keys
    printed: str
    password: str
    locks: tuple[Lock, Lock]


def prepare(passphrase: str, keys: Keys | None = None) -> Given:
    """Return keys (fresh ones, or those given) ready for a sign-in with `passphrase`. Slow."""
    printed, tidy = recovery.draw(), rules.tidy(passphrase)
    locks = keyrings.passphrase_lock(tidy), recovery_lock(printed)
    return Given(keys or Keys.fresh(), printed, make_password(tidy), locks)


def give_keys(user: User, passphrase: str) -> tuple[Keys, str]:
    """Give `user` a keyring and return it with the recovery key to print. Slow.

    The recovery key is not kept anywhere: shown once, it is the person's to keep.
    """
    given = prepare(passphrase)
    put(user, given)
    return given.keys, given.printed


def insert(user: User) -> None:
    """Store a new sign-in. Raises NameTaken."""
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        if not User.objects.filter(username=user.username).exists():
            raise
        raise NameTaken from error


@transaction.atomic
def put(user: User, given: Given) -> None:
    """Store keys that were prepared as the user's own."""
    holder = PERSON if user.role == rules.PERSON else RECIPIENT
    user.keyring = keyrings.make(holder, given.keys)
    user.save(update_fields=["keyring"])
    for lock in given.locks:
        keyrings.add_lock(given.keys, lock)


def keys_by_passphrase(user: User, passphrase: str) -> Keys | None:
    """Return the keys that `passphrase` opens; None when someone else set it. Slow."""
    if user.keyring_id is None:
        return None
    try:
        return keyrings.by_passphrase(user.keyring_id, rules.tidy(passphrase))
    except keyrings.Locked:
        return None


def keys_by_recovery_key(user: User, typed: str) -> Keys | None:
    """Return the keys that a recovery key opens, or None. Raises recovery.Mistyped."""
    if user.keyring_id is None:
        return None
    try:
        return keyrings.by_secret(user.keyring_id, recovery_lock(typed), timezone.now())
    except keyrings.Locked:
        return None


def change_passphrase(user: User, keys: Keys, passphrase: str) -> None:
    """Let a new passphrase, and no other, sign in and open these keys of the user's. Slow."""
    if keys.id != user.keyring_id:
        raise ValueError("These are someone else's keys.")
    tidy = rules.tidy(passphrase)
    lock, user.password = keyrings.passphrase_lock(tidy), make_password(tidy)
    with transaction.atomic():
        user.save(update_fields=["password"])
        keyrings.replace_lock(keys, lock)


def open_by(keys: Keys, passphrase: str) -> None:
    """Let the passphrase that already signs in open these keys as well. Slow."""
    keyrings.replace_lock(keys, keyrings.passphrase_lock(rules.tidy(passphrase)))


def keep_recovery_key(keys: Keys, printed: str) -> None:
    """Make `printed` the only recovery key: the one before it opens nothing from now on."""
    keyrings.replace_lock(keys, recovery_lock(printed))


def drop_recovery_key(keys: Keys) -> None:
    """Let no recovery key open these keys: the person chose to go without one."""
    keyrings.drop_locks(keys.id, RECOVERY)


def recovery_lock(printed: str) -> Lock:
    """Return the lock a recovery key opens. Raises recovery.Mistyped."""
    return keyrings.secret_lock(RECOVERY, recovery.read(printed))
