"""The passphrase is lost: the recovery key opens the keys, and a new passphrase is chosen.

Where there is a second step it is passed before that, never after: else whoever has the recovery
key could choose a passphrase, and then have both of what takes a second step away.
"""

import uuid

from allauth.account.adapter import get_adapter
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from firsthand.people import actions, pending, queries, signals
from firsthand.people.backend import mark_of
from firsthand.people.entering import enter
from firsthand.people.forms.closed import LostStepForm
from firsthand.people.forms.passphrase import NewPassphraseForm
from firsthand.people.forms.sign_up import LostForm
from firsthand.people.models import User
from firsthand.people.sittings import own_keys, sitting_of
from firsthand.people.views import recovery as recovery_pages
from firsthand.people.views.sign_up import suggestion
from firsthand.vault import keyrings, recovery
from firsthand.vault.keys import Keys
from firsthand.vault.rules import RECOVERY

_SLOT = "whose passphrase is lost"
_NOBODY = uuid.UUID(int=0)
_NO_MATCH = (
    "That sign-in name and recovery key do not go together. If you have made a newer recovery "
    "key since, use that one."
)
_NOT_ALL = (
    "Those three do not go together. If you work for a service or as an advocate, this page is not "
    "for you: ask the steward."
)


@sensitive_post_parameters("recovery_key")
@require_http_methods(["GET", "POST"])
def lost(request: HttpRequest) -> HttpResponse:
    """Ask for the sign-in name and the recovery key."""
    if request.user.is_authenticated:
        return redirect("people:own")
    form = LostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if found := _opened(request, form.cleaned_data):
            return _go_on(request, *found)
        form.add_error("recovery_key", _NO_MATCH)
    status = 422 if form.is_bound else 200
    return render(request, "people/lost.html", {"form": form}, status=status)


@sensitive_post_parameters("passphrase1", "passphrase2")
@require_http_methods(["GET", "POST"])
def lost_new(request: HttpRequest) -> HttpResponse:
    """Ask for the new passphrase, and let them in if they are not in yet."""
    found = _proven(request)
    if found is None:
        return redirect("people:lost")
    form = NewPassphraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _changed(request, *found, form.cleaned_data["passphrase1"])
    context = {"form": form, "suggestion": suggestion()}
    return render(request, "people/lost_new.html", context, status=422 if form.is_bound else 200)


@sensitive_post_parameters("recovery_key", "passphrase")
@require_http_methods(["GET", "POST"])
def lost_step(request: HttpRequest) -> HttpResponse:
    """Let a person in without the second step who has everything else; take that step away."""
    if request.user.is_authenticated:
        return redirect("people:own")
    form = LostStepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        found = _opened(request, given)
        known = found and get_adapter().authenticate(
            request, username=given["sign_in_name"], password=given["passphrase"]
        )
        if found and known and not found[0].is_staff_role:
            actions.forget_second_step(found[0])
            return enter(request, *found, reverse("mfa_index"))
        form.add_error(None, _NOT_ALL)
    status = 422 if form.is_bound else 200
    return render(request, "people/lost_step.html", {"form": form}, status=status)


def _opened(request: HttpRequest, given: dict[str, str]) -> tuple[User, Keys] | None:
    about = mark_of(given["sign_in_name"])
    with_limit = {"request": request, "what": signals.RECOVERY, "about": about}
    signals.guessing.send(User, **with_limit)
    user = User.objects.filter(username=about, is_active=True).first()
    keys = actions.keys_by_recovery_key(user, given["recovery_key"]) if user else None
    if user is None or keys is None:
        return None
    signals.guessed_right.send(User, **with_limit)
    return user, keys


def _go_on(request: HttpRequest, user: User, keys: Keys) -> HttpResponse:
    """Go to the second step, if there is one, and only then to the new passphrase."""
    onward = reverse("people:lost_new")
    if queries.has_two_steps(user):
        return enter(request, user, keys, onward, by=RECOVERY)
    pending.wait(request, user, keys, RECOVERY)
    request.session[_SLOT] = str(user.id)
    return redirect(onward)


def _proven(request: HttpRequest) -> tuple[User, Keys] | None:
    """Return who has shown all that is asked before a new passphrase, with their keys."""
    if isinstance(request.user, User):
        keys = own_keys(request) if pending.passphrase_is_lost(request) else None
        return (request.user, keys) if keys else None
    user = User.objects.filter(id=request.session.get(_SLOT, _NOBODY), is_active=True).first()
    if user is None or queries.has_two_steps(user):
        return None
    keys = pending.waiting(request, user)
    return (user, keys) if keys else None


def _changed(request: HttpRequest, user: User, keys: Keys, passphrase: str) -> HttpResponse:
    onward, sitting = reverse("people:recovery_key"), sitting_of(request)
    actions.change_passphrase(user, keys, passphrase)
    recovery_pages.offer(request, recovery.draw(), kept=False)
    if request.user.is_authenticated:
        pending.passphrase_is_found(request)
        update_session_auth_hash(request, user)
        sitting.end_others(keys.id)
        return redirect(onward)
    keyrings.end_sittings(keys.id)
    sitting.pop(_SLOT)
    return enter(request, user, keys, onward)
