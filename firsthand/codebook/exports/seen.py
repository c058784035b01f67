"""What a coder takes away: the passages they may see, and who a number stands for.

Files are passed on, so coders have numbers in them: by the day they joined, then by chance.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from firsthand.access.refused import Refused
from firsthand.codebook import queries, rules
from firsthand.codebook.models import Code, Coder, Passage, Source

# What no XML holds (XML 1.0, section 2.2), and so no Word document.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Seen:
    """One source and its passages, numbered as they stand in the text."""

    source: Source
    passages: tuple[Passage, ...]
    coders: dict[object, int]

    def called(self, passage: Passage) -> str:
        return f"Coder {self.coders[passage.coder_id]}"

    def number(self, passage: Passage) -> int:
        return self._numbers[passage.id]

    @cached_property
    def _numbers(self) -> dict[object, int]:
        return {each.id: number for number, each in enumerate(self.passages, start=1)}

    @property
    def codes(self) -> list[Code]:
        found = {each.id: each for passage in self.passages for each in codes_of(passage)}
        return sorted(found.values(), key=lambda each: each.number)


def seen(coder: Coder, source: Source) -> Seen:
    """Return what a coder may take away of a source. Raises Refused for what is sealed."""
    if source.sealed:
        raise Refused
    rows = queries.visible_passages(coder, source).order_by("start", "-end", "guid")
    return Seen(source, tuple(rows), numbers(coder))


def every(coder: Coder) -> Iterable[Seen]:
    """Yield what a coder may take away, a source at a time."""
    for source in queries.sources(coder.project).exclude(kind=rules.TESTIMONY):
        yield seen(coder, source)


def numbers(coder: Coder) -> dict[object, int]:
    """Return the number that each who takes part, or did, has in files."""
    rows = coder.project.coders.order_by("since", "id").values_list("id", flat=True)
    return {each: number for number, each in enumerate(rows, start=1)}


def codes_of(passage: Passage) -> list[Code]:
    """Return the codes on a passage, in the order of their numbers."""
    return sorted((each.code for each in passage.codings.all()), key=lambda each: each.number)


def for_xml(text: str) -> str:
    """Return a text that XML can hold; the sign U+FFFD stands for what it cannot."""
    return _NOT_XML.sub("\ufffd", text)
