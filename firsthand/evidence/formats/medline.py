"""PubMed's own format: nbib files, MEDLINE text, and what PubMed Central calls Medlars.

Source: National Library of Medicine, "MEDLINE/PubMed Data Element (Field) Descriptions". A field
is a name of up to four letters, filled with blanks, and a hyphen; a line set in goes on with the
field before it. An empty line parts records, and PMID (or PMC, in PubMed Central) begins one.
"""

from collections.abc import Iterable, Iterator

from firsthand.evidence.formats import identifiers, kinds
from firsthand.evidence.formats.building import Fields, Plan, Read, build, checked, grouped
from firsthand.evidence.formats.lists import wrapped_words
from firsthand.evidence.formats.reference import Format, Problem, Raw
from firsthand.evidence.formats.tagged import close

PLAN = Plan(
    format=Format.MEDLINE.value,
    title=("TI", "BTI", "CTI", "TT"),
    authors=("FAU",),
    editors=("AU", "FED", "ED", "CN"),
    year=("DP", "PDAT", "DEP", "EDAT"),
    container=("JT", "TA", "BTI"),
    volume=("VI",),
    issue=("IP",),
    pages=("PG",),
    abstract=("AB", "OAB"),
    doi=("doi",),  # put there by `_dois`
    pmid=("PMID",),
    numbers=("IS", "ISBN"),
    keywords=("OT", "MH"),
    language=("LA",),
    word_list=wrapped_words,
)
_STARTS = {"PMID", "PMC"}
_KINDS = {"preprint": "article", "book": "book", "dataset": "dataset"}
_ABSTRACT_ELSEWHERE = "Publisher: Abstract available from the publisher."


def read(lines: Iterable[str]) -> Read:
    """Yield the references and problems of a MEDLINE file."""
    for found in _records(lines):
        if isinstance(found, Problem):
            yield found
            continue
        raw, line = found
        fields = grouped(raw)
        fields["doi"] = _dois(fields)
        if _ABSTRACT_ELSEWHERE in fields.get("OAB", ()):
            del fields["OAB"]
        yield from checked(PLAN, fields, build(PLAN, fields, raw, line, _kind(fields)))


def _dois(fields: Fields) -> list[str]:
    """A DOI stands in LID or AID, marked as one; in PubMed Central also at the end of SO."""
    marked = [
        value
        for name in ("LID", "AID")
        for value in fields.get(name, ())
        if value.rstrip().endswith("[doi]")
    ]
    return [*marked, *(value for value in fields.get("SO", ()) if identifiers.doi(value))]


def _kind(fields: Fields) -> str:
    types = {value.strip().lower() for value in fields.get("PT", ())}
    found = [kind for name, kind in _KINDS.items() if name in types]
    return found[0] if found else kinds.ARTICLE


def _records(lines: Iterable[str]) -> Iterator[tuple[Raw, int] | Problem]:
    """Yield each record's fields and first line. Only one record is held."""
    fields: list[tuple[str, str]] = []
    more: list[str] = []  # further lines of the last field
    begun, apart, number = 0, True, 0
    names: set[str] = set()
    odd: list[Problem] = []
    for number, line in enumerate(lines, 1):
        if line[:1] == " " and fields:
            more.append(line.strip())
        elif line[4:5] == "-" and (name := line[:4].rstrip()).isalnum() and name.isupper():
            if more:
                close(fields, more)
            if name in _STARTS and fields and (apart or name in names):
                yield tuple(fields), begun
                yield from odd
                fields, names, odd = [], set(), []
            if not fields:
                begun = number
            names.add(name)
            fields.append((name, line[6:]))
            apart = False
        elif not line or line.isspace():
            apart = True
        elif fields:
            more.append(line.strip())
            said = f"This line is no field; it stands after {fields[-1][0]}."
            odd.append(Problem(number, said, f"It was kept in {fields[-1][0]}."))
        else:
            yield Problem(
                number, "This line is no field, and stands before any record.", "Nothing."
            )
    close(fields, more)
    if fields:
        yield tuple(fields), begun
        yield from odd
