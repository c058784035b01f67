"""Two records side by side, field by field, with what differs marked word by word."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from firsthand.evidence.models import Record

FIELDS = {
    "title": "Title", "authors": "Authors", "year": "Year", "container": "Journal or book",
    "volume": "Volume", "issue": "Issue", "pages": "Pages", "doi": "DOI", "pmid": "PubMed number",
    "kind": "Kind", "language": "Language", "url": "Address", "isbn_issn": "ISBN or ISSN",
    "keywords": "Keywords", "abstract": "Abstract",
}  # fmt: skip
Part = tuple[str, bool]  # some words, and whether the other record does not have them there
_MOST_WORDS = 2000  # longer texts are shown without marks: comparing would take too long


@dataclass(frozen=True)
class Line:
    """One field of two records: what each says, and how that compares, in words."""

    name: str
    one: tuple[Part, ...]
    other: tuple[Part, ...]
    said: str


def words(value: Any) -> str:
    """Return a field's value as it is read."""
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def lines(one: Record, other: Record) -> list[Line]:
    """Compare two records field by field; a field that neither has is left out."""
    both = (
        (name, words(getattr(one, at)), words(getattr(other, at))) for at, name in FIELDS.items()
    )
    return [_line(name, mine, theirs) for name, mine, theirs in both if mine or theirs]


def _line(name: str, mine: str, theirs: str) -> Line:
    if mine == theirs:
        return Line(name, ((mine, False),), ((theirs, False),), "same")
    if not mine or not theirs:
        return Line(name, ((mine, False),), ((theirs, False),), "only one says")
    return Line(name, *_marked(mine.split(), theirs.split()), "differs")


def _marked(mine: list[str], theirs: list[str]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    if len(mine) + len(theirs) > _MOST_WORDS:
        return ((" ".join(mine), False),), ((" ".join(theirs), False),)
    steps = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    return (
        _parts((mine[a:b], step != "equal") for step, a, b, _, _ in steps),
        _parts((theirs[c:d], step != "equal") for step, _, _, c, d in steps),
    )


def _parts(found: Iterable[tuple[list[str], bool]]) -> tuple[Part, ...]:
    return tuple((" ".join(some), differs) for some, differs in found if some)
