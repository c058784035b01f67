"""A search as plain values: as it is kept and put into a file (`plan.search` reads it back)."""

from typing import Any

from firsthand.methods.searching.blocks import Block, Search, Term
from firsthand.methods.searching.typed import Typed, TypedBlock


def content(search: Search) -> dict[str, Any]:
    """Return a search as plain values, as `plan.search` reads them and a file holds them."""
    told: dict[str, Any] = {"title": search.title} if search.title else {}
    told |= {name: year for name in ("from_year", "to_year") if (year := getattr(search, name))}
    if search.languages:
        told["languages"] = list(search.languages)
    return told | {"blocks": [_content(each) for each in search.blocks]}


def _content(block: Block) -> dict[str, Any]:
    told: dict[str, Any] = {"name": block.name}
    if block.terms:
        told["terms"] = [each.text for each in block.terms]
    if block.near:
        told["near"] = [
            {"words": [t.text for t in each.these], "of": [t.text for t in each.those],
             "within": each.within}
            for each in block.near
        ]  # fmt: skip
    if block.headings:
        told["headings"] = [
            {"heading": each.text, "thesaurus": each.thesaurus.value, "narrower": each.narrower}
            for each in block.headings
        ]
    return told | {"fields": [each.value for each in block.fields]}


def as_typed(search: Search) -> Typed:
    """Return a search as the boxes of the page show it."""
    return Typed(
        tuple(map(_as_typed, search.blocks)), str(search.from_year or ""),
        str(search.to_year or ""), ", ".join(search.languages),
    )  # fmt: skip


def _as_typed(block: Block) -> TypedBlock:
    near = (
        f"{_listed(each.these)} NEAR/{each.within} {_listed(each.those)}" for each in block.near
    )
    headings = (
        f"{each.text} ({each.thesaurus.value}{'' if each.narrower else ', alone'})"
        for each in block.headings
    )
    return TypedBlock(
        block.name, "\n".join(each.text for each in block.terms), "\n".join(near),
        "\n".join(headings), tuple(each.value for each in block.fields),
    )  # fmt: skip


def _listed(terms: tuple[Term, ...]) -> str:
    return ", ".join(each.text for each in terms)
