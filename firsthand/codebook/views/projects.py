"""My coding projects; beginning one; its front page, who takes part, its history."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.access.refused import Refused
from firsthand.codebook import policies, queries
from firsthand.codebook.actions import projects as actions
from firsthand.codebook.forms.projects import ProjectForm
from firsthand.evidence.models import Review
from firsthand.evidence.queries import reviews_of
from firsthand.people.models import User


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
    context = {"coder": coder, "project": coder.project}
    return render(request, "codebook/project.html", context)


def _reviews(user: User) -> list[Review]:
    return [each.review for each in reviews_of(user)]
