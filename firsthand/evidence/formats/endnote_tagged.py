"""EndNote's tagged text (.enw), the refer format: a per cent sign, a letter, a blank, a value.

Source: refer(1), Bell Laboratories 1978; EndNote's list of "EndNote Import" tags. %0 begins a
record, or stands second in it; an empty line parts records.
"""

import re
from collections.abc import Iterable, Iterator

from firsthand.evidence.formats import kinds
from firsthand.evidence.formats.building import Fields, Plan, Read, built
from firsthand.evidence.formats.reference import Format, Problem, Raw
from firsthand.evidence.formats.tagged import close

_FIELD = re.compile(r"\s{0,2}%(\S)(?:[ \t]|$)(.*)")

PLAN = Plan(
    format=Format.ENDNOTE_TAGGED.value,
    title=("T", "Q"),
    authors=("A",),
    editors=("E", "Y", "?"),
    year=("D", "8"),
    container=("J", "B", "S"),
    volume=("V",),
    issue=("N",),
    pages=("P",),
    abstract=("X",),
    doi=("R",),
    linked_doi=("U", ">"),
    numbers=("@",),
    url=("U",),
    keywords=("K",),
    language=("G",),
)


def read(lines: Iterable[str]) -> Read:
    """Return the references and problems of a file of EndNote's tagged text."""
    return built(PLAN, _records(lines), _kind)


def _kind(fields: Fields) -> str:
    if "0" in fields:
        return kinds.from_words(fields["0"][0])
    return kinds.ARTICLE if "J" in fields else kinds.UNKNOWN


def _records(lines: Iterable[str]) -> Iterator[tuple[Raw, int] | Problem]:
    """Yield each record's fields and first line. Only one record is held."""
    fields: list[tuple[str, str]] = []
    more: list[str] = []
    begun, apart, number = 0, False, 0
    for number, line in enumerate(lines, 1):
        found = _FIELD.fullmatch(line)
        if not line.strip():
            apart = True
            more += [""] if fields else []
        elif found:
            name, value = found.groups()
            close(fields, more)
            if fields and _begins(name, fields, apart):
                yield tuple(fields), begun
                fields = []
            begun = begun if fields else number
            fields.append((name, value))
            apart = False
        elif fields:
            more.append(line)
        else:
            yield Problem(
                number, "This line is no field, and stands before any record.", "Nothing."
            )
    close(fields, more)
    if fields:
        yield tuple(fields), begun


def _begins(name: str, fields: list[tuple[str, str]], apart: bool) -> bool:
    """A second %0 begins a record; so does a kind, title or author after an empty line."""
    names = {each for each, _ in fields}
    if name == "0" and "0" in names:
        return True
    return apart and name in "0AT" and ("T" in names or "0" in names)
