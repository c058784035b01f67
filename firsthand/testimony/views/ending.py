"""The pages on which a person deletes their own sign-in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.access.doer import doer_of
from firsthand.people import actions as people
from firsthand.people import asked
from firsthand.people.sittings import own_keys, sitting_of
from firsthand.people.views.asking import say, user_of
from firsthand.testimony import ending
from firsthand.testimony.forms import EndSignInForm, KeepByReceiptForm
from firsthand.vault import keyrings, words

_SLOT = "receipt to keep it by"


@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "POST"])
def end_sign_in(request: HttpRequest) -> HttpResponse:
    """Say what is lost, ask for the passphrase once more, and end it."""
    user, keys = user_of(request), own_keys(request)
    if keys is None:
        return redirect("people:closed")
    told, receipt = list(ending.told_with(user)), ending.has_receipt(user)
    form = EndSignInForm(request.POST or None, may_keep=bool(told) and receipt)
    if form.is_valid() and asked.passphrase_is_right(user, form):
        ending.end_sign_in(doer_of(request), user, keep=form.keep)
        request.session.flush()
        return redirect("testimony:goodbye")
    added = bool(keyrings.through([keys]))
    context = {"form": form, "told": told, "receipt": receipt, "added": added}
    status = 422 if form.is_bound else 200
    return render(request, "testimony/end_sign_in.html", context, status=status)


@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "POST"])
def keep_by_receipt(request: HttpRequest) -> HttpResponse:
    """Show nine words; once two are typed back, and the passphrase, they open all of it too."""
    user, keys = user_of(request), own_keys(request)
    if keys is None:
        return redirect("people:closed")
    receipt = words.read(request.session.setdefault(_SLOT, str(words.draw())))
    form = KeepByReceiptForm(request.POST or None, receipt=receipt)
    if form.is_valid() and asked.passphrase_is_right(user, form):
        people.rotate_receipt(keys, receipt, sitting_of(request), user)
        del request.session[_SLOT]
        say(request, "Your receipt words open what you told us. Your sign-in is still there.")
        return redirect("testimony:end_sign_in")
    context = {
        "form": form,
        "words": receipt.finds + receipt.opens,
        "again": ending.has_receipt(user),
    }
    status = 422 if form.is_bound else 200
    return render(request, "testimony/keep_by_receipt.html", context, status=status)


@require_safe
def goodbye(request: HttpRequest) -> HttpResponse:
    """Say that it is done, to anyone: nobody is signed in any more."""
    if request.user.is_authenticated:
        return redirect("people:own")
    return render(request, "testimony/goodbye.html")
