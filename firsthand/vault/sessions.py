"""Sittings: Django sessions, sealed under a secret that lives only in the cookie.

The row's name is a one-way mark of the secret, so that a stolen table gives no way in. A
sitting ends after 15 quiet minutes (FIRSTHAND_QUIET_MINUTES), on Exit, or with the browser.
"""

import hashlib
import json
import secrets
import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from firsthand.vault import derive, keyrings
from firsthand.vault.keys import Keys
from firsthand.vault.models import Sitting
from firsthand.vault.rules import context
from firsthand.vault.seal import Tampered, seal, unseal

# Moving the end on at every click would write at every click; once a minute is enough.
_TOUCH_EVERY = timedelta(minutes=1)
# The names of the sittings this one followed, the last few: Exit ends them with it.
_EARLIER = "earlier"


def name_of(secret: str) -> str:
    """Return the row's name for a cookie's secret."""
    return hashlib.blake2b(secret.encode(), digest_size=32, person=b"sitting").hexdigest()


class SessionStore(SessionBase):
    """What Django and allauth ask of a session."""

    def _get_new_session_key(self) -> str:
        return secrets.token_urlsafe(32)

    def exists(self, session_key: str) -> bool:
        return Sitting.objects.filter(id=name_of(session_key)).exists()

    def load(self) -> dict[str, Any]:
        row = self._row()
        if row is None:
            self._session_key = None
            return {}
        if row.quiet_at - _quiet_at() < -_TOUCH_EVERY:
            Sitting.objects.filter(id=row.id).update(quiet_at=_quiet_at())
        data: dict[str, Any] = json.loads(unseal(self._key(), bytes(row.sealed), _place(row.id)))
        return data

    def create(self) -> None:
        self._session_key = self._get_new_session_key()
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        name = name_of(self.session_key)
        sealed = seal(self._key(), json.dumps(data).encode(), _place(name))
        if must_create:
            self._insert(name, sealed)
        elif not Sitting.objects.filter(id=name).update(sealed=sealed, quiet_at=_quiet_at()):
            raise UpdateError
        return None

    def delete(self, session_key: str | None = None) -> None:
        if secret := session_key or self.session_key:
            Sitting.objects.filter(id=name_of(secret)).delete()

    def cycle_key(self) -> None:
        """Change the cookie's secret (at sign-in) and carry the keys in hand across.

        Receipts stay with the old secret too, until it is quiet or Exit is pressed: the other
        half of a double click, or a second try when the answer was lost on the way, comes with
        it, and their words may not be written down yet. Nothing that comes later is put there.
        """
        old = self.session_key
        data = self._get_session()  # type: ignore[attr-defined]  # comes along: create saves it
        with transaction.atomic():
            if old:
                self[_EARLIER] = [*data.get(_EARLIER, [])[-9:], name_of(old)]
            self.create()
            if old:
                self._move_keys(old)
                self._leave(old)

    def renew(self) -> None:
        """Change the cookie's secret before keys come into hand, carrying the rest across.

        Someone at home may have put a sitting of their own in this browser, and know its secret.
        """
        self.cycle_key()

    def flush(self) -> None:
        """End this sitting, and with it those it followed."""
        earlier = self.get(_EARLIER, [])
        super().flush()
        if earlier:
            Sitting.objects.filter(id__in=earlier).delete()

    @classmethod
    def clear_expired(cls) -> None:
        keyrings.clear_expired(timezone.now())

    # -- keys in hand -------------------------------------------------------------------

    def hold(self, keys: Keys) -> None:
        """Keep `keys` in this sitting's hands."""
        if self.session_key is None:
            self.create()
        keyrings.hold(name_of(self.secret), self.secret.encode(), keys)

    def in_hand(self) -> list[Keys]:
        """Return the keyrings this sitting holds, its teams' included."""
        if not self._get_session() or self.session_key is None:  # type: ignore[attr-defined]
            return []
        return keyrings.in_hand(name_of(self.secret), self.secret.encode())

    def end_others(self, keyring: uuid.UUID) -> None:
        """End every other sitting that has `keyring` in its hands."""
        keyrings.end_sittings(keyring, but=name_of(self.secret))

    def let_go(self, keys: Keys) -> None:
        """Take `keys` out of this sitting's hands."""
        keyrings.let_go(name_of(self.secret), keys.id)

    @property
    def secret(self) -> str:
        """The cookie's secret. Raises RuntimeError before the sitting has one."""
        if self.session_key is None:
            raise RuntimeError("This sitting has not begun.")
        return str(self.session_key)

    # -- the parts ----------------------------------------------------------------------

    def _row(self) -> Sitting | None:
        if self.session_key is None:
            return None
        name = name_of(self.session_key)
        return Sitting.objects.filter(id=name, quiet_at__gt=timezone.now()).first()

    def _key(self) -> bytes:
        return _key_of(self.secret)

    def _insert(self, name: str, sealed: bytes) -> None:
        try:
            with transaction.atomic():
                Sitting.objects.create(id=name, sealed=sealed, quiet_at=_quiet_at())
        except IntegrityError as error:
            raise CreateError from error

    def _leave(self, old: str) -> None:
        """End the sitting of an old secret, or leave it with its receipts and nothing else."""
        name = name_of(old)
        if not keyrings.leave_receipts(name):
            return self.delete(old)
        rest = json.dumps({"begun": True, _EARLIER: self[_EARLIER]}).encode()
        sealed = seal(_key_of(old), rest, _place(name))
        Sitting.objects.filter(id=name).update(sealed=sealed)
        return None

    def _move_keys(self, old: str) -> None:
        keyrings.rehold(name_of(old), old.encode(), name_of(self.secret), self.secret.encode())


class SittingMiddleware(SessionMiddleware):
    """Django's own; a sitting whose row was tampered with is treated as ended."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        try:
            if settings.SESSION_COOKIE_NAME in request.COOKIES:
                request.session._get_session()  # type: ignore[attr-defined]
        except (Tampered, ValueError):
            request.session = SessionStore()


def _key_of(secret: str) -> bytes:
    return derive.from_secret(secret.encode(), "sitting")


def _quiet_at() -> Any:
    """The end of a sitting used now, to the minute: finer would say who typed when."""
    end = timezone.now() + timedelta(minutes=settings.FIRSTHAND_QUIET_MINUTES)
    return end.replace(second=0, microsecond=0) + timedelta(minutes=1)


def _place(name: str) -> bytes:
    return context("sitting", name)
