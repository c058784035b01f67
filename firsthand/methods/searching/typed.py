"""A search as it is typed into a page: its boxes, block by block, and how blocks are moved."""

from dataclasses import dataclass, replace

from firsthand.methods.searching.blocks import EVERYWHERE

_EVERY = tuple(each.value for each in EVERYWHERE)


@dataclass(frozen=True)
class TypedBlock:
    """The boxes of one block, as they were typed."""

    name: str = ""
    terms: str = ""
    near: str = ""
    headings: str = ""
    fields: tuple[str, ...] = _EVERY

    @property
    def is_empty(self) -> bool:
        return not (self.terms + self.near + self.headings).strip()


@dataclass(frozen=True)
class Typed:
    """All boxes of the page."""

    blocks: tuple[TypedBlock, ...]
    from_year: str = ""
    to_year: str = ""
    languages: str = ""


def moved(typed: Typed, at: int, by: int) -> Typed:
    """Return the page with a block moved up (-1) or down (1); at an end it stays."""
    to, blocks = at + by, list(typed.blocks)
    if 0 <= at < len(blocks) and 0 <= to < len(blocks):
        blocks[at], blocks[to] = blocks[to], blocks[at]
    return replace(typed, blocks=tuple(blocks))


def without(typed: Typed, at: int) -> Typed:
    """Return the page without one block; the last one is emptied, so that one is always there."""
    blocks = tuple(each for place, each in enumerate(typed.blocks) if place != at)
    return replace(typed, blocks=blocks or (TypedBlock(),))


def one_more(typed: Typed) -> Typed:
    """Return the page with an empty block at its end."""
    return replace(typed, blocks=(*typed.blocks, TypedBlock()))
