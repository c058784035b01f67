"""My coding projects; beginning one; its front page, who takes part, its history."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.refused import Refused, not_now
from firsthand.codebook import policies, queries, rules
from firsthand.codebook.actions import projects as actions
from firsthand.codebook.forms.projects import CoderForm, ProjectForm
from firsthand.codebook.progress import next_for, progress
from firsthand.evidence.models import Review
from firsthand.evidence.queries import reviews_of
from firsthand.people.models import User

# What someone coded is told on the pages, once it may be seen; never by the history.
_NOT_TOLD = (
    "passage coded", "code taken off", "code put back", "memo written", "source memo written",
    "lost passage placed", "lost passage dropped", "lost passage taken back",
)  # fmt: skip
_NEWEST = 200


def user_of(request: HttpRequest) -> User:
    """Return who is signed in: the permission table has asked before."""
    if not isinstance(request.user, User):
        raise Refused
    return request.user


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the coding projects that someone takes part in."""
    context = {"coders": queries.projects_of(user_of(request))}
    return render(request, "codebook/projects.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a project."""
    user = user_of(request)
    posted = request.POST if request.method == "POST" else None
    form = ProjectForm(
        posted, reviews=_reviews(user), initial={"review": request.GET.get("review", "")}
    )
    if form.is_valid():
        coder = actions.make(user, form.wanted)
        messages.success(request, "The project has begun. Add the texts that you will code next.")
        return redirect("codebook:project", coder.project_id)
    context = {"form": form, "project": None}
    return render(request, "codebook/about.html", context, status=422 if form.is_bound else 200)


@require_safe
def project(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Show a project: its question, how far everyone is, what is next."""
    coder = policies.check_coder(request.user, project)
    lines = progress(coder)
    codes = queries.codes(coder.project).count()
    context = {
        "coder": coder, "project": coder.project, "lines": lines, "codes": codes,
        "people": queries.coders(coder.project), "next": next_for(coder, lines, codes),
        "rules": rules, "mine": queries.visible_passages(coder).filter(coder=coder).count(),
    }  # fmt: skip
    return render(request, "codebook/project.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Change what a project says of itself."""
    coder = policies.check_owner(request.user, project)
    reviews = _reviews(coder.user)
    if coder.project.review and coder.project.review not in reviews:
        reviews.append(coder.project.review)
    posted = request.method == "POST"
    form = (
        ProjectForm(request.POST, reviews=reviews)
        if posted
        else ProjectForm.of(coder.project, reviews)
    )
    if form.is_valid():
        actions.change(coder, form.wanted)
        messages.success(request, "The project is saved. The history keeps how it was before.")
        return redirect("codebook:project", project)
    context = {"form": form, "project": coder.project}
    return render(request, "codebook/about.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def coders(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Show who takes part; an owner adds someone."""
    coder = policies.check_coder(request.user, project)
    if request.method == "POST" and not coder.is_owner:
        raise not_now("Only an owner of this project adds people to it. Ask one of them.")
    people = queries.could_join(coder.project)
    form = CoderForm(request.POST if request.method == "POST" else None, people=people)
    if form.is_valid():
        actions.add_coder(coder, form.user, form.cleaned_data["role"])
        messages.success(request, f"{form.user.name} takes part now.")
        return redirect("codebook:coders", project)
    context = {
        "form": form, "coder": coder, "project": coder.project,
        "people": queries.coders(coder.project), "rules": rules,
    }  # fmt: skip
    return render(request, "codebook/coders.html", context, status=422 if form.is_bound else 200)


@require_POST
def coder_end(request: HttpRequest, project: uuid.UUID, coder: uuid.UUID) -> HttpResponse:
    """Take someone out; an owner may leave where another stays."""
    owner = policies.check_owner(request.user, project)
    row = queries.coder(owner.project, coder)
    actions.end_coder(owner, row)
    messages.success(request, f"{row.user.name} takes part no longer.")
    if row.id == owner.id:
        return redirect("codebook:projects")
    return redirect("codebook:coders", project)


@require_safe
def history(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Show what was done, the newest first, but for what tells how someone coded."""
    coder = policies.check_coder(request.user, project)
    rows = coder.project.trail.exclude(did__in=_NOT_TOLD).select_related("by")
    lines = rows.order_by("-at", "id")[:_NEWEST]
    context = {"project": coder.project, "lines": lines, "newest": _NEWEST}
    return render(request, "codebook/history.html", context)


def _reviews(user: User) -> list[Review]:
    return [each.review for each in reviews_of(user)]
