"""The recovery key: shown once, to be printed, and asked back before it counts as kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from firsthand.people import actions, asked, pending
from firsthand.people.forms.passphrase import PassphraseForm
from firsthand.people.forms.sign_up import TypedBackForm
from firsthand.people.sittings import own_keys
from firsthand.people.views.asking import say, user_of
from firsthand.vault import recovery

_SLOT = "recovery key"


def offer(request: HttpRequest, printed: str, *, kept: bool) -> None:
    """Have a recovery key ready to show. `kept` says that it opens the keys already."""
    request.session[_SLOT] = {"printed": printed, "kept": kept, "shown": False}


def is_offered(request: HttpRequest) -> bool:
    """Say whether a recovery key waits to be written down."""
    return _SLOT in request.session


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Show the recovery key until its end is typed back."""
    slot = request.session.get(_SLOT)
    if slot is None:
        return redirect("people:own")
    if request.method == "GET" and slot["shown"] and not slot["kept"]:
        return redirect("people:recovery_new")  # who left the page types the passphrase again
    request.session[_SLOT] = slot | {"shown": True}
    form = TypedBackForm(request.POST or None, printed=slot["printed"])
    if request.method == "POST" and form.is_valid():
        return _keep(request, slot["printed"], kept=slot["kept"])
    context = {"form": form, "groups": slot["printed"].split("-"), "first": slot["kept"]}
    status = 422 if form.is_bound else 200
    return render(request, "people/recovery_key.html", context, status=status)


@require_http_methods(["GET", "POST"])
def skip(request: HttpRequest) -> HttpResponse:
    """Go on without a recovery key, once told what that means."""
    slot = request.session.get(_SLOT)
    if slot is None:
        return redirect("people:own")
    if request.method == "GET":
        return render(request, "people/recovery_skip.html", {"first": slot["kept"]})
    keys = own_keys(request) or pending.waiting(request, user_of(request))
    if slot["kept"] and keys:
        actions.drop_recovery_key(keys)
    del request.session[_SLOT]
    return redirect("people:home")


@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for the passphrase, then draw a new recovery key.

    The one before goes on working until this one is typed back.
    """
    user = user_of(request)
    if own_keys(request) is None:
        return redirect("people:closed")
    form = PassphraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and asked.passphrase_is_right(user, form):
        offer(request, _drawn(request) or recovery.draw(), kept=False)
        return redirect("people:recovery_key")
    context = {"form": form, "again": _drawn(request)}
    status = 422 if form.is_bound else 200
    return render(request, "people/recovery_new.html", context, status=status)


def _drawn(request: HttpRequest) -> str:
    """Return a new key that was shown before and not kept yet: it may be written down already."""
    slot = request.session.get(_SLOT)
    return slot["printed"] if slot and not slot["kept"] else ""


def _keep(request: HttpRequest, printed: str, *, kept: bool) -> HttpResponse:
    if not kept:
        keys = own_keys(request)
        if keys is None:
            return redirect("people:closed")
        actions.keep_recovery_key(keys, printed)
    del request.session[_SLOT]
    say(request, "Your recovery key is set. Keep it somewhere that is safe for you.")
    return redirect("people:home")
