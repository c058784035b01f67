"""Finding a page's address by its name."""

from functools import cache
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, get_urlconf, reverse


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Give the address of a named page; raises NoReverseMatch when there is none."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def url_if_any(name: str) -> str:
    """Give the address of a named page, or nothing when this site does not have it."""
    return _found(name, get_urlconf() or settings.ROOT_URLCONF)


@cache
def _found(name: str, urlconf: str) -> str:
    try:
        return reverse(name, urlconf)
    except NoReverseMatch:
        return ""
