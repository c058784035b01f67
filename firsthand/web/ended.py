"""When someone who has to be signed in sends a form and is not: their words stay on the page.

Their sitting ended while they typed, or Exit was pressed in another tab. The permission table is
asked and nothing else, so that the page is the same whether or not there is something behind the
address: it tells a stranger nothing.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from firsthand.access.middleware import answer_to
from firsthand.access.table import Answer
from firsthand.web import errors, lost_form


class Ended:
    """Stands before the permission table, which sends them to sign in and drops what they typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        return page(request)


def page(request: HttpRequest) -> HttpResponse | None:
    """Return the page that holds what was typed; None when they may come in or typed nothing."""
    if request.method != "POST" or request.user.is_authenticated:
        return None  # the table asks them nothing twice
    if answer_to(request) is not Answer.SIGN_IN:
        return None
    return lost_form.offer(request, 403, "", signed_out=True)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose one-time token is missing or old: give it back, with a fresh one."""
    given_back = page(request) or lost_form.offer(request, 403, lost_form.EXPIRED)
    return given_back or errors.page(request, 403)
