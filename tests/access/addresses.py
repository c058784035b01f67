"""Every address of the site, and what to put into it for something in the town."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.town import Thing, Town

NOBODYS = uuid.UUID("7d1c0a52-4f5e-4c8a-9b1d-2f1f6f6c9e11")  # the id of nothing in the town


def every() -> dict[str, URLPattern]:
    """Return every address of the site by its name."""
    return dict(_under(get_resolver().url_patterns, ""))


def _under(patterns: list[Any], space: str) -> Iterator[tuple[str, URLPattern]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = f"{each.namespace}:" if each.namespace else ""
            yield from _under(each.url_patterns, space + inner)
        else:
            yield space + (each.name or f"no name: {each.pattern}"), each


def parameters(name: str) -> tuple[str, ...]:
    """Return what has to be put into an address, by name."""
    return tuple(every()[name].pattern.regex.groupindex)


# Names of made-up or public things: they say nothing of what anyone told.
_PUBLIC = {
    "slug": "2022", "code": "S1", "form": "csv", "digest": "none", "step": "happened", "pk": 1,
    "stage": "abstract", "key": "f11", "into": "f11", "version": 1, "platform": "ovid", "item": 4,
    "nth": 1, "at": 1, "name": "source", "way": "reword",
}  # fmt: skip


def address(name: str, town: Town, thing: Thing) -> str | None:
    """Return the address of `thing` under this name; None when it has nothing to put there."""
    given = {each: _value(name, each, town, thing) for each in parameters(name)}
    return None if None in given.values() else reverse(name, kwargs=given)


def nowhere(name: str) -> str:
    """Return an address under this name that leads to nothing."""
    given = {each: _PUBLIC.get(each, NOBODYS) for each in parameters(name)}
    return reverse(name, kwargs=given)


def _value(name: str, parameter: str, town: Town, thing: Thing) -> Any:
    if parameter in _PUBLIC:
        return "impacts" if name.startswith("indicators") else _PUBLIC[parameter]
    if (name, parameter) == ("harms:take", "name"):
        return "map.csv"
    if parameter == "file":
        return thing.file if name.startswith("repair") else thing.attachment.id
    if (name, parameter) == ("repair:companion", "team"):
        return town.teams[thing.companions[0]].id if thing.companions else None
    found = {
        "testimony": thing.testimony.id,
        "conversation": thing.request.id if thing.request else None,
        "promise": thing.promise,
        "team": town.teams[thing.asked].id,
        "organisation": town.teams[thing.asked].organisation_id,
        "user": town.users["responder"].id,
        "invitation": town.invitation.id,
        "secret": town.invitation_secret,
        **town.review.addresses,
        **town.coding.addresses,
        **town.group.addresses,
        **town.surveyed.addresses,
        **(town.draft if name.startswith("harms") else {}),
    }
    return found[parameter]
