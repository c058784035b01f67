"""When a sitting has ended while someone was typing: their words stay on the page.

The same answer is given whether or not there is such a testimony, so that it tells a stranger
nothing.
"""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firsthand.access.doer import doer_of
from firsthand.access.refused import Refused
from firsthand.testimony import queries
from firsthand.testimony.answers import PROMPTS
from firsthand.testimony.forms import ReceiptForm
from firsthand.testimony.models import Testimony
from firsthand.testimony.views.receipts import opens
from firsthand.vault import uploads

MESSAGE = "message"  # what they were doing, when it was no step of telling
# What a person typed themselves; the rest is what they ticked, and needs no showing.
_WORDS = {"happened", *PROMPTS, "when", "service", "until", "q", "text"}
_NOT_THEIRS = {"csrfmiddlewaretoken", "receipt", "later", "seen", uploads.AGAIN}


def own_or_ended(request: HttpRequest, testimony: uuid.UUID, step: str) -> HttpResponse | Testimony:
    """Return a testimony of their own, or the page for someone whose sitting has ended."""
    try:
        return queries.own(doer_of(request), testimony)
    except Refused as refused:
        if not refused.hidden:
            raise  # it is theirs, and they hear why it cannot be: it was withdrawn in another tab
        return ended_or_reopened(request, testimony, step)


def ended_or_reopened(
    request: HttpRequest, testimony: uuid.UUID, step: str
) -> HttpResponse | Testimony:
    """Return the testimony if the receipt sent along opens it, else the page that asks for it."""
    if request.method != "POST":
        raise Refused
    form = ReceiptForm(request.POST if "receipt" in request.POST else None)
    if form.is_bound and opens(request, form):
        try:
            return queries.own(doer_of(request), testimony)
        except Refused:
            form.add_error("receipt", "Those words open something else that you told us.")
    return _page(request, form, step)


def _page(request: HttpRequest, form: ReceiptForm, step: str) -> HttpResponse:
    typed = [
        (name, value, name in _WORDS)
        for name, values in request.POST.lists()
        for value in values
        if name not in _NOT_THEIRS and value
    ]
    files = uploads.boxes_of(request)
    context = {"form": form, "typed": typed, "files": files, "sends_files": bool(files)}
    context["telling"] = step != MESSAGE
    return render(request, "testimony/ended.html", context, status=404)
