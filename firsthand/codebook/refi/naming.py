"""Makes sure that a GUID names one thing, and that a code is not within itself.

Files are met in which two codes, sources or selections have one GUID. The first keeps it; the other
gets one that is made of it, so that the same file always gives the same. What is said by GUID of
both is said of the first.
"""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from firsthand.codebook.refi.telling import Telling
from firsthand.codebook.refi.texts import Text
from firsthand.codebook.refi.values import Code, Project

_Named = TypeVar("_Named")


class Names:
    """The GUIDs that are taken."""

    def __init__(self, telling: Telling) -> None:
        self._taken: set[str] = set()
        self._telling = telling

    def own(self, guid: str, what: str, name: str) -> str:
        """Return a GUID that nothing else has: this one, or one made of it."""
        own, again = guid, 0
        while own in self._taken:
            again += 1
            own = str(uuid.uuid5(uuid.UUID(guid), f"again {again}"))
        if again:
            said = f"Two {what} had one GUID: the second was given another."
            self._telling.mended(said, name[:60])
        self._taken.add(own)
        return own

    def each(self, values: Iterable[_Named], what: str) -> tuple[_Named, ...]:
        """Return values, each with a GUID of its own."""
        return tuple(self.one(value, what) for value in values)

    def one(self, value: Any, what: str) -> Any:
        own = self.own(value.guid, what, value.name)
        return value if own == value.guid else replace(value, guid=own)


def codes(found: Iterable[Code], names: Names, telling: Telling) -> tuple[Code, ...]:
    """Return codes, none within itself, each with a GUID of its own."""
    return tuple(_code(each, names, telling, ()) for each in found)


def _code(code: Code, names: Names, telling: Telling, above: tuple[str, ...]) -> Code:
    line = (*above, code.guid)
    beneath = _out_of_circles(code, line, telling)
    own = names.own(code.guid, "codes", code.name)
    inner = tuple(_code(each, names, telling, line) for each in beneath)
    return replace(code, guid=own, children=inner)


def _out_of_circles(code: Code, line: tuple[str, ...], telling: Telling) -> list[Code]:
    """Return the codes beneath; one that stands above already leaves its own in its place."""
    found: list[Code] = []
    for each in code.children:
        if each.guid in line:
            telling.mended("A code stood within itself: it stands there only once.", each.name[:60])
            found += _out_of_circles(each, line, telling)
        else:
            found.append(each)
    return found


def project(found: Project, telling: Telling) -> Project:
    """Return a project in which a GUID names one thing among its kind."""
    in_texts, in_media = Names(telling), Names(telling)
    sources = Names(telling).each(found.sources, "sources")
    return replace(
        found,
        users=Names(telling).each(found.users, "users"),
        codes=codes(found.codes, Names(telling), telling),
        sources=tuple(_with_selections(each, in_texts, in_media) for each in sources),
        notes=Names(telling).each(found.notes, "notes"),
    )


def _with_selections(source: Any, in_texts: Names, in_media: Names) -> Any:
    """A stretch of a PDF's text and the same stretch of its page may well share a GUID."""
    if isinstance(source, Text):
        return replace(source, selections=in_texts.each(source.selections, "selections"))
    own = replace(source, selections=in_media.each(source.selections, "selections"))
    text = getattr(own, "text", None)
    if text is None:
        return own
    mine = in_texts.each(text.selections, "selections")
    return replace(own, text=replace(text, selections=mine))
