"""Putting what was coded beneath a draft of the model."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from firsthand.codebook import policies, to_the_model
from firsthand.harms.views import handing


@require_http_methods(["GET", "HEAD", "POST"])
def beneath(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Choose a draft that one edits, look at what would be put there, put it."""
    coder = policies.check_coder(request.user, project)
    return handing.page(
        request, "codebook/beneath.html", {"project": coder.project},
        lambda by, _: to_the_model.preview(coder, by.version),
        lambda by, _: to_the_model.hand_down(coder, by.version),
    )  # fmt: skip
