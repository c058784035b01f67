"""Your sign-in: passphrase, recovery key, second step, receipts."""

from allauth.account.adapter import get_adapter
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.people import actions, queries, rules
from firsthand.people.forms.closed import ClosedForm
from firsthand.people.forms.passphrase import ChangePassphraseForm
from firsthand.people.models import User
from firsthand.people.sittings import held_receipts, opens_besides, own_keys, sitting_of
from firsthand.people.views.asking import say, user_of
from firsthand.people.views.sign_up import suggestion
from firsthand.vault.keys import Keys


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show what there is to one's sign-in."""
    user = user_of(request)
    keys = own_keys(request)
    return render(
        request,
        "people/own.html",
        {
            "user": user,
            "closed": keys is None,
            "two_steps": queries.has_two_steps(user),
            "has_recovery_key": queries.has_recovery_key(user),
            "receipts": [] if user.is_staff_role or keys is None else held_receipts(request),
            "besides": opens_besides(keys) if keys else set(),
            "in_teams": user.role in rules.MAY_BE_IN_TEAMS,
            "waiting": queries.waiting_to_be_let_in(user),
        },
    )


@sensitive_post_parameters("now", "passphrase1", "passphrase2")
@require_http_methods(["GET", "POST"])
def passphrase(request: HttpRequest) -> HttpResponse:
    """Change the passphrase: the same keys, under the new one."""
    user, keys = user_of(request), own_keys(request)
    if keys is None:
        return redirect("people:closed")
    form = ChangePassphraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if get_adapter().reauthenticate(user, form.cleaned_data["now"]):
            return _changed(request, user, keys, form.cleaned_data["passphrase1"])
        form.add_error("now", "That is not your passphrase. Please try again.")
    context = {"form": form, "suggestion": suggestion()}
    return render(request, "people/passphrase.html", context, status=422 if form.is_bound else 200)


@sensitive_post_parameters("recovery_key", "passphrase")
@require_http_methods(["GET", "POST"])
def closed(request: HttpRequest) -> HttpResponse:
    """Say that someone else has set the passphrase, and open the keys by the recovery key."""
    user = user_of(request)
    if own_keys(request):
        return redirect("people:home")
    if user.keyring_id is None:
        return render(request, "people/shut_out.html")
    form = ClosedForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (keys := _opened(user, form)):
        sitting_of(request).hold(keys)
        say(request, "Your words are open again, with the passphrase you have now.")
        return redirect("people:home")
    context = {"form": form, "user": user}
    return render(request, "people/closed.html", context, status=422 if form.is_bound else 200)


def _changed(request: HttpRequest, user: User, keys: Keys, typed: str) -> HttpResponse:
    actions.change_passphrase(user, keys, typed)
    update_session_auth_hash(request, user)
    sitting_of(request).end_others(keys.id)
    say(request, "Your passphrase is changed. Anywhere else you were signed in, you are out now.")
    return redirect("people:own")


def _opened(user: User, form: ClosedForm) -> Keys | None:
    given = form.cleaned_data
    if not get_adapter().reauthenticate(user, given["passphrase"]):
        form.add_error("passphrase", "That is not the passphrase you signed in with.")
        return None
    keys = actions.keys_by_recovery_key(user, given["recovery_key"])
    if keys is None:
        form.add_error("recovery_key", "That recovery key does not open your words.")
        return None
    actions.open_by(keys, given["passphrase"])
    return keys
