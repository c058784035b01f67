"""What the pages of telling have in common."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from firsthand.access import door
from firsthand.access.doer import Doer, doer_of, forget
from firsthand.testimony import queries, rules
from firsthand.testimony.answers import Answers, from_sealed, step_values
from firsthand.testimony.models import Testimony
from firsthand.testimony.steps import STEPS
from firsthand.vault.items import OpenItem
from firsthand.vault.sessions import SessionStore


def sitting_of(request: HttpRequest) -> SessionStore:
    """Return this browser's sitting, begun if it was not: keys need somewhere to be held."""
    session = request.session
    if not isinstance(session, SessionStore):
        raise TypeError("Sittings are off: see SESSION_ENGINE.")
    session["begun"] = True
    if session.session_key is None:
        session.save()
    return session


def fresh_sitting_of(request: HttpRequest) -> SessionStore:
    """Return this browser's sitting under a secret that nobody can have known before.

    Signing in has given it a new one already.
    """
    brought = request.session.session_key is not None and not request.user.is_authenticated
    sitting = sitting_of(request)
    if brought:
        sitting.renew()
        forget(request)
    return sitting


def opened(request: HttpRequest, row: Testimony) -> tuple[OpenItem, Answers]:
    """Return a testimony of one's own, open, with its answers."""
    found, fields = door.look_all(doer_of(request), row.item_id)
    return found, from_sealed(fields)


def address(testimony: uuid.UUID, step: str) -> str:
    """Return where a step's page is."""
    if step in ("fits", "files", "check"):
        return reverse(f"testimony:{step}", args=[testimony])
    return reverse("testimony:step", args=[testimony, step])


def own_address(testimony: uuid.UUID) -> str:
    return reverse("testimony:own", args=[testimony])


def after_wishes(row: Testimony, said: Answers) -> str:
    """Return where to go when the wishes of something kept are as they are to be."""
    return address(row.id, "readers") if rules.asks_others(said.wishes) else own_address(row.id)


def after_beginning(doer: Doer, testimony: uuid.UUID) -> str:
    """Return where to go when the first words are kept: to the receipt, if there is one to keep."""
    keys = doer.hands.get(queries.owner_id_of(testimony))
    if keys and keys.words:
        return reverse("testimony:way_back", args=[testimony])
    return address(testimony, rules.step_after("happened"))


def around(row: Testimony, step: str, said: Answers) -> dict[str, Any]:
    """Return what stands around a step's question: the way back, how far, the button's word."""
    if row.stage == rules.KEPT:
        return {"back_url": own_address(row.id), "continue_text": "Save", "kept": True, "row": row}
    back = "" if step == "happened" else address(row.id, rules.step_before(step, said.wishes))
    place = rules.STEPS.index(step) + 2 if step in rules.STEPS else 1
    return {
        "back_url": back,
        "progress": (place, len(rules.STEPS) + 1),
        "continue_text": "Continue",
        "kept": False,
        "row": row,
    }


def changed_elsewhere(
    form: Form, opened: OpenItem, said: Answers, step: str, given: Mapping[str, Any]
) -> bool:
    """Say whether another tab kept something else here since this page was shown."""
    seen = form.cleaned_data.get("seen")
    now = opened.versions.get(step, 0)
    stored = step_values(said, step)
    return (
        seen is not None
        and seen != now
        and any(
            stored[name] != (tuple(value) if isinstance(value, list) else value)
            for name, value in given.items()
        )
    )


def two_versions(
    request: HttpRequest, form: Form, opened: OpenItem, step: str, context: dict[str, Any]
) -> HttpResponse:
    """Show what another tab kept beside what was typed here; the next press keeps this one."""
    typed = request.POST.copy()
    typed["seen"] = str(opened.versions.get(step, 0))
    form.data = typed
    form.add_error(
        None,
        "This was changed in another tab or window since you opened this page. What is kept now "
        "is shown below. What you typed here is still in the boxes: press the button to keep it "
        "instead.",
    )
    kept = [each for each in STEPS[step].in_words(context["answers"]) if each]
    context = {**context, "form": form, "elsewhere": kept or ["Nothing"]}
    return render(request, STEPS[step].template, context, status=409)
