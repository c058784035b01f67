"""Turns refusals into pages, and asks the permission table before any view runs."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from firsthand.access.permissions import PERMISSIONS
from firsthand.access.refused import Refused
from firsthand.access.table import Answer


class PermissionTable:
    """The table first (who may come to this page at all), the view and its policies after."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        answer = answer_to(request)
        if answer is Answer.SIGN_IN:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        if answer is Answer.SET_UP_MFA:
            return redirect("mfa_index")
        return None if answer is Answer.YES else refusal_page(request, Refused())

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refusal_page(request, error) if isinstance(error, Refused) else None


def refusal_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Return the page that says no: 404 where existence is hidden, 409 where it is known."""
    status = 404 if refused.hidden else 409
    context = {"sentence": refused.sentence, "hidden": refused.hidden, "wanted": _wanted(request)}
    return render(request, "web/refused.html", context, status=status)


def _wanted(request: HttpRequest) -> str:
    """Where to go on to once they have come back: the page asked for, or that a form was on.

    Taken from the request alone, so that it says nothing of what is behind the address.
    """
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    form = urlsplit(request.headers.get("Referer", ""))
    # One slash in front: a path such as //elsewhere would lead off this site.
    return "/" + form.path.lstrip("/") if form.netloc == request.get_host() else ""


def answer_to(request: HttpRequest) -> Answer:
    """Return what the table says; no to everyone at an address that nobody thought of."""
    match = request.resolver_match
    row = PERMISSIONS.get(match.view_name) if match else None
    return row.asks(request) if row else Answer.NO
