"""Who may read: what is asked depends on what was wished for and on who reads already."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from firsthand.testimony import queries, rules
from firsthand.testimony.answers import Answers
from firsthand.testimony.models import Testimony
from firsthand.testimony.sharing_forms import ReadersForm
from firsthand.testimony.views import shared

FIRST = (
    "To share it, first choose what for: to be put in touch with someone independent, or to get "
    "an answer from the service."
)


def form_for(row: Testimony, said: Answers, **kwargs: Any) -> ReadersForm:
    """Return the form with the teams that can be chosen and those that can read already."""
    asked, learning = ([grant.team for grant in each] for each in queries.readers(row))
    return ReadersForm(wishes=said.wishes, reading=asked, but_not=learning, **kwargs)


def form_to_ask(row: Testimony, said: Answers, shown: dict[str, Any]) -> ReadersForm:
    """Return the form as it is shown first: ticked is who was chosen, or who reads already."""
    over = rules.is_over(said.until, timezone.localdate())
    if over and row.stage == rules.DRAFT and said.teams:
        return form_for(row, said, data=shown)  # says at once that the day has passed
    form = form_for(row, said, initial={**shown, "until": "" if over else said.until})
    if row.stage == rules.KEPT:
        form.initial["teams"] = form.reading
    return form


def wishes_first(form: ReadersForm, said: Answers) -> bool:
    """Say whether there is nothing to choose yet, as nobody was wished for who could read."""
    return not form.choosable and not rules.asks_others(said.wishes)


def to_wishes(request: HttpRequest, row: Testimony) -> HttpResponse:
    """Go and ask what sharing is to be for."""
    messages.info(request, FIRST)
    return redirect(shared.address(row.id, "wishes"))
