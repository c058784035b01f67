"""Finding a page's address by its name."""

from functools import cache
from typing import Any

from django.urls import NoReverseMatch, reverse


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Give the address of a named page; raises NoReverseMatch when there is none."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


@cache
def url_if_any(name: str) -> str:
    """Give the address of a named page, or nothing when this site does not have it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
