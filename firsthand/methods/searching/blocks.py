"""A search as a person thinks of it, free of any database: synonyms in blocks.

Synonyms in a block are joined with OR, blocks with AND: the building-block form of C. Lefebvre et
al., "Searching for and selecting studies", Cochrane Handbook for Systematic Reviews of
Interventions 6.4 (2023), section 4.4.2.

In a synonym, `*` stands for any letters or none, `?` for exactly one letter, `#` for one or none.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

ANY, ONE, OPTIONAL = "*", "?", "#"
WILD = frozenset((ANY, ONE, OPTIONAL))
FARTHEST = 50  # words: beyond that, being near means nothing

_STRANGE = re.compile(r"[\"()\[\]{}=<>|;:/\\$,\n\r\t\0]")
_OPERATOR = re.compile(r"\b(AND|OR|NOT|NEAR|ADJ\d*)\b")


class Field(StrEnum):
    """Where a synonym is looked for."""

    TITLE = "title"
    ABSTRACT = "abstract"
    KEYWORDS = "keywords"


class Thesaurus(StrEnum):
    """Whose subject heading it is."""

    APA = "APA"
    ASSIA = "ASSIA"
    MESH = "MeSH"


EVERYWHERE = (Field.TITLE, Field.ABSTRACT, Field.KEYWORDS)


@dataclass(frozen=True)
class Term:
    """A word, or several that are looked for side by side in this order.

    Raises ValueError for what belongs to one database's own way of writing.
    """

    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", _tidy(self.text))
        _check(self.text)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.text.split(" "))

    @property
    def is_phrase(self) -> bool:
        return len(self.words) > 1

    @property
    def is_wild(self) -> bool:
        return bool(WILD & set(self.text))


@dataclass(frozen=True)
class Near:
    """One of `these` with at most `within` words between it and one of `those`, in any order."""

    these: tuple[Term, ...]
    those: tuple[Term, ...]
    within: int

    def __post_init__(self) -> None:
        if not (self.these and self.those):
            raise ValueError("words near to each other need at least one on each side.")
        if isinstance(self.within, bool) or not 0 <= self.within <= FARTHEST:
            raise ValueError(f"words may be 0 to {FARTHEST} words apart, not {self.within}.")


@dataclass(frozen=True)
class Heading:
    """A subject heading; `narrower` takes the headings below it in too."""

    text: str
    thesaurus: Thesaurus
    narrower: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", " ".join(self.text.split()))
        if not self.text or '"' in self.text:
            raise ValueError("a subject heading is some words, without quotation marks.")


@dataclass(frozen=True)
class Block:
    """One idea, in all its synonyms."""

    name: str
    terms: tuple[Term, ...] = ()
    near: tuple[Near, ...] = ()
    headings: tuple[Heading, ...] = ()
    fields: tuple[Field, ...] = EVERYWHERE

    def __post_init__(self) -> None:
        if not (self.terms or self.near or self.headings):
            raise ValueError(f"{self.name}: a block needs at least one synonym.")
        if (self.terms or self.near) and not self.fields:
            raise ValueError(f"{self.name}: say at least one field to look in.")


@dataclass(frozen=True)
class Search:
    """All blocks. Years and languages are set on the database's own page, not in the string."""

    title: str
    blocks: tuple[Block, ...]
    from_year: int | None = None
    to_year: int | None = None
    languages: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.blocks:
            raise ValueError("A search needs at least one block.")
        if self.from_year and self.to_year and self.from_year > self.to_year:
            raise ValueError(f"The search ends in {self.to_year}, before it begins.")


def _tidy(text: str) -> str:
    """One space between words, straight apostrophes, no quotation marks around the whole."""
    text = " ".join(text.replace("\u2019", "'").translate(_QUOTES).split())
    quoted = len(text) > 2 and text[0] == text[-1] == '"'
    return text[1:-1].strip() if quoted else text


_QUOTES = {0x201C: '"', 0x201D: '"'}


def _check(text: str) -> None:
    if not any(each.isalnum() for each in text):
        raise ValueError(f"{text!r}: a synonym needs letters or digits.")
    if _STRANGE.search(text):
        strange = _STRANGE.findall(text)[0]
        raise ValueError(f"{text!r}: write a synonym without {strange!r}, one on each line.")
    if _OPERATOR.search(text):
        raise ValueError(f"{text!r}: write one synonym on each line, without AND, OR or NOT.")
