"""Signing someone in whose passphrase, invitation or recovery key was right."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from firsthand.people import pending
from firsthand.people.models import User
from firsthand.vault.keys import Keys
from firsthand.vault.rules import PASSPHRASE


def enter(
    request: HttpRequest,
    user: User,
    keys: Keys | None,
    onward: str | None = None,
    *,
    by: str = PASSPHRASE,
) -> HttpResponse:
    """Go on to the second step or straight in; return the redirect there.

    `keys`, opened by a lock of kind `by`, come into hand only when every step is passed. `onward`
    is where to go then; without keys it is the page that says why they are closed.
    """
    pending.wait(request, user, keys, by)
    login = Login(user=user, redirect_url=onward if keys else reverse("people:home"))
    # No credentials are handed on: allauth would keep the sign-in name in the sitting.
    response: HttpResponse = perform_password_login(request, {}, login)
    return response
