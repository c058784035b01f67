"""Which column of a table holds what: guessed from its heading, or said by a person."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from firsthand.evidence.formats.reference import Unreadable

# The parts of a reference, and headings in use for each (small letters, digits, no signs).
HEADINGS: Mapping[str, str] = {
    "title": "title|article title|document title|primary title|ti|t1|titel|titre|titulo|item title"
    "|publication title full|name|paper title|study title",
    "authors": "authors|author|au|author names|author s|first authors|a1|autoren|autor|auteurs"
    "|autores|author full names|primary authors|creators|verfasser",
    "year": "year|publication year|py|pub year|date|publication date|year published|jahr|annee|ano"
    "|y1|da|published|date published|pubyear|erscheinungsjahr|cover date|date of publication"
    "|publicationyear",
    "container": "journal|source title|journal title|container|container title|jo|jf|t2"
    "|journal book|secondary title|zeitschrift|publication|publication title|source|revue|so"
    "|revista|periodical|journal name|booktitle|alternate title3",
    "volume": "volume|vl|vol|band|volumen",
    "issue": "issue|number|is|no|heft|numero|issue number|nummer",
    "pages": "pages|page|sp|start page|page start|seiten|pagination|page range|pg",
    "last_page": "end page|page end|ep",
    "abstract": "abstract|ab|abstract note|n2|zusammenfassung|resume|resumen|abstracts"
    "|notes abstract",
    "doi": "doi|do|digital object identifier|di|doi link",
    "pmid": "pmid|pubmed id|pubmed|medline pmid|pm|accession number pmid",
    "numbers": "issn|isbn|isbn issn|sn|isbn13|eissn|isbns",
    "url": "url|urls|link|ur|full text url|web link|article url|fulltext url",
    "keywords": "keywords|author keywords|keyword|kw|schlagworter|mots cles|subject|subjects"
    "|descriptors|index keywords|tags|manual tags|mesh terms|de",
    "language": "language|la|sprache|langue|idioma|language of original document",
    "kind": "type|kind|document type|ty|type of reference|item type|publication type|reference type"
    "|record type",
}
ALIASES = {"journal": "container", "isbn_issn": "numbers", "type": "kind", "author": "authors"}
_NEEDED = ("title", "abstract", "doi", "pmid")
_KNOWN = {name: part for part, names in HEADINGS.items() for name in names.split("|")}


@dataclass(frozen=True)
class Matched:
    """For each part of a reference, the columns that hold it, counted from 0."""

    parts: Mapping[str, tuple[int, ...]]


Chosen = Mapping[str, str] | Sequence[str] | None
# What people call the parts, in the order in which a page offers them.
PARTS: Mapping[str, str] = {
    "title": "Title", "authors": "Authors", "year": "Year or date", "container": "Journal or book",
    "abstract": "Abstract", "doi": "DOI", "pmid": "PubMed number", "volume": "Volume",
    "issue": "Issue", "pages": "Pages, or first page", "last_page": "Last page",
    "keywords": "Keywords", "language": "Language", "kind": "Kind of publication",
    "numbers": "ISSN or ISBN", "url": "Web address",
}  # fmt: skip
_OURS = {"raw", "source format"}  # what our own tables have besides


def match(header: Sequence[str], chosen: Chosen = None) -> Matched:
    """Return what each column holds. `chosen`: part of a reference → heading; it wins.

    Or `chosen` says of every column, in order, which part it holds, "" for none: nothing is
    guessed then. Raises Unreadable when a chosen heading is not there, or no column is of any use.
    """
    if chosen is not None and not isinstance(chosen, Mapping):
        return _said(header, chosen)
    found: dict[str, list[int]] = {}
    for at, heading in enumerate(header):
        if part := _KNOWN.get(_simple(heading)):
            found.setdefault(part, []).append(at)
    for part, heading in (chosen or {}).items():
        found[_part(part)] = [_place(header, heading)]
    if not any(part in found for part in _NEEDED):
        raise Unreadable(
            "No column could be found that holds titles. "
            f"The columns are: {_listed(header)}. Say which one: title=…"
        )
    return Matched({part: tuple(_best(part, header, places)) for part, places in found.items()})


def _said(header: Sequence[str], parts: Sequence[str]) -> Matched:
    found: dict[str, tuple[int, ...]] = {}
    for at, part in enumerate(parts[: len(header)]):
        if part:
            found[_part(part)] = (*found.get(_part(part), ()), at)
    return Matched(found)


def guess(header: Sequence[str]) -> list[str]:
    """Return for each column the part that its heading says it holds, "" where it says none."""
    return [_KNOWN.get(_simple(heading), "") for heading in header]


def all_known(header: Sequence[str]) -> bool:
    """Say whether a person need not be asked: every column with a heading is known."""
    named = {_simple(heading) for heading in header} - {""}
    return named >= _OURS or named <= set(_KNOWN)


def is_enough(parts: Sequence[str]) -> bool:
    """Say whether a record could be told by these parts at all."""
    return any(part in _NEEDED for part in parts)


def _best(part: str, header: Sequence[str], places: list[int]) -> list[int]:
    """The heading that comes first in the list of headings goes first."""
    order = HEADINGS[part].split("|")
    rank = {name: at for at, name in enumerate(order)}
    return sorted(places, key=lambda at: rank.get(_simple(header[at]), -1))


def _part(name: str) -> str:
    part = ALIASES.get(name.strip().lower(), name.strip().lower())
    if part not in HEADINGS:
        known = ", ".join(each for each in HEADINGS if each != "numbers")
        raise Unreadable(
            f"“{name[:40]}” is no part of a reference. The parts are: {known}, isbn_issn."
        )
    return part


def _place(header: Sequence[str], heading: str) -> int:
    for same in (lambda text: text.strip(), _simple):
        wanted = same(heading)
        for at, each in enumerate(header):
            if same(each) == wanted:
                return at
    raise Unreadable(f"There is no column “{heading[:40]}”. The columns are: {_listed(header)}.")


def _listed(header: Sequence[str]) -> str:
    return ", ".join(f"“{each.strip()[:40]}”" for each in header[:40])


def _simple(heading: str) -> str:
    heading = heading.lower().translate(_FOLDED)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", heading).split())


_FOLDED = str.maketrans("äöüéèêáíóúñç", "aoueeeaiounc")
