"""Coding twice: which sources were drawn, and how far coders agree on each code."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from markupsafe import Markup

from firsthand.access.downloads import attachment
from firsthand.access.refused import not_now
from firsthand.codebook import afterwards, agreeing, policies, queries, rules, settling
from firsthand.codebook.actions import double as actions
from firsthand.codebook.forms.double import DrawForm
from firsthand.codebook.models import Coder, Source
from firsthand.methods.agreement import CodeAgreement, telling
from firsthand.methods.agreement.plot import plot

ASKED_NO_MORE = "Asked no more"  # whoever is drawn is asked at once, until an owner takes it back
CSV, JSON, SVG = "text/csv; charset=utf-8", "application/json", "image/svg+xml"


@require_http_methods(["GET", "HEAD", "POST"])
def twice(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Show what was drawn and how far it is; let an owner draw."""
    coder = policies.check_coder(request.user, project)
    coders = list(queries.coders(coder.project))
    posted = request.POST if request.method == "POST" else None
    if posted is not None and not coder.is_owner:
        raise not_now("An owner of the project draws the sources that two people code.")
    form = DrawForm(posted, coders=coders, percent=coder.project.double)
    if form.is_valid():
        row = actions.draw(coder, form.cleaned_data["percent"], form.chosen)
        messages.success(request, f"Drawn: {row.drawn.count()} of {len(row.pool)} sources.")
        return redirect("codebook:twice", project)
    context = {
        "coder": coder, "project": coder.project, "form": form, "coders": coders,
        "draws": coder.project.draws.select_related("by__user").prefetch_related("drawn__source"),
        "drawn": _drawn(coder), "others": _others(coder), "rules": rules,
        "could": len(settling.could_be_drawn(coder.project, coders)),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "codebook/twice.html", context, status=status)


def _drawn(coder: Coder) -> list[tuple[Source, list[tuple[str, str]], bool]]:
    """Return each drawn source, how each of the two is, and whether it can be compared."""
    finished = agreeing.finished_by(coder.project)
    found = []
    for each in settling.doubled(coder.project):
        stand = {it.coder_id: it.stands for it in each.source.workings.all()}
        two = [
            (who.user.name, rules.WORKINGS[stand[who.id]] if who.id in stand else ASKED_NO_MORE)
            for who in (each.first, each.second)
        ]
        found.append((each.source, two, each.source_id in finished))
    return found


def _others(coder: Coder) -> list[Source]:
    """Return the sources that two have finished without having been drawn."""
    finished = agreeing.finished_by(coder.project)
    rows = queries.sources(coder.project).filter(id__in=finished, doubled=None)
    return list(rows)


@require_safe
def agreement(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Show how far coders agree on each code, with intervals, and a plot."""
    coder = policies.check_coder(request.user, project)
    found = agreeing.agreed(coder)
    # A code that nobody gave says nothing here; the files have it all the same.
    given = tuple(each for each in found.codes if each.spans)
    context = {
        "coder": coder, "project": coder.project, "found": found, "given": given,
        "touched": afterwards.touched(coder, counted=True),
        "columns": ("Code", *_NAMES, "Sources", "Passages"),
        "rows": [_row(each) for each in given], "why": telling.whys(given),
        "plot": Markup(plot(given, "Alpha of each code")) if given else "",  # noqa: S704  # escaped there
        "points": sum(each.length for each in found.sources),
    }  # fmt: skip
    return render(request, "codebook/agreement.html", context)


_NAMES = (telling.ALPHA, telling.SENTENCE, telling.F1, telling.POSITIVE, telling.PREVALENCE)


def _row(each: CodeAgreement) -> tuple[str, ...]:
    cells = (telling.cell(name, it) for name, it in telling.measures(each))
    return (each.code, *cells, f"{each.places:,} of {each.documents:,}", f"{each.spans:,}")


@require_safe
def agreement_file(request: HttpRequest, project: uuid.UUID, form: str) -> HttpResponse:
    """Give the figures as CSV or JSON, or the plot as SVG."""
    coder = policies.check_coder(request.user, project)
    found = agreeing.agreed(coder)
    if form == "svg":
        return attachment(plot(found.codes, "Alpha of each code"), "agreement.svg", SVG)
    if form == "json":
        return attachment(afterwards.as_json(coder, found), "agreement.json", JSON)
    return attachment(telling.as_csv(found.codes), "agreement.csv", CSV)
