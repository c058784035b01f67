"""A person makes a sign-in."""

import secrets
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from firsthand.people import actions, asked, signals
from firsthand.people.backend import mark_of
from firsthand.people.entering import enter
from firsthand.people.forms.receipts import NOT_THESE
from firsthand.people.forms.sign_up import APART, DROP, SignUpForm
from firsthand.people.models import User
from firsthand.people.sittings import held_receipts, sitting_of
from firsthand.people.views import recovery
from firsthand.people.views.asking import say
from firsthand.vault import ways, words
from firsthand.vault.keys import Keys


@sensitive_post_parameters("passphrase1", "passphrase2", "receipt_words")
@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask for a sign-in name and a passphrase; give keys; go on to the recovery key."""
    if request.user.is_authenticated:
        return redirect("people:home")
    receipts = held_receipts(request)
    to_ask = sum(not keys.words for keys in receipts)
    form = SignUpForm(request.POST or None, has_receipt=bool(receipts), to_ask=to_ask)
    sent = request.method == "POST" and form.is_valid()
    done = _sign_up(request, form, receipts) if sent else None
    return done or _page(request, form, receipts)


def suggestion() -> str:
    """Return five words drawn by the system's dice (about 64 bits)."""
    return " ".join(secrets.choice(words.listed()) for _ in range(5))


def _sign_up(request: HttpRequest, form: SignUpForm, receipts: list[Keys]) -> HttpResponse | None:
    given = form.cleaned_data
    choice = given.get("receipt", APART)
    taken = receipts if choice != APART else []
    if not asked.all_shown(request, taken, given.get("receipt_words", []) if taken else []):
        form.add_error("receipt_words", _not_all(taken))
        return None
    about = mark_of(given["sign_in_name"])
    signals.guessing.send(User, request=request, what=signals.SIGN_IN, about=about)
    try:
        user, keys, printed = actions.sign_up(
            given["sign_in_name"],
            given["passphrase1"],
            taken,
            only_in=sitting_of(request) if choice == DROP else None,
        )
    except actions.NameTaken:
        return _already_theirs(request, form, given)
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


def _not_all(receipts: list[Keys]) -> str:
    count = sum(not keys.words for keys in receipts)
    if count == 1:
        return NOT_THESE
    return (
        f"These are not the words of all {count} receipts that are open. Type the nine words of "
        "each, one after the other, or keep them apart for now."
    )


def _page(request: HttpRequest, form: SignUpForm, receipts: list[Keys]) -> HttpResponse:
    status = 422 if form.is_bound else 200
    others = ways.sign_ins([keys.id for keys in receipts], None)
    context = {"form": form, "suggestion": suggestion(), "others": others}
    return render(request, "people/sign_up.html", context, status=status)
