"""Checking a sign-in name and passphrase. Names are kept as the server's marks only."""

import unicodedata
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from firsthand.people import rules
from firsthand.people.models import User
from firsthand.vault import derive


def mark_of(sign_in_name: str) -> str:
    """Return what stands in the database for a sign-in name: the same however it is typed."""
    plain = unicodedata.normalize("NFKC", sign_in_name).casefold().strip()
    return derive.mark("sign-in name", plain).hex()


class SignInBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's, looking people up by the mark of what they typed."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        name, typed = credentials.get("username"), credentials.get("password")
        if not name or not typed:
            return None
        passphrase = rules.tidy(typed)
        user = User.objects.filter(username=mark_of(name)).first()
        if user is None:
            User().set_password(passphrase)  # as slow as for a name we know
            return None
        known = user.check_password(passphrase) and self.user_can_authenticate(user)
        return user if known else None
