"""A search written for one platform, ready to paste, with what a person must still see to.

The syntax is each platform's own (sources: `platforms`). PubMed has no way to look for wildcards
near to each other, Web of Science no subject headings: such things are never dropped in silence.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from firsthand.methods.searching.blocks import Block, Field, Heading, Near, Search, Term
from firsthand.methods.searching.platforms import PLATFORMS, Platform
from firsthand.methods.searching.syntax import SYNTAX, Syntax, pubmed_tag
from firsthand.methods.searching.wildcards import written


@dataclass(frozen=True)
class Query:
    """What to paste, and a sentence for each thing that a person must adapt or check.

    `lost` are blocks of which nothing could be written: the string does not ask for them.
    """

    platform: Platform
    text: str
    adapt: tuple[str, ...]
    lost: tuple[str, ...] = ()


def query(search: Search, platform: Platform) -> Query:
    """Write a search for a platform."""
    writer = _Writer(platform)
    blocks = [(each.name, writer.block(each)) for each in search.blocks]
    text = " AND ".join(f"({each})" for _, each in blocks if each)
    lost = tuple(name for name, each in blocks if not each)
    said = [f"Nothing of the block {name!r} could be written: do not run it so." for name in lost]
    notes = (*said, *writer.notes, *platform.always, *_limits(search))
    return Query(platform, text, tuple(dict.fromkeys(notes)), lost)


def queries(search: Search, keys: Iterable[str] = PLATFORMS) -> tuple[Query, ...]:
    """The same for several platforms. Raises KeyError for one that is not known."""
    return tuple(query(search, PLATFORMS[key]) for key in keys)


class _Writer:
    """Writes blocks for one platform and remembers what it had to change."""

    def __init__(self, platform: Platform) -> None:
        self.platform: Platform = platform
        self.syntax: Syntax = SYNTAX[platform.key]
        self.notes: list[str] = []

    def block(self, block: Block) -> str:
        """Its synonyms in its fields, or its subject headings; "" when nothing can be written."""
        said = [self._term(each, block.fields) for each in block.terms]
        said += [self._near(each, block.fields) for each in block.near]
        words = " OR ".join(each for each in said if each)
        parts = [self.syntax.within(words, block.fields)] if words else []
        if words:
            self.notes += self.syntax.about(block.fields)
        parts += [each for each in map(self._heading, block.headings) if each]
        return " OR ".join(parts)

    def _term(self, term: Term, fields: tuple[Field, ...]) -> str:
        made = written(term, self.platform)
        self.notes += made.adapt
        if made.apart:
            return (
                "(" + " AND ".join(self.syntax.word((each,), fields) for each in made.words) + ")"
            )
        return self.syntax.word(made.words, fields) if made.words else ""

    def _near(self, near: Near, fields: tuple[Field, ...], *, paired: bool = False) -> str:
        if self.syntax.near is None or (self.platform.pairs_only and not paired):
            return self._pairs(near, fields)
        sides = [self._side(each) for each in (near.these, near.those)]
        if not all(sides):
            self.notes.append("Words near to each other are left out: one side has none left.")
            return ""
        return f"({sides[0]} {self.syntax.near(near.within)} {sides[1]})"

    def _side(self, terms: tuple[Term, ...]) -> str:
        made = [written(each, self.platform) for each in terms]
        self.notes += [note for each in made for note in each.adapt]
        said = [self.syntax.bare(each.words) for each in made if each.words]
        return said[0] if len(said) == 1 else f"({' OR '.join(said)})" if said else ""

    def _pairs(self, near: Near, fields: tuple[Field, ...]) -> str:
        """Each pair on its own, where a platform takes no OR on the sides of nearness."""
        said = [self._pair(a, b, near, fields) for a in near.these for b in near.those]
        return " OR ".join(each for each in said if each)

    def _pair(self, one: Term, other: Term, near: Near, fields: tuple[Field, ...]) -> str:
        if self.syntax.near:
            return self._near(Near((one,), (other,), near.within), fields, paired=True)
        if not (one.is_wild or other.is_wild or one.is_phrase or other.is_phrase):
            return f'"{one.text} {other.text}"[{pubmed_tag(fields)}:~{near.within}]'
        self.notes.append(
            f"{one.text} near {other.text}: {self.platform.name} takes no wildcard and no phrase "
            "in such a search, so AND joins them, which finds more."
        )
        both = [self._term(each, fields) for each in (one, other)]
        return f"({' AND '.join(both)})" if all(both) else ""

    def _heading(self, heading: Heading) -> str:
        known = heading.thesaurus in self.platform.thesaurus or self.syntax.any_heading
        if self.syntax.heading is None or not known:
            self.notes.append(
                f"The subject heading {heading.text!r} ({heading.thesaurus}) is not this "
                "database's: look for its counterpart, if it has one."
            )
            return ""
        said, note = self.syntax.heading(heading)
        self.notes += [note] if note else []
        return said


def _limits(search: Search) -> Iterable[str]:
    """What is set on the platform's own page, so that it can be seen and reported."""
    if search.from_year or search.to_year:
        first, last = search.from_year or "the beginning", search.to_year or "today"
        yield f"Set the years on the platform's page: from {first} to {last}."
    if search.languages:
        yield f"Set the language on the platform's page: {', '.join(search.languages)}."
