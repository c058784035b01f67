"""Making keyrings, and opening them by whatever someone holds."""

import uuid
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from firsthand.vault import derive, rules, words
from firsthand.vault.keys import Keys, wrap_to
from firsthand.vault.models import Keyring, Sitting, Unlocker
from firsthand.vault.rules import context
from firsthand.vault.seal import Tampered, seal, unseal


class Locked(Exception):
    """Nothing that was offered opens this."""


@dataclass(frozen=True)
class Lock:
    """An unlocker computed beforehand, so that slow derivation stays out of transactions."""

    kind: str
    key: bytes
    salt: bytes = b""
    verifier: bytes = b""
    locator: bytes = b""


# -- what opens a keyring ---------------------------------------------------------------------


def receipt_lock(receipt: words.Receipt) -> Lock:
    """Return the lock that `receipt` opens. Slow."""
    return _slow_lock(rules.RECEIPT, " ".join(receipt.opens), locator_of(receipt))


def passphrase_lock(passphrase: str) -> Lock:
    """Return the lock that `passphrase` opens. Slow."""
    return _slow_lock(rules.PASSPHRASE, passphrase)


def secret_lock(kind: str, secret: bytes) -> Lock:
    """Return the lock that a random `secret` (a cookie's, a form's, a recovery key) opens."""
    return Lock(kind, derive.from_secret(secret, "unlock", kind))


def locator_of(receipt: words.Receipt) -> bytes:
    """Return the server's mark of the two words that find a receipt's row."""
    return derive.mark("locator", *receipt.finds)


def _slow_lock(kind: str, typed: str, locator: bytes = b"") -> Lock:
    salt = derive.new_salt()
    key, verifier = _split(derive.from_words(typed, salt))
    return Lock(kind, key, salt, verifier, locator)


def _split(root: bytes) -> tuple[bytes, bytes]:
    return derive.from_secret(root, "key"), derive.from_secret(root, "verifier")


# -- making ---------------------------------------------------------------------------------


def make(holder: str, keys: Keys) -> Keyring:
    """Store the public halves of `keys` for a `holder` (see rules.HOLDERS)."""
    return Keyring.objects.create(
        id=keys.id,
        holder=holder,
        seal_public=keys.seal_public,
        sign_public=keys.sign_public,
        proof=_proof(keys.id, holder, keys.seal_public, keys.sign_public),
    )


def add_lock(keys: Keys, lock: Lock, *, ends_at: datetime | None = None) -> Unlocker:
    """Let `lock` open these keys from now on."""
    return Unlocker.objects.create(
        keyring_id=keys.id,
        kind=lock.kind,
        sealed=seal(lock.key, keys.to_bytes(), _place(keys.id, lock.kind)),
        salt=lock.salt,
        verifier=lock.verifier,
        locator=lock.locator,
        ends_at=ends_at,
    )


def hold(sitting: str, secret: bytes, keys: Keys) -> None:
    """Keep `keys` in the hands of one sitting until it ends."""
    lock = secret_lock(rules.SITTING, secret)
    Unlocker.objects.update_or_create(
        keyring_id=keys.id,
        sitting_id=sitting,
        defaults={
            "kind": rules.SITTING,
            "sealed": seal(lock.key, keys.to_bytes(), _place(keys.id, rules.SITTING)),
        },
    )


def admit(team_keys: Keys, member: Keyring) -> None:
    """Give a member of a team the team's keys."""
    check(member)
    place = _place(team_keys.id, rules.MEMBER, member.id)
    Unlocker.objects.update_or_create(
        keyring_id=team_keys.id,
        member=member,
        defaults={
            "kind": rules.MEMBER,
            "sealed": wrap_to(bytes(member.seal_public), team_keys.to_bytes(), place),
        },
    )


@transaction.atomic
def replace_lock(keys: Keys, lock: Lock) -> None:
    """Make `lock` the only one of its kind."""
    Unlocker.objects.filter(keyring_id=keys.id, kind=lock.kind).delete()
    add_lock(keys, lock)


@transaction.atomic
def become(keyring: Keyring, holder: str) -> None:
    """Make a keyring someone else's kind: a receipt's becomes a person's."""
    check(keyring)
    keyring.holder = holder
    keyring.proof = _proof(
        keyring.id, holder, bytes(keyring.seal_public), bytes(keyring.sign_public)
    )
    keyring.save(update_fields=["holder", "proof"])


def drop_locks(keyring: uuid.UUID, kind: str) -> None:
    """Let nothing of `kind` open a keyring any more."""
    Unlocker.objects.filter(keyring_id=keyring, kind=kind).delete()


def close_for_good(keyring: uuid.UUID, *, but: str = "") -> None:
    """Let nothing open a keyring any more, unless it is of the kind `but`; nor it any other's.

    A keyring that nothing needs goes altogether; else its public halves stay with what it owned
    or took part in.
    """
    end_sittings(keyring)
    Unlocker.objects.filter(keyring_id=keyring).exclude(kind=but).delete()
    Unlocker.objects.filter(member_id=keyring).delete()
    if not but:
        with suppress(ProtectedError), transaction.atomic():
            Keyring.objects.filter(id=keyring).delete()


def has_lock(keyring: uuid.UUID, kind: str) -> bool:
    """Say whether there is something of `kind` that opens a keyring."""
    return Unlocker.objects.filter(keyring_id=keyring, kind=kind).exists()


