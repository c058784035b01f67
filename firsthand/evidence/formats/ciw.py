"""Web of Science plain text (.ciw, .txt), also as Zoological Record and BIOSIS write it.

Source: Clarivate, "Web of Science Core Collection Field Tags". A field is two letters or a letter
and a digit, a blank, and a value; a line set in by three goes on with it. PT begins a record and
ER ends it; FN and VR stand on top, EF at the end.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from firsthand.evidence.formats import kinds
from firsthand.evidence.formats.building import Fields, Plan, Read, built
from firsthand.evidence.formats.lists import unique, wrapped_words
from firsthand.evidence.formats.reference import Format, Problem, Raw
from firsthand.evidence.formats.tagged import close

_FIELD = re.compile(r"([A-Z][A-Z0-9])(?: |$)(.*)")
_AROUND = {"FN", "VR", "EF"}
_AFTER_NAME = re.compile(r"\s*\([^()\s]*@[^()\s]*\)")  # Zoological Record puts addresses there


def _names(values: Sequence[str]) -> tuple[str, ...]:
    """One name a line."""
    lines = (line for value in values for line in value.split("\n"))
    return unique(_AFTER_NAME.sub("", line).strip() for line in lines)


PLAN = Plan(
    format=Format.CIW.value,
    title=("TI",),
    authors=("AF",),
    editors=("AU", "BA", "BE", "ED", "CA"),
    year=("PY", "PD", "EY", "EA"),
    container=("SO", "JI", "J9"),
    volume=("VL",),
    issue=("IS",),
    pages=("BP", "PS", "AR"),
    last_page=("EP",),
    abstract=("AB",),
    doi=("DI", "D2"),
    pmid=("PM",),
    numbers=("SN", "EI", "BN"),
    keywords=("DE", "ID", "BD"),
    language=("LA",),
    to_names=_names,
    to_words=wrapped_words,
)


def read(lines: Iterable[str]) -> Read:
    """Return the references and problems of a Web of Science file."""
    return built(PLAN, _records(lines), _kind)


def _kind(fields: Fields) -> str:
    return kinds.CIW.get(fields.get("PT", [""])[0].strip(), kinds.UNKNOWN)


def _records(lines: Iterable[str]) -> Iterator[tuple[Raw, int] | Problem]:
    """Yield each record's fields and first line. Only one record is held."""
    fields: list[tuple[str, str]] = []
    more: list[str] = []
    begun, number = 0, 0
    for number, line in enumerate(lines, 1):
        found = None if line[:1] == " " else _FIELD.fullmatch(line.rstrip())
        if found is None:
            if line.strip() and fields:
                more.append(line.strip())
                if line[:1] != " ":
                    said = f"This line is no field; it stands after {fields[-1][0]}."
                    yield Problem(number, said, f"It was kept in {fields[-1][0]}.")
            continue
        name, value = found.groups()
        if more:
            close(fields, more)
        if name == "ER" or (name == "PT" and fields and len(value.strip()) == 1):
            if fields:
                yield tuple(fields), begun
            if name == "PT":
                said = "No ER line ends this record; the next one begins."
                yield Problem(begun, said, "The whole record.")
            fields = []
        if name != "ER" and not (name in _AROUND and not fields) and name != "EF":
            begun = begun if fields else number
            fields.append((name, value))
    close(fields, more)
    if fields:
        yield tuple(fields), begun
        said = "The file ends inside this record: it may have been cut off."
        yield Problem(begun, said, "What there was of the record.")
