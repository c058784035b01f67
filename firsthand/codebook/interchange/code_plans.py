"""From the codes of a file to the codes that are to be made here. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from firsthand.codebook import rules
from firsthand.codebook.interchange import describing
from firsthand.codebook.interchange.plans import CodePlan
from firsthand.codebook.refi.telling import Telling
from firsthand.codebook.refi.values import Code

_NAMELESS = "Without a name"


def plans(codes: Iterable[Code], telling: Telling) -> tuple[CodePlan, ...]:
    """Return the codes to make. Two that stand together are never called the same."""
    taken: set[str] = set()
    return tuple(_plan(each, telling, taken) for each in codes)


def _plan(code: Code, telling: Telling, taken: set[str]) -> CodePlan:
    name = _name(code, telling, taken)
    odd = not code.codable or code.notes or name != code.name
    if not code.codable:
        telling.assumed("A code that only holds others together can be used like any other here.",
                        code.name[:60])  # fmt: skip
    return CodePlan(
        code.guid, name, code.colour, describing.read(code.description),
        plans(code.children, telling), replace(code, children=()) if odd else None,
    )  # fmt: skip


def _name(code: Code, telling: Telling, taken: set[str]) -> str:
    """Return a name that is neither empty, nor too long, nor there already."""
    tidy = " ".join(code.name.split()) or _NAMELESS
    if len(tidy) > rules.LONGEST_NAME:
        telling.mended(f"A name longer than {rules.LONGEST_NAME} letters was cut.", tidy[:60])
        tidy = tidy[: rules.LONGEST_NAME - 1] + "…"
    own, again = tidy, 1
    while own.lower() in taken:
        again += 1
        own = f"{tidy[: rules.LONGEST_NAME - 8]} ({again})"
    if again > 1:
        said = "Two codes in one place had one name: the second got a number."
        telling.mended(said, tidy[:60])
    taken.add(own.lower())
    return own


def guids(codes: Iterable[CodePlan]) -> set[str]:
    """Return the GUIDs of codes and of all beneath them."""
    found: set[str] = set()
    for each in codes:
        found |= {each.guid} | guids(each.children)
    return found
