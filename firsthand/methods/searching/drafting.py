"""Reads a typed search: all of it, or plain sentences on what is wrong, with block and box.

What is wrong in one place costs nothing elsewhere. Blocks without a synonym are left out, so that
the page may begin with population, concept and context empty.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from firsthand.methods.searching import lines
from firsthand.methods.searching.blocks import EVERYWHERE, Block, Search
from firsthand.methods.searching.typed import Typed, TypedBlock

T = TypeVar("T")


@dataclass(frozen=True)
class Wrong:
    """A sentence on what was typed in a box; `block` counts from 0, None for the page's own."""

    block: int | None
    box: str
    said: str


@dataclass(frozen=True)
class Draft:
    """The search that could be read, and what is wrong. With anything wrong it is not whole."""

    search: Search | None
    wrong: tuple[Wrong, ...]

    @property
    def whole(self) -> Search | None:
        return None if self.wrong else self.search


def read(typed: Typed, title: str = "") -> Draft:
    """Read what was typed. Blocks without a synonym are left out; nothing is ever raised."""
    reader = _Reader()
    numbered = [(at, each) for at, each in enumerate(typed.blocks) if not each.is_empty]
    blocks = tuple(made for at, each in numbered if (made := reader.block(at, each)))
    years = [reader.year(name, getattr(typed, name)) for name in ("from_year", "to_year")]
    if not numbered:
        reader.bad(0, "terms", "Write at least one synonym.")
    if all(years) and years[0] > years[1]:  # type: ignore[operator]  # both are numbers here
        reader.bad(None, "to_year", f"The search ends in {years[1]}, before it begins.")
        years = [None, None]
    languages = tuple(each.strip() for each in re.split("[,;\n]", typed.languages) if each.strip())
    search = Search(title, blocks, years[0], years[1], languages) if blocks else None
    return Draft(search, tuple(reader.wrong))


class _Reader:
    """Reads box by box and goes on after a mistake, so that all are told at once."""

    def __init__(self) -> None:
        self.wrong: list[Wrong] = []

    def block(self, at: int, typed: TypedBlock) -> Block | None:
        name = typed.name.strip() or f"Block {at + 1}"
        terms = self._each(at, "terms", lines.parted(typed.terms), lines.term)
        near = self._each(at, "near", typed.near.split("\n"), lines.near)
        headings = self._each(at, "headings", typed.headings.split("\n"), lines.heading)
        fields = tuple(each for each in EVERYWHERE if each.value in typed.fields)
        if (terms or near) and not fields:
            self.bad(at, "fields", "Choose at least one place to look in.")
            return None
        return Block(name, terms, near, headings, fields) if terms or near or headings else None

    def _each(
        self, at: int, box: str, found: Iterable[str], make: Callable[[str], T]
    ) -> tuple[T, ...]:
        made: dict[T, None] = {}
        for each in filter(None, map(str.strip, found)):
            try:
                made[make(each)] = None
            except ValueError as why:
                self.bad(at, box, str(why))
        return tuple(made)

    def year(self, box: str, text: str) -> int | None:
        text = text.strip()
        if text and not re.fullmatch("[12][0-9]{3}", text):
            self.bad(None, box, "Write the year as four digits, such as 2008.")
        return int(text) if re.fullmatch("[12][0-9]{3}", text) else None

    def bad(self, block: int | None, box: str, said: str) -> None:
        self.wrong.append(Wrong(block, box, said))
