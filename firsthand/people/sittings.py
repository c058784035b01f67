"""What a browser's sitting has in its hands."""

from django.http import HttpRequest

from firsthand.people.models import User
from firsthand.vault import keyrings, ways
from firsthand.vault.keys import Keys
from firsthand.vault.models import Keyring
from firsthand.vault.rules import MEMBER, RECEIPT, RECEIPT_HOLDER
from firsthand.vault.sessions import SessionStore


def sitting_of(request: HttpRequest) -> SessionStore:
    """Return this browser's sitting."""
    session = request.session
    if not isinstance(session, SessionStore):
        raise TypeError("Sittings are off: see SESSION_ENGINE.")
    return session


def own_keys(request: HttpRequest) -> Keys | None:
    """Return the signed-in user's own keys, if the sitting holds them."""
    user = request.user
    if not isinstance(user, User):
        return None
    hands = sitting_of(request).in_hand()
    return next((keys for keys in hands if keys.id == user.keyring_id), None)


def held_receipts(request: HttpRequest) -> list[Keys]:
    """Return the keys of receipts that the sitting itself holds, not through a sign-in."""
    sitting = sitting_of(request)
    mine = own_keys(request)
    through = {keys.id for keys in keyrings.through([mine])} if mine else set()
    hands = {keys.id: keys for keys in sitting.in_hand() if keys.id not in through}
    rows = Keyring.objects.filter(id__in=list(hands), holder=RECEIPT_HOLDER)
    return [hands[row.id] for row in rows]


def with_words(request: HttpRequest) -> list[Keys]:
    """Return the keys in hand that a receipt's words open, whatever else opens them."""
    hands = {keys.id: keys for keys in sitting_of(request).in_hand()}
    return [hands[each] for each in sorted(ways.have_words(hands))]


def opens_besides(keys: Keys) -> set[str]:
    """Return what opens a sign-in's own keys besides it: RECEIPT (nine words), MEMBER (another)."""
    words = {RECEIPT} if ways.have_words([keys.id]) else set()
    return words | ways.sign_ins([keys.id], keys.id).get(keys.id, set()) & {MEMBER}
