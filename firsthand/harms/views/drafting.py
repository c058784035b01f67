"""What the pages of a draft share: who comes in, and a form whose change may be refused."""

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from firsthand.access.refused import Refused, not_now
from firsthand.harms import drafts, policies
from firsthand.harms.models import Editor

Done = TypeVar("Done")
BOTH = ["GET", "HEAD", "POST"]


def editing(request: HttpRequest, draft: uuid.UUID) -> Editor:
    """Return the editor who asks, of a draft that may still change. Raises Refused."""
    by = policies.check_editor(request.user, draft)
    if by.version.published:
        raise not_now(policies.PUBLISHED)
    return by


def attempt(
    form: Form, do: Callable[[], Done], seen: Callable[[], str] | None = None
) -> Done | None:
    """Do what a sound form asks. A refusal becomes the form's, and nothing typed is lost.

    `seen` gives the mark of how things stand now: saved again, the form goes on from there.
    """
    if not form.is_valid():
        return None
    try:
        return do()
    except Refused as refused:
        if refused.hidden:
            raise
        form.add_error(None, refused.sentence)
    if seen is not None and isinstance(form.data, QueryDict):
        again = form.data.copy()
        again["seen"] = seen()
        form.data = again
    return None


def ask(request: HttpRequest, page: str, by: Editor, form: Form, **more: Any) -> HttpResponse:
    """Show a page with a form; 422 when what was sent was not taken."""
    told = {"form": form, "by": by, "version": by.version, **more}
    return render(request, page, told, status=422 if form.is_bound else 200)


def glance(by: Editor) -> drafts.Glance:
    return drafts.glance(by.drafting)
