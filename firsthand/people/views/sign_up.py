"""A person makes a sign-in."""

import secrets
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from firsthand.people import actions, signals
from firsthand.people.backend import mark_of
from firsthand.people.entering import enter
from firsthand.people.forms.sign_up import APART, KEEP, SignUpForm
from firsthand.people.models import User
from firsthand.people.sittings import held_receipts
from firsthand.people.views import recovery
from firsthand.people.views.asking import say
from firsthand.vault import words
from firsthand.vault.keys import Keys


@sensitive_post_parameters("passphrase1", "passphrase2")
@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask for a sign-in name and a passphrase; give keys; go on to the recovery key."""
    if request.user.is_authenticated:
        return redirect("people:home")
    receipts = held_receipts(request)
    form = SignUpForm(request.POST or None, has_receipt=bool(receipts))
    sent = request.method == "POST" and form.is_valid()
    return (_sign_up(request, form, receipts) if sent else None) or _page(request, form)


def suggestion() -> str:
    """Return five words drawn by the system's dice (about 64 bits)."""
    return " ".join(secrets.choice(words.listed()) for _ in range(5))


def _sign_up(request: HttpRequest, form: SignUpForm, receipts: list[Keys]) -> HttpResponse | None:
    given = form.cleaned_data
    choice = given.get("receipt", APART)
    own = receipts[0] if receipts and choice != APART else None
    about = mark_of(given["sign_in_name"])
    signals.guessing.send(User, request=request, what=signals.SIGN_IN, about=about)
    try:
        user, keys, printed = actions.sign_up(
            given["sign_in_name"], given["passphrase1"], own, keep=choice == KEEP
        )
    except actions.NameTaken:
        return _already_theirs(request, form, given)
    if own:
        for receipt in receipts[1:]:
            actions.add_receipt(user, receipt)
    recovery.offer(request, printed, kept=True)
    return enter(request, user, keys, reverse("people:recovery_key"))


def _already_theirs(
    request: HttpRequest, form: SignUpForm, given: dict[str, Any]
) -> HttpResponse | None:
    """A form sent twice meets the sign-in its first half made; anyone else needs another name."""
    typed = given["passphrase1"]
    user = get_adapter().authenticate(request, username=given["sign_in_name"], password=typed)
    if user is None:
        form.add_error("sign_in_name", "That sign-in name is in use. Please make up another.")
        return None
    say(request, "You had made this sign-in before, so we have signed you in.")
    keys = actions.keys_by_passphrase(user, typed)
    return enter(request, user, keys, reverse("people:own"))


def _page(request: HttpRequest, form: SignUpForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"form": form, "suggestion": suggestion()}
    return render(request, "people/sign_up.html", context, status=status)
