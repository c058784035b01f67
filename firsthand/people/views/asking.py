"""What the pages of people have in common."""

from django.contrib import messages
from django.http import Http404, HttpRequest

from firsthand.people.models import User


def user_of(request: HttpRequest) -> User:
    """Return who is signed in. The permission table has asked before; raises Http404 otherwise."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def say(request: HttpRequest, sentence: str) -> None:
    """Say once, on the next page, what was done."""
    messages.success(request, sentence)


def warn(request: HttpRequest, sentence: str) -> None:
    """Say once, on the next page, what was not done."""
    messages.warning(request, sentence)
