"""What opened a sitting is asked for once more before something lasting is done with its keys.

Whoever comes to a screen left open sees what is on it. They must not be able to keep it for ever,
or to shut its owner out. Each try is counted like any other (`access.limits`).
"""

from collections.abc import Iterable

from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest

from firsthand.people import signals
from firsthand.people.models import User
from firsthand.vault import keyrings, words
from firsthand.vault.keys import Keys


def opened_by(request: HttpRequest, receipt: words.Receipt) -> Keys | None:
    """Return the keys that the words of a receipt open. Slow."""
    about = keyrings.locator_of(receipt)
    with_limit = {"request": request, "what": signals.RECEIPT, "about": about}
    signals.guessing.send(User, **with_limit)
    try:
        keys = keyrings.by_receipt(receipt)
    except keyrings.Locked:
        return None
    signals.guessed_right.send(User, **with_limit)
    return keys


def all_shown(
    request: HttpRequest, receipts: Iterable[Keys], typed: Iterable[words.Receipt]
) -> bool:
    """Say whether the words of every one of `receipts` were typed. Slow.

    Those never asked back are still on the screen: asking for them would show nothing.
    """
    opened = {keys.id for each in typed if (keys := opened_by(request, each))}
    return {keys.id for keys in receipts if not keys.words} <= opened


def passphrase_is_right(user: User, form: forms.Form) -> bool:
    """Say whether the passphrase typed is the user's, and if not, say so on the form."""
    if get_adapter().reauthenticate(user, form.cleaned_data["passphrase"]):
        return True
    form.add_error("passphrase", "That is not your passphrase. Please try again.")
    return False
