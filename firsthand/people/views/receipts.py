"""New words for a receipt, for someone who thinks that others have seen the old ones."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from firsthand.people import actions, asked
from firsthand.people.forms.receipts import NOT_THESE, NineWordsForm, WordsBackForm
from firsthand.people.models import User
from firsthand.people.sittings import sitting_of, with_words
from firsthand.people.views.asking import say, warn
from firsthand.vault import ways, words
from firsthand.vault.keys import Keys

_SLOT = "new receipt words"


@sensitive_post_parameters("receipt")
@require_http_methods(["GET", "POST"])
def rotate(request: HttpRequest) -> HttpResponse:
    """Ask for the words there are; then show new ones, which alone open it once typed back."""
    receipts = with_words(request)
    if not receipts:
        raise Http404
    held = [keys for keys in receipts if not keys.words]
    if not held:  # its first words are still to be written down: new ones would be lost with them
        warn(request, "Write down the words you have first. They are shown when you finish.")
        return redirect("testimony:mine")
    keys = _whose_words_were_typed(request, held)
    return _change(request, keys) if keys else _ask(request, held)


def _whose_words_were_typed(request: HttpRequest, held: list[Keys]) -> Keys | None:
    """Return the keys to make new words for. Who leaves the page types the old words again.

    The new ones stay those they were, in case they are written down already.
    """
    slot = request.session.get(_SLOT)
    if slot is None or "receipt" in request.POST or (request.method == "GET" and slot["shown"]):
        return None
    request.session[_SLOT] = slot | {"shown": True}
    return next((keys for keys in held if str(keys.id) == slot["keyring"]), None)


def _ask(request: HttpRequest, held: list[Keys]) -> HttpResponse:
    """Whoever only found this page open does not know the words, and changes nothing."""
    form = NineWordsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        keys = asked.opened_by(request, form.cleaned_data["receipt"])
        if keys and keys.id in {each.id for each in held}:
            _draw(request, str(keys.id))
            return redirect("people:rotate_receipt")
        form.add_error("receipt", NOT_THESE)
    status = 422 if form.is_bound else 200
    return render(request, "people/rotate_ask.html", {"form": form}, status=status)


def _draw(request: HttpRequest, keyring: str) -> None:
    before = request.session.get(_SLOT, {})
    drawn = before["words"] if before.get("keyring") == keyring else str(words.draw())
    request.session[_SLOT] = {"keyring": keyring, "words": drawn, "shown": False}


def _change(request: HttpRequest, keys: Keys) -> HttpResponse:
    if "leave" in request.POST:
        return _leave(request, "Nothing is changed. Your receipt words are the ones you had.")
    user = request.user if isinstance(request.user, User) else None
    others = ways.sign_ins([keys.id], user.keyring_id if user else None).get(keys.id, set())
    receipt = words.read(request.session[_SLOT]["words"])
    form = WordsBackForm(request.POST or None, receipt=receipt)
    if request.method == "POST" and form.is_valid():
        actions.rotate_receipt(keys, receipt, sitting_of(request), user)
        out = " Nor does the sign-in that opened it too." if others else ""
        said = f"Your new receipt words work from now on. The old ones open nothing.{out}"
        return _leave(request, said)
    context = {"form": form, "words": receipt.finds + receipt.opens, "others": others}
    status = 422 if form.is_bound else 200
    return render(request, "people/rotate_receipt.html", context, status=status)


def _leave(request: HttpRequest, said: str) -> HttpResponse:
    del request.session[_SLOT]
    say(request, said)
    return redirect("testimony:mine")
