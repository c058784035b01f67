"""Who is asking: their sign-in if they have one, and the keys in their hands."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest

from firsthand.people.models import Team, User
from firsthand.people.queries import teams_in_hand
from firsthand.vault.keys import Keys
from firsthand.vault.sessions import SessionStore


@dataclass(frozen=True)
class Doer:
    """Someone asking. `hands` maps keyring to keys; `teams` are those whose keys they hold."""

    user: User | None = None
    hands: Mapping[uuid.UUID, Keys] = field(default_factory=dict)
    teams: tuple[Team, ...] = ()

    @property
    def keys(self) -> list[Keys]:
        return list(self.hands.values())

    def owns(self, keyring: uuid.UUID) -> bool:
        """Whether they hold this keyring, and so own what is owned by it."""
        return keyring in self.hands


def doer_of(request: HttpRequest) -> Doer:
    """Return who is behind `request`, asked for once a request."""
    known: Doer | None = getattr(request, "_doer", None)
    if known is None:
        known = _doer(request)
        request._doer = known  # type: ignore[attr-defined]
    return known


def forget(request: HttpRequest) -> None:
    """Ask again next time: the keys in hand have changed."""
    request.__dict__.pop("_doer", None)


def _doer(request: HttpRequest) -> Doer:
    session = request.session
    held = session.in_hand() if isinstance(session, SessionStore) else []
    hands = {keys.id: keys for keys in held}
    user = request.user if isinstance(request.user, User) else None
    teams = teams_in_hand(user, hands) if user and user.is_staff_role else ()
    return Doer(user, hands, tuple(teams))
