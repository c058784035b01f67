"""Sources: all of them, adding a pasted one, bringing in reports, taking away and putting back."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.doer import doer_of
from firsthand.access.refused import Refused, not_now
from firsthand.codebook import policies, queries, rules
from firsthand.codebook.actions import passages as coding
from firsthand.codebook.actions import reports
from firsthand.codebook.actions import sources as actions
from firsthand.codebook.forms.projects import ids
from firsthand.codebook.forms.sources import PasteForm
from firsthand.codebook.progress import progress
from firsthand.testimony.queries import shared_for_research


@require_safe
def listing(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """List the sources, and those that were taken away."""
    coder = policies.check_coder(request.user, project)
    context = {
        "coder": coder, "project": coder.project, "lines": progress(coder), "rules": rules,
        "away": coder.project.sources.filter(removed_on__isnull=False).defer("text"),
        "people": queries.coders(coder.project), "withdrawn": queries.withdrawn(coder),
        "told": len(shared_for_research(doer_of(request))),
    }  # fmt: skip
    return render(request, "codebook/sources.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, project: uuid.UUID) -> HttpResponseBase:
    """Add a source by pasting its text."""
    coder = policies.check_coder(request.user, project)
    form = PasteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        row = actions.add(coder, **form.cleaned_data)
        messages.success(request, f"Source {row.number} is added.")
        return redirect("codebook:sources", project)
    context = {"form": form, "coder": coder, "project": coder.project}
    status = 422 if form.is_bound else 200
    return render(request, "codebook/source_add.html", context, status=status)


@require_POST
def bring_in(request: HttpRequest, project: uuid.UUID) -> HttpResponseBase:
    """Bring in the reports that the project's review included."""
    coder = policies.check_coder(request.user, project)
    found = reports.bring_in(coder)
    said = f"{len(found)} reports are brought in." if found else "There is no new report."
    messages.success(request, said)
    return redirect("codebook:sources", project)


@require_POST
def told(request: HttpRequest, project: uuid.UUID) -> HttpResponseBase:
    """Bring in what people shared for research with one's team: as places, without the words."""
    coder = policies.check_coder(request.user, project)
    found = actions.add_told(coder, shared_for_research(doer_of(request)))
    said = f"{len(found)} are brought in." if found else "Nothing new is shared with your team."
    messages.success(request, said)
    return redirect("codebook:sources", project)


@require_POST
def take_away(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponseBase:
    """Take a source away; the list can put it back."""
    coder = policies.check_owner(request.user, project)
    row = queries.source(coder.project, source)
    actions.take_away(coder, row)
    messages.success(request, f"Source {row.number} is taken away. You can put it back below.")
    return redirect("codebook:sources", project)


@require_POST
def put_back(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponseBase:
    """Put a source back that was taken away."""
    coder = policies.check_owner(request.user, project)
    row = coder.project.sources.filter(id=source).first()
    if row is None:
        raise Refused
    actions.put_back(coder, row)
    messages.success(request, f"Source {row.number} is back.")
    return redirect("codebook:sources", project)


@require_POST
def ask(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponseBase:
    """Ask someone to code a source, or take the asking back."""
    owner = policies.check_owner(request.user, project)
    row = queries.source(owner.project, source)
    named = ids([request.POST.get("who", "")])
    if not named:
        raise not_now("Choose who is to code it.")
    who = queries.coder(owner.project, named[0])
    if "back" in request.POST:
        coding.take_asking_back(owner, row, who)
        said = f"{who.user.name} is not asked to code source {row.number} any more."
        messages.success(request, f"{said} You can ask again.")
        return redirect("codebook:sources", project)
    coding.ask(owner, row, who)
    messages.success(request, f"{who.user.name} is asked to code source {row.number}.")
    return redirect("codebook:sources", project)
