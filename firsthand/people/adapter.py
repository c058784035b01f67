"""How allauth behaves here: our words, our limits, no notices by e-mail, secrets sealed."""

import base64
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as this
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from firsthand.people import rules, signals
from firsthand.people.backend import mark_of
from firsthand.people.models import User
from firsthand.vault import derive
from firsthand.vault.rules import context
from firsthand.vault.seal import seal, unseal

# How long after a passphrase or code it is not asked for again, in seconds.
_FRESH = 300
NO_MATCH = "That sign-in name and passphrase do not go together. Please try again."
_SAID = {
    "mfa/messages/totp_activated.txt": (
        "Your app is set up. We will ask for its code when you sign in."
    ),
    "mfa/messages/totp_deactivated.txt": "The app is taken away. We will not ask for its codes.",
    "mfa/messages/webauthn_added.txt": "Your passkey is set up.",
    "mfa/messages/webauthn_removed.txt": "That passkey is taken away.",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is ours (it makes keys); allauth's own is closed."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": NO_MATCH,
        "incorrect_password": "That is not your passphrase. Please try again.",
    }

    def is_open_for_signup(self, request: object) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Check a sign-in name and passphrase, slowing down whoever guesses."""
        about = mark_of(credentials.get("username") or "")
        with_limit = {"request": request, "what": signals.SIGN_IN, "about": about}
        signals.guessing.send(User, **with_limit)
        user = authenticate(request, **credentials)
        if isinstance(user, User):
            signals.guessed_right.send(User, **with_limit)
            return user
        return None

    def reauthenticate(self, user: User, password: str) -> bool:
        """Check the passphrase of someone who is signed in."""
        with_limit = {"request": this.request, "what": signals.SIGN_IN, "about": user.username}
        signals.guessing.send(User, **with_limit)
        right = user.is_active and user.check_password(rules.tidy(password))
        if right:
            signals.guessed_right.send(User, **with_limit)
        return bool(right)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again before the second step is changed, unless they signed in just now."""
        request = this.request
        records = get_authentication_records(request, request.user)
        return not any(time.time() - each["at"] < _FRESH for each in records)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: object = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what happened in our own words, or nothing."""
        if sentence := message or _SAID.get(message_template or ""):
            messages.add_message(request, level, sentence)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_login"))


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """What an app or a passkey shows, and how its secrets are kept."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right, or it has run out. Please try the newest one.",
        "cannot_delete_authenticator": (
            "Your role needs a second step. Set up another way first, then take this one away."
        ),
        "cannot_generate_recovery_codes": "Set up a second step first.",
    }

    def encrypt(self, text: str) -> str:
        sealed = seal(_key(), text.encode(), _PLACE)
        return base64.b64encode(sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(_key(), base64.b64decode(encrypted_text), _PLACE).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keep at least one way of passing the second step."""
        kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=kinds)
        spare: bool = others.exclude(pk=authenticator.pk).exists()
        return spare or not authenticator.user.is_staff_role

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send none: an e-mail would tell that someone has a sign-in here."""

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {count + 1}"

    def _get_user_identifier(self, user: User) -> str:
        return user.name or "your sign-in"

    def _get_site_name(self) -> str:
        return str(settings.FIRSTHAND_SITE_NAME)

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        name = self._get_user_identifier(user)
        return {"id": user.id.bytes, "display_name": name, "name": name}


_PLACE = context("second step")


def _key() -> bytes:
    return derive.from_secret(settings.FIRSTHAND_SERVER_KEY, "second step")
