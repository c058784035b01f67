"""PubMed's own format: nbib files, MEDLINE text, and what PubMed Central calls Medlars.

Source: National Library of Medicine, "MEDLINE/PubMed Data Element (Field) Descriptions". A field
is a name of up to four letters, filled with blanks, and a hyphen; a line set in goes on with the
field before it. An empty line parts records, and PMID (or PMC, in PubMed Central) begins one.
"""

import re
from collections.abc import Iterable, Iterator

from firsthand.evidence.formats import kinds
from firsthand.evidence.formats.building import Fields, Plan, Read, build, checked
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
    besides=("LID", "AID", "SO", "PT"),
    to_words=wrapped_words,
)
_STARTS = {"PMID", "PMC"}
_KINDS = {"Preprint": "article", "Book": "book", "Dataset": "dataset"}
_ABSTRACT_ELSEWHERE = "Publisher: Abstract available from the publisher."


def read(texts: Iterable[str]) -> Read:
    """Yield the references and problems of a MEDLINE file."""
    for found in records(texts):
        if isinstance(found, Problem):
            yield found
            continue
        raw, line = found
        fields = PLAN.grouped(raw)
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


def records(texts: Iterable[str]) -> Iterator[tuple[Raw, int] | Problem]:
    """Yield each record's fields and first line. Only a piece of the file is held.

    A record in which every line is as it should be is taken whole, which is quick.
    """
    now, held = _Record(), "\n"
    for text in texts:
        held += text
        name = "PMC" if held.startswith("\nPMC - ") else "PMID"
        cut = held.rfind(f"\n\n{name:<4}- ")
        if cut > 0:
            yield from now.several(held[: cut + 1], name)
            held = held[cut + 1 :]
        elif len(held) > _PATIENCE:
            yield from now.lines(held[:-1])
            held = "\n"
    yield from now.lines(held.removesuffix("\n"))
    yield from now.taken()


# Parts a text before each line that is not set in; without a name where such a line is no field.
_FIELDS = re.compile(r"\n(?! )(?:(?=.{4}-)([A-Z][A-Z0-9]{1,3}) *- ?)?").split
_PATIENCE = 4_000_000  # letters without a record's beginning: from there on, line by line
_NAME = re.compile(r"([A-Z][A-Z0-9]{1,3}) *- ?")
Names = list[str | None]


def _end(names: Names, at: int) -> int:
    """Return the place after the next line that begins no field, or the end."""
    try:
        return names.index(None, at) + 1
    except ValueError:
        return len(names) - 1


def _orderly(names: Names, values: list[str]) -> bool:
    """Say whether every line of a record is a field, or goes on with one, or ends the record."""
    begun = names[0] in _STARTS and names.count("PMID") <= 1
    return begun and names[-1] is None and not values[-1]


def _text(names: Names, values: list[str]) -> str:
    """Return the lines that such fields were, each with its line feed before it."""
    pairs = zip(names, values, strict=True)
    return "".join([f"\n{value}" if name is None else f"\n{name:<4}- {value}"
                    for name, value in pairs])  # fmt: skip


class _Record:
    """The record that is being read."""

    def __init__(self) -> None:
        self.fields: list[tuple[str, str]] = []
        self.more: list[str] = []  # further lines of the last field
        self.number = 1  # of the next line
        self.line, self.apart = 0, True  # whether an empty line was the last
        self.starts: set[str] = set()
        self.problems: list[Problem] = []

    def taken(self) -> Iterator[tuple[Raw, int] | Problem]:
        """Yield what there is, and begin anew."""
        close(self.fields, self.more)
        if self.fields:
            yield tuple(self.fields), self.line
        yield from self.problems
        self.fields, self.problems, self.starts = [], [], set()

    def several(self, piece: str, name: str) -> Iterator[tuple[Raw, int] | Problem]:
        """Take the records of a piece; another one, which such a field begins, comes after it."""
        parts = _FIELDS(piece)
        yield from self.lines(parts[0])
        names, values = [*parts[1::2], name], parts[2::2]
        at = 0
        while at < len(values):
            end = _end(names, at)
            some, said = names[at:end], values[at:end]
            if self.apart and names[at] == names[end] and _orderly(some, said):
                if self.fields or self.problems:
                    yield from self.taken()
                yield tuple(zip(some[:-1], said, strict=False)), self.number
                self.number += "\n".join(said).count("\n") + 1
            else:
                yield from self.lines(_text(some, said))
            at = end

    def lines(self, piece: str) -> Iterator[tuple[Raw, int] | Problem]:
        """Take the lines of a piece one by one."""
        for line in piece.split("\n")[1:]:
            if line[:1] == " " and self.fields and not line.isspace():
                self.more.append(line)
            else:
                yield from self._line(line, self.number)
            self.number += 1

    def _line(self, line: str, number: int) -> Iterator[tuple[Raw, int] | Problem]:
        found = _NAME.match(line) if line[4:5] == "-" else None
        if found:
            name = found[1]
            if self.fields and (name in self.starts or (name == "PMID" and self.apart)):
                yield from self.taken()
            self._begin(name, number)
            close(self.fields, self.more)
            self.fields.append((name, line[found.end() :]))
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
