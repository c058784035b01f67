"""PubMed's own format: nbib files, MEDLINE text, and what PubMed Central calls Medlars.

Source: National Library of Medicine, "MEDLINE/PubMed Data Element (Field) Descriptions". A field
is a name of up to four letters, filled with blanks, and a hyphen; a line set in goes on with the
field before it. An empty line parts records, and PMID (or PMC, in PubMed Central) begins one.
"""

import re
from collections.abc import Iterable, Iterator

from firsthand.evidence.formats import kinds
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
    to_words=wrapped_words,
)
_STARTS = {"PMID", "PMC"}
_KINDS = {"Preprint": "article", "Book": "book", "Dataset": "dataset"}
_ABSTRACT_ELSEWHERE = "Publisher: Abstract available from the publisher."


def read(texts: Iterable[str]) -> Read:
    """Yield the references and problems of a MEDLINE file."""
    for found in _records(texts):
        if isinstance(found, Problem):
            yield found
            continue
        raw, line = found
        fields = grouped(raw)
        fields["doi"] = _dois(fields)
        if "OAB" in fields and _ABSTRACT_ELSEWHERE in fields["OAB"]:
            del fields["OAB"]
        reference = build(PLAN, fields, raw, line, _kind(fields))
        if reference.title and reference.year is not None:
            yield reference
        else:
            yield from checked(PLAN, fields, reference)


def _dois(fields: Fields) -> list[str]:
    """A DOI stands in LID or AID, marked as one; in PubMed Central also at the end of SO."""
    for name in ("LID", "AID"):
        for value in fields.get(name, ()):
            if "[doi]" in value:
                return [value]
    return [value for value in fields.get("SO", ()) if "doi" in value]


def _kind(fields: Fields) -> str:
    for value in fields.get("PT", ()):
        if value in _KINDS:
            return _KINDS[value]
    return kinds.ARTICLE


def _records(texts: Iterable[str]) -> Iterator[tuple[Raw, int] | Problem]:
    """Yield each record's fields and first line. Only one record is held.

    A record in which every line is as it should be is taken whole, which is quick.
    """
    now, held, number = _Record(), "", 1
    for text in texts:
        held, at = held + text, 0
        while (end := _end(held, at)) >= 0:
            begin = end + 2
            if held.startswith(_BEGINNINGS, at) and (raw := _orderly(held[at:end])):
                yield from now.taken()
                yield raw, number
            else:
                yield from now.lines(held[at:begin], number)
            number += held.count("\n", at, begin)
            at = begin
        if len(held) - at > _PATIENCE:
            yield from now.lines(held[at:], number)
            number, at = number + held.count("\n", at), len(held)
        held = held[at:]
    yield from now.lines(held, number)
    yield from now.taken()


def _orderly(text: str) -> Raw | None:
    """Return the fields of a record if every line is a field or goes on with one."""
    kind, *parts = _FIELDS(text)
    names = parts[::2]
    if None in names or names.count("PMID") > text.startswith("PMC"):
        return None
    return ((kind[:4].rstrip(), kind[6:]), *zip(names, parts[1::2], strict=True))


def _end(held: str, at: int) -> int:
    """Return where the next record begins, less the two line ends before it; -1: not in sight."""
    central = held.startswith("PMC - ", at)
    return held.find("\n\nPMC - " if central else "\n\nPMID- ", at)


# Parts a record before each line that is not set in; without a name where such a line is no field.
_FIELDS = re.compile(r"\n(?:(?=.{4}-)([A-Z][A-Z0-9]{1,3}) *- ?|(?! ))").split
_BEGINNINGS = ("PMID- ", "PMC - ")
_PATIENCE = 4_000_000  # letters without an empty line: from there on, line by line
_NAME = re.compile(r"([A-Z][A-Z0-9]{1,3}) *- ?")


class _Record:
    """The record that is being read."""

    def __init__(self) -> None:
        self.fields: list[tuple[str, str]] = []
        self.more: list[str] = []  # further lines of the last field
        self.line, self.apart = 0, True
        self.starts: set[str] = set()
        self.problems: list[Problem] = []

    def taken(self) -> Iterator[tuple[Raw, int] | Problem]:
        """Yield what there is, and begin anew."""
        close(self.fields, self.more)
        if self.fields:
            yield tuple(self.fields), self.line
        yield from self.problems
        self.fields, self.problems, self.starts = [], [], set()

    def lines(self, text: str, number: int) -> Iterator[tuple[Raw, int] | Problem]:
        """Take lines one by one; `number` is the first one's."""
        for place, line in enumerate(text.removesuffix("\n").split("\n") if text else (), number):
            if line[:1] == " " and self.fields and not line.isspace():
                self.more.append(line)
            else:
                yield from self._line(line, place)

    def _line(self, line: str, number: int) -> Iterator[tuple[Raw, int] | Problem]:
        found = _NAME.match(line) if line[4:5] == "-" else None
        if found:
            name = found[1]
            if self.fields and (name in self.starts or (name == "PMID" and self.apart)):
                yield from self.taken()
            self._begin(name, number)
            close(self.fields, self.more)
            self.fields.append((name, line[6:]))
        elif not line or line.isspace():
            self.apart = True
        elif self.fields:
            self._odd(line, number)
        else:
            self.problems.append(Problem(number, "This line is no field of a record.", "Nothing."))

    def _begin(self, name: str, number: int) -> None:
        self.line = self.line if self.fields else number
        self.apart = False
        if name in _STARTS:
            self.starts.add(name)

    def _odd(self, line: str, number: int) -> None:
        name = self.fields[-1][0]
        self.more.append(line)
        said = f"This line is no field; it stands after {name}."
        self.problems.append(Problem(number, said, f"It was kept in {name}."))
