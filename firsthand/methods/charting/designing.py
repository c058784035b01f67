"""Changing a charting form: pure, a form in and a form out; a group's parts change alike."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from firsthand.methods.charting.values import Choice, Field, Form


def find(form: Form, key: str) -> tuple[Field, Field | None]:
    """Return a field, and the group it is a part of. Raises KeyError."""
    for each in form:
        if each.key == key:
            return each, None
        for part in each.parts:
            if part.key == key:
                return part, each
    raise KeyError(key)


def added(form: Form, field: Field, into: str = "") -> Form:
    """Put a field behind the others, or behind the other parts of a group."""
    if not into:
        return (*form, field)
    return changed(form, into, lambda group: replace(group, parts=(*group.parts, field)))


def changed(form: Form, key: str, how: Callable[[Field], Field]) -> Form:
    """Change one field, or one part."""
    return tuple(
        how(each) if each.key == key else replace(each, parts=changed(each.parts, key, how))
        for each in form
    )


def without(form: Form, key: str) -> Form:
    """Take a field out altogether: only for one that was never published."""
    kept = (each for each in form if each.key != key)
    return tuple(replace(each, parts=without(each.parts, key)) for each in kept)


def moved(form: Form, key: str, step: int) -> Form:
    """Move a field up (-1) or down (1) among its neighbours; at the end it stays."""
    keys = [each.key for each in form]
    if key not in keys:
        return tuple(replace(each, parts=moved(each.parts, key, step)) for each in form)
    place = keys.index(key)
    to = min(max(place + step, 0), len(form) - 1)
    rest = [each for each in form if each.key != key]
    return (*rest[:to], form[place], *rest[to:])


def keys(form: Form) -> tuple[str, ...]:
    """Return the keys of all fields and parts."""
    return tuple(key for each in form for key in (each.key, *keys(each.parts)))


def choices(
    labels: Sequence[str], before: Sequence[Choice], new: Callable[[], str]
) -> tuple[Choice, ...]:
    """Return choices for these words. One that is worded as before keeps its key."""
    known = {each.label: each.key for each in before}
    return tuple(Choice(known.get(label) or new(), label) for label in dict.fromkeys(labels))
