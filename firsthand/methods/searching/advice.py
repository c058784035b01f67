"""What a librarian would say of a search before it is run: advice, never a mistake.

Sources, named with each sentence: PRESS 2015 (J. McGowan et al., "PRESS Peer Review of Electronic
Search Strategies: 2015 guideline statement", Journal of Clinical Epidemiology 75 (2016), 40-46,
table 1) and the Cochrane Handbook 6.4, chapter 4 (C. Lefebvre et al. 2023). What a platform cannot
do is told beside its query (`render`), not here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from firsthand.methods.searching.blocks import ANY, WILD, Block, Search, Term

PRESS = "PRESS 2015"
HANDBOOK = "Cochrane Handbook, chapter 4"
MANY_BLOCKS = 4  # joined with AND: more of them lose what names only some
SHORT = 4  # letters before a *: fewer take in words that have nothing to do with it
_SPELLINGS = (  # British, American, what finds both
    ("behaviour", "behavior", "behavio#r*"),
    ("colour", "color", "colo#r*"),
    ("labour", "labor", "labo#r*"),
    ("centre", "center", "write both"),
    ("ageing", "aging", "write both"),
    ("organis", "organiz", "organi?*"),
    ("stigmatis", "stigmatiz", "stigmati?*"),
    ("hospitalis", "hospitaliz", "hospitali?*"),
    ("institutionalis", "institutionaliz", "institutionali?*"),
    ("paediatr", "pediatr", "p#ediatr*"),
)


@dataclass(frozen=True)
class Advice:
    """A sentence on a block, counted from 0, or on the whole search (None), and who says so."""

    block: int | None
    said: str
    source: str


def advice(search: Search) -> tuple[Advice, ...]:
    """Return what is worth another look, block by block, then on the whole."""
    found: list[Advice] = []
    for at, block in enumerate(search.blocks):
        found += [Advice(at, said, source) for said, source in _of_block(block)]
    found += [Advice(None, said, source) for said, source in _of_all(search)]
    return tuple(found)


def _of_block(block: Block) -> Iterator[tuple[str, str]]:
    if len(block.terms) == 1 and not (block.near or block.headings):
        yield "There is one synonym only. What else do people call it?", PRESS
    for term in block.terms:
        for said in (*_short(term), *_initials(term, block.terms)):
            yield said, PRESS
    for one, other in _covered(block.terms):
        yield f"“{one}” is found by “{other}” already.", PRESS
    for said in _spellings(block.terms):
        yield said, PRESS
    if block.terms and not block.headings:
        yield (
            "There is no subject heading. Where a database has a thesaurus, words and headings "
            "together find more.",
            HANDBOOK,
        )


def _short(term: Term) -> Iterator[str]:
    for word in term.words:
        letters = sum(each not in WILD for each in word)
        if word.endswith(ANY) and letters < SHORT:
            yield f"“{term.text}”: {word} finds words that have nothing to do with it, too."


def _initials(term: Term, terms: Iterable[Term]) -> Iterator[str]:
    if re.fullmatch("[A-Z]{2,5}", term.text) and not any(each.is_phrase for each in terms):
        yield f"“{term.text}”: write in full what the letters stand for, too."


def _covered(terms: tuple[Term, ...]) -> Iterator[tuple[str, str]]:
    """Yield each word that another one, cut with a *, finds already."""
    stems = [each.text for each in terms if _is_stem(each.text)]
    for term in terms:
        for stem in stems:
            begins = term.text.lower().startswith(stem[:-1].lower())
            if term.text != stem and not term.is_phrase and begins:
                yield term.text, stem
                break


def _is_stem(text: str) -> bool:
    return text.endswith(ANY) and not (WILD | {" "}) & set(text[:-1])


def _spellings(terms: tuple[Term, ...]) -> Iterator[str]:
    words = [word for each in terms for word in each.text.lower().split()]
    for british, american, both in _SPELLINGS:
        one, other = (any(each.startswith(way) for each in words) for way in (british, american))
        if one != other and not any(_finds_both(each, british, american) for each in words):
            there, missing = (british, american) if one else (american, british)
            yield f"“{there}…” is also spelt “{missing}…”. To find both: {both}."


def _finds_both(word: str, british: str, american: str) -> bool:
    """Say whether a word is cut with a * before the two spellings part."""
    stem = word[:-1]
    return _is_stem(word) and british.startswith(stem) and american.startswith(stem)


def _of_all(search: Search) -> Iterator[tuple[str, str]]:
    if len(search.blocks) > MANY_BLOCKS:
        yield (
            f"{len(search.blocks)} blocks have to be met at once. Each one loses records that do "
            "not name it: could one be left to screening?",
            HANDBOOK,
        )
    where: dict[str, list[str]] = {}
    for block in search.blocks:
        for term in block.terms:
            where.setdefault(term.text.lower(), []).append(block.name)
    for text, names in where.items():
        if len(names) > 1:
            yield (
                f"“{text}” stands in several blocks ({', '.join(names)}), so it meets each.",
                PRESS,
            )
    if search.languages:
        yield "A limit to languages needs its reason in the report.", HANDBOOK
    if search.from_year or search.to_year:
        yield "A limit to years needs its reason in the report.", HANDBOOK