def end_sittings(keyring: uuid.UUID, *, but: str = "") -> None:
    """End every sitting that has a keyring in its hands, except the one named."""
    held = Unlocker.objects.filter(keyring_id=keyring, kind=rules.SITTING).exclude(sitting_id=but)
    Sitting.objects.filter(id__in=list(held.values_list("sitting_id", flat=True))).delete()


# -- opening --------------------------------------------------------------------------------


def by_receipt(receipt: words.Receipt) -> Keys:
    """Return the keys `receipt` opens. Raises Locked; as slow when there is no such row."""
    typed = " ".join(receipt.opens)
    rows = Unlocker.objects.filter(kind=rules.RECEIPT, locator=locator_of(receipt))
    found = [keys for row in rows if (keys := _by_words(row, typed))]
    if not rows:
        derive.from_words(typed, bytes(derive.SALT_BYTES))
    if not found:
        raise Locked
    return found[0]


def by_passphrase(keyring: uuid.UUID, passphrase: str) -> Keys:
    """Return the keys of `keyring` that `passphrase` opens. Raises Locked."""
    rows = Unlocker.objects.filter(kind=rules.PASSPHRASE, keyring_id=keyring)
    for row in rows:
        if keys := _by_words(row, passphrase):
            return keys
    raise Locked


def by_secret(keyring: uuid.UUID, lock: Lock, now: datetime) -> Keys:
    """Return the keys of `keyring` that a random secret's `lock` opens. Raises Locked."""
    rows = Unlocker.objects.filter(kind=lock.kind, keyring_id=keyring)
    for row in rows:
        if (row.ends_at is None or row.ends_at > now) and (keys := _try(row, lock.key)):
            return keys
    raise Locked


def in_hand(sitting: str, secret: bytes) -> list[Keys]:
    """Return every keyring this sitting holds, and through them the keys of its teams.

    Raises Tampered when a row that should open does not.
    """
    lock = secret_lock(rules.SITTING, secret)
    rows = Unlocker.objects.filter(kind=rules.SITTING, sitting_id=sitting)
    own = [_open(row, lock.key) for row in rows]
    return own + through(own)


def held(sitting: str, secret: bytes, keyring: uuid.UUID) -> Keys:
    """Return one keyring this sitting holds itself. Raises Locked."""
    lock = secret_lock(rules.SITTING, secret)
    row = Unlocker.objects.filter(sitting_id=sitting, keyring_id=keyring).first()
    if row is None:
        raise Locked
    return _open(row, lock.key)


def rehold(old: str, old_secret: bytes, new: str, new_secret: bytes) -> None:
    """Carry what one sitting holds over to the one that follows it."""
    lock = secret_lock(rules.SITTING, old_secret)
    for row in Unlocker.objects.filter(kind=rules.SITTING, sitting_id=old):
        hold(new, new_secret, _open(row, lock.key))


def leave_receipts(sitting: str) -> bool:
    """Take everything but receipts out of a sitting's hands; say whether it holds any."""
    held = Unlocker.objects.filter(kind=rules.SITTING, sitting_id=sitting)
    held.exclude(keyring__holder=rules.RECEIPT_HOLDER).delete()
    return held.exists()


def let_go(sitting: str, keyring: uuid.UUID) -> None:
    """Take one keyring out of a sitting's hands."""
    Unlocker.objects.filter(sitting_id=sitting, keyring_id=keyring).delete()


def expel(team: uuid.UUID, member: uuid.UUID) -> None:
    """Take a team's keys from a member."""
    Unlocker.objects.filter(keyring_id=team, member_id=member).delete()


def check(keyring: Keyring) -> Keyring:
    """Return `keyring` when its public halves are the ones we stored. Raises Tampered."""
    expected = _proof(
        keyring.id, keyring.holder, bytes(keyring.seal_public), bytes(keyring.sign_public)
    )
    if not derive.same(expected, bytes(keyring.proof)):
        raise Tampered
    return keyring


def clear_expired(now: datetime) -> None:
    """Forget sittings and short-lived unlockers whose time is over."""
    Sitting.objects.filter(quiet_at__lte=now).delete()
    Unlocker.objects.filter(ends_at__lte=now).delete()


def through(own: Iterable[Keys]) -> list[Keys]:
    """Return the keys that are opened by having `own`: those of teams, and added receipts."""
    holders = {keys.id: keys for keys in own}
    rows = Unlocker.objects.filter(kind=rules.MEMBER, member_id__in=holders)
    return [_open_as_member(row, holders[row.member_id]) for row in rows if row.member_id]


def _open_as_member(row: Unlocker, member: Keys) -> Keys:
    place = _place(row.keyring_id, rules.MEMBER, member.id)
    return Keys.from_bytes(row.keyring_id, member.unwrap(bytes(row.sealed), place))


def _by_words(row: Unlocker, typed: str) -> Keys | None:
    key, verifier = _split(derive.from_words(typed, bytes(row.salt)))
    return _open(row, key) if derive.same(verifier, bytes(row.verifier)) else None


def _try(row: Unlocker, key: bytes) -> Keys | None:
    try:
        return _open(row, key)
    except Tampered:
        return None


def _open(row: Unlocker, key: bytes) -> Keys:
    raw = unseal(key, bytes(row.sealed), _place(row.keyring_id, row.kind))
    return Keys.from_bytes(row.keyring_id, raw)


def _place(keyring: uuid.UUID, kind: str, *more: uuid.UUID) -> bytes:
    return context("unlocker", keyring, kind, *more)


def _proof(keyring: uuid.UUID, holder: str, seal_public: bytes, sign_public: bytes) -> bytes:
    return derive.mark("keyring", keyring, holder, seal_public, sign_public)
