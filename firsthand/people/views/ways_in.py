"""What a sign-in opens, and what else opens it: a receipt added, and everything else shut out."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from firsthand.people import actions, asked, queries
from firsthand.people.forms.passphrase import PassphraseForm
from firsthand.people.forms.receipts import NOT_THESE, NineWordsForm
from firsthand.people.sittings import held_receipts, opens_besides, own_keys, sitting_of
from firsthand.people.views.asking import say, user_of
from firsthand.vault.keys import Keys


@sensitive_post_parameters("receipt")
@require_http_methods(["GET", "POST"])
def add_receipt(request: HttpRequest) -> HttpResponse:
    """Let the sign-in open what a receipt in hand opens, once its nine words are typed."""
    user, receipts = user_of(request), held_receipts(request)
    if own_keys(request) is None:
        return redirect("people:closed")
    if not receipts:
        return redirect("people:own")
    shown = [keys for keys in receipts if keys.words]  # on the screen: nothing to ask
    form = (forms.Form if shown else NineWordsForm)(request.POST if _sent(request) else None)
    if form.is_valid() and (chosen := shown or _typed(request, form, receipts)):
        for keys in chosen:
            actions.add_receipt(user, keys)
        say(request, "Your sign-in opens it now. The receipt words still do too.")
        return redirect("people:home")
    status = 422 if form.is_bound else 200
    return render(request, "people/add_receipt.html", {"form": form}, status=status)


@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "POST"])
def only_way(request: HttpRequest) -> HttpResponse:
    """Shut out whatever else opens the sign-in's own keys, once the passphrase is typed."""
    user, keys = user_of(request), own_keys(request)
    if keys is None:
        return redirect("people:closed")
    besides = opens_besides(keys)
    if not besides:
        return redirect("people:own")
    form = PassphraseForm(request.POST if _sent(request) else None)
    if form.is_valid() and asked.passphrase_is_right(user, form):
        actions.be_only_way(user, [keys], sitting_of(request))
        say(request, "Done. Only your passphrase and your recovery key open it now.")
        return redirect("people:own")
    context = {
        "form": form,
        "besides": besides,
        "has_recovery_key": queries.has_recovery_key(user),
    }
    return render(request, "people/only_way.html", context, status=422 if form.is_bound else 200)


def _sent(request: HttpRequest) -> bool:
    return request.method == "POST"


def _typed(request: HttpRequest, form: forms.Form, receipts: list[Keys]) -> list[Keys]:
    """Return the one of `receipts` whose words were typed; none, and say so, when they were not."""
    keys = asked.opened_by(request, form.cleaned_data["receipt"])
    found = [each for each in receipts if keys and each.id == keys.id]
    if not found:
        form.add_error("receipt", NOT_THESE)
    return found
