"""Keys that wait for the second step.

The passphrase opens a keyring before the second step is asked for, and cannot be asked for again
after it. In between the keys lie in the sitting, sealed twice (under the cookie's secret, as all
of a sitting, and under the server's own key), where nothing that reads words looks: `in_hand` of
the sitting does not have them until `admit` puts them there. They wait only for as long as what
opened them still does: a passphrase that is changed meanwhile leaves nobody waiting.
"""

import base64
import uuid

from django.conf import settings
from django.http import HttpRequest

from firsthand.people.models import User
from firsthand.people.queries import has_two_steps
from firsthand.people.sittings import own_keys, sitting_of
from firsthand.vault import derive, ways
from firsthand.vault.keys import Keys
from firsthand.vault.rules import PASSPHRASE, RECOVERY, context
from firsthand.vault.seal import Tampered, seal, unseal

_SLOT = "keys that wait"
_LOST = "came in by the recovery key"


def wait(request: HttpRequest, user: User, keys: Keys | None, by: str = PASSPHRASE) -> None:
    """Let `keys` of the user's, opened by a lock of kind `by`, wait until every step is passed."""
    sitting = sitting_of(request)
    if keys is None:
        sitting.pop(_SLOT, None)
        return
    sealed = seal(_key(), keys.to_bytes(), _place(user, keys.id))
    sitting[_SLOT] = {
        "keyring": str(keys.id),
        "sealed": base64.b64encode(sealed).decode(),
        "by": by,
        "lock": ways.standing(keys.id, by),
    }


def admit(request: HttpRequest, user: User) -> None:
    """Put the waiting keys into the sitting's hands, if `user` has passed what their role asks."""
    sitting = sitting_of(request)
    if may_hold(user) and (keys := waiting(request, user)):
        sitting.hold(keys)
        sitting[_LOST] = sitting.pop(_SLOT)["by"] == RECOVERY


def passphrase_is_lost(request: HttpRequest) -> bool:
    """Say whether who is signed in came by the recovery key, and has no new passphrase yet."""
    return bool(sitting_of(request).get(_LOST))


def passphrase_is_found(request: HttpRequest) -> None:
    """They chose a new one."""
    sitting_of(request).pop(_LOST, None)


def waiting(request: HttpRequest, user: User) -> Keys | None:
    """Return the keys of the user's that wait, if there are any."""
    slot = sitting_of(request).get(_SLOT)
    if slot is None:
        return None
    keyring = uuid.UUID(slot["keyring"])
    if ways.standing(keyring, slot["by"]) != slot["lock"]:
        return None
    try:
        raw = unseal(_key(), base64.b64decode(slot["sealed"]), _place(user, keyring))
    except Tampered:  # they are someone else's: a sign-in begun by one and ended by another
        return None
    return Keys.from_bytes(keyring, raw)


def take_back(request: HttpRequest, user: User) -> None:
    """Make the keys in hand wait again: the second step was taken away."""
    keys = own_keys(request)
    if keys and not may_hold(user):
        wait(request, user, keys)
        sitting_of(request).let_go(keys)


def may_hold(user: User) -> bool:
    """Say whether `user` may have keys in hand: staff only with a second step."""
    return not user.is_staff_role or has_two_steps(user)


def _key() -> bytes:
    return derive.from_secret(settings.FIRSTHAND_SERVER_KEY, "keys that wait")


def _place(user: User, keyring: uuid.UUID) -> bytes:
    return context("keys that wait", user.id, keyring)
