"""Does any of this fit? Entries of the model of harm, suggested with a reason or searched for."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from firsthand.access.doer import doer_of
from firsthand.harms.rules import is_slug
from firsthand.methods.suggest import Suggestion
from firsthand.testimony import actions, rules
from firsthand.testimony.answers import Answers
from firsthand.testimony.fitting import Fit, current_slug, fits_of, found
from firsthand.testimony.forms import FitsForm
from firsthand.testimony.models import Testimony
from firsthand.testimony.suggesting import suggestions
from firsthand.testimony.views import shared
from firsthand.testimony.views.ended import own_or_ended
from firsthand.vault.items import OpenItem


@dataclass(frozen=True)
class Choice:
    """An entry that may be picked, and why it is offered: `suggested`, `picked` or `found`."""

    entry: Fit
    offered: str
    suggestion: Suggestion | None = None


@require_http_methods(["GET", "POST"])
def fits(request: HttpRequest, testimony: uuid.UUID) -> HttpResponse:
    """Offer what may fit; nothing is ever ticked beforehand."""
    row = own_or_ended(request, testimony, "fits")
    if not isinstance(row, Testimony):
        return row
    opened, said = shared.opened(request, row)
    version = said.model_version or _shown_with(request) or current_slug()
    known = fits_of(version)
    if request.method == "POST" and "search" not in request.POST:
        form = FitsForm(request.POST, known=known)
        if form.is_valid():
            return _keep(request, row, opened, said, form, version)
    picked = request.POST.getlist("codes") if request.method == "POST" else list(said.codes)
    choices = _choices(said, version, known, picked, request.POST.get("q", ""))
    offered = " ".join(each.entry.code for each in choices if each.suggestion)
    form = FitsForm(
        request.POST if request.method == "POST" else None,
        known=known,
        initial={"codes": picked, "seen": opened.versions.get("fits", 0), "offered": offered},
    )
    return _page(request, row, said, form, choices, version)


def _shown_with(request: HttpRequest) -> str:
    """The version the page was shown with: another may have come into use since."""
    slug = request.POST.get("version", "")
    return slug if is_slug(slug) and fits_of(slug) else ""


def _choices(
    said: Answers, version: str, known: Mapping[str, Fit], picked: list[str], asked: str
) -> list[Choice]:
    offered = {
        each.code: Choice(known[each.code], "suggested", each)
        for each in suggestions(_whole_text(said), version, known)
    }
    for kind, codes in (("picked", picked), ("found", found(version, known, asked))):
        for code in codes:
            if code in known:
                offered.setdefault(code, Choice(known[code], kind))
    return list(offered.values())


def _whole_text(said: Answers) -> str:
    return "\n".join([said.happened, *said.more.values()])


def _keep(
    request: HttpRequest,
    row: Testimony,
    opened: OpenItem,
    said: Answers,
    form: FitsForm,
    version: str,
) -> HttpResponse:
    picked, suggested = form.cleaned_data["codes"], form.cleaned_data["offered"]
    given = {
        "model_version": version,
        "codes": picked,
        "offered": sorted({*said.offered, *suggested}),
    }
    actions.save(doer_of(request), row, "fits", given, opened)
    if "later" in request.POST:
        return redirect("testimony:way_back", row.id)
    if row.stage == rules.KEPT:
        return redirect("testimony:own", row.id)
    return redirect(shared.address(row.id, rules.step_after("fits")))


def _page(
    request: HttpRequest,
    row: Testimony,
    said: Answers,
    form: FitsForm,
    choices: list[Choice],
    version: str,
) -> HttpResponse:
    context = {
        "version": version,
        "form": form,
        "choices": choices,
        "ticked": set(form["codes"].value() or []),
        "searched": "search" in request.POST,
        "asked": request.POST.get("q", ""),
        **shared.around(row, "fits", said),
    }
    return render(request, "testimony/fits.html", context)
