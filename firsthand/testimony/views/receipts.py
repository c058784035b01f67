"""Receipts: shown once they are made, asked back once, and the way to come back."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.access import limits
from firsthand.access.doer import doer_of, forget
from firsthand.people.forms.receipts import what_is_wrong
from firsthand.testimony import actions, queries, rules
from firsthand.testimony.forms import ReceiptForm
from firsthand.testimony.views import shared
from firsthand.vault import keyrings, words
from firsthand.vault.keyrings import Locked
from firsthand.vault.keys import Keys

WRONG = "Those nine words do not open anything here. Check each word and try again."


@require_safe
def way_back(request: HttpRequest, testimony: uuid.UUID) -> HttpResponse:
    """Show the words that bring the person back, for as long as they are not asked back."""
    row = queries.own(doer_of(request), testimony)
    keys = doer_of(request).hands[row.item.owner_id]
    context = {"row": row, "words": keys.words.split(), "finds": words.FINDS}
    return render(request, "testimony/way_back.html", context)


@require_http_methods(["GET", "POST"])
def done(request: HttpRequest, testimony: uuid.UUID) -> HttpResponse:
    """Ask the words back once, and say what happens now."""
    row = queries.own(doer_of(request), testimony)
    keys = doer_of(request).hands[row.item.owner_id]
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _matches(form, keys):
        actions.forget_words(shared.sitting_of(request), keys)
        forget(request)
        return redirect("testimony:done", testimony)
    context = {"row": row, "form": form, "asked": bool(keys.words)}
    context["researchers"] = row.stage == rules.KEPT and queries.researchers_are_here()
    return render(request, "testimony/done.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Open what a receipt opens, and go on to the page that was wanted, if one was."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and opens(request, form):
        return redirect(_onward(request))
    return render(
        request, "testimony/return.html", {"form": form}, status=422 if form.errors else 200
    )


def opens(request: HttpRequest, form: ReceiptForm) -> bool:
    """Take the keys a typed receipt opens into the sitting, or say on the form why not."""
    if not form.is_valid() or (receipt := _read(form)) is None:
        return False
    where = limits.near(request)
    limits.check(limits.RECEIPT, keyrings.locator_of(receipt), near=where)
    try:
        keys = keyrings.by_receipt(receipt)
    except Locked:
        form.add_error("receipt", WRONG)
        return False
    limits.passed(limits.RECEIPT, keyrings.locator_of(receipt), near=where)
    shared.fresh_sitting_of(request).hold(keys)
    forget(request)
    return True


def _onward(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None)
    return wanted if ours else reverse("testimony:mine")


def _matches(form: ReceiptForm, keys: Keys) -> bool:
    receipt = _read(form)
    if receipt is not None and str(receipt) != keys.words:
        form.add_error("receipt", "Those are not the nine words you were given. Look again.")
    return not form.errors


def _read(form: ReceiptForm) -> words.Receipt | None:
    try:
        return words.read(form.cleaned_data["receipt"])
    except words.Misread as misread:
        form.add_error("receipt", what_is_wrong(misread))
        return None
