"""What an attribute or a text may hold, said once for reading and for writing.

Source: the simple types of REFI-QDA 1.5 (Project.xsd and Codebook.xsd of 18 March 2019) and of XML
Schema part 2. `read` gives a value as it is kept here, or raises ValueError; `mended` is true where
what stood there is not valid, and what was meant is plain all the same.
"""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_BARE = re.compile(r"[0-9a-f]{32}")
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(\.\d+)?(Z|[+-](?:0\d|1[0-3]):[0-5]\d)?"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)?$)")
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")


@dataclass(frozen=True, slots=True)
class Read:
    """A value, and whether it had to be put right."""

    value: Any
    mended: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A simple type: its name in plain words, how it is read, how it is written."""

    words: str
    read: Callable[[str], Read]
    write: Callable[[Any], str] = str


def _text(said: str) -> Read:
    return Read(said)


def guid(said: str) -> Read:
    """Return a GUID in small letters without braces: those two do not tell GUIDs apart."""
    bare = said.strip().lower()
    inner = bare[1:-1] if bare[:1] + bare[-1:] == "{}" else bare
    if _GUID.fullmatch(inner):
        return Read(inner)
    if _BARE.fullmatch(inner):
        return Read(str(uuid.UUID(inner)), mended=True)
    raise ValueError


def _whole(said: str) -> Read:
    bare = said.strip()
    if _WHOLE.fullmatch(bare):
        return Read(int(bare))
    if re.fullmatch(r"[+-]?\d{1,15}\.0*", bare):
        return Read(int(float(bare)), mended=True)
    raise ValueError


def _truth(said: str) -> Read:
    bare = said.strip()
    if bare in ("true", "1", "false", "0"):
        return Read(bare in ("true", "1"))
    if bare.lower() in ("true", "yes", "false", "no"):
        return Read(bare.lower() in ("true", "yes"), mended=True)
    raise ValueError


def _colour(said: str) -> Read:
    bare = said.strip().lower()
    digits = bare.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(each * 2 for each in digits)
    if re.fullmatch("[0-9a-f]{6}", digits):
        return Read(f"#{digits}", mended=not bare.startswith("#"))
    raise ValueError


def _moment(said: str) -> Read:
    """Return a moment as it was written: its fraction and its zone are the writer's."""
    bare = said.strip()
    tidy = bare if _MOMENT.fullmatch(bare) else _tidy_moment(bare)
    found = _MOMENT.fullmatch(tidy)
    if not found:
        raise ValueError
    datetime.fromisoformat(found[1])  # is there such a day?
    return Read(tidy, mended=tidy != bare)


def _tidy_moment(bare: str) -> str:
    tidy = re.sub(r"^(\d{4}-\d\d-\d\d)[ t]+", r"\1T", bare)
    tidy = re.sub(r" *z$", "Z", tidy, flags=re.IGNORECASE)
    return re.sub(r"^(\d{4}-\d\d-\d\d)$", r"\1T00:00:00", tidy)


def _one_of(*known: str) -> Callable[[str], Read]:
    by_letters = {each.lower(): each for each in known}

    def read(said: str) -> Read:
        bare = said.strip()
        meant = by_letters.get(bare.lower())
        if meant is None:
            raise ValueError
        return Read(meant, mended=meant != bare)

    return read


def _day(said: str) -> Read:
    found = _DAY.match(said.strip())
    if not found:
        raise ValueError
    date.fromisoformat(found[0])
    return Read(said.strip())


def _decimal(said: str) -> Read:
    bare = said.strip()
    tidy = bare.replace(",", ".") if bare.count(",") == 1 else bare
    if not _DECIMAL.fullmatch(tidy):
        raise ValueError
    return Read(tidy, mended=tidy != bare)


def _kept(kind: Kind) -> Kind:
    """The same check, kept as it was written: "007" stays "007"."""

    def read(said: str) -> Read:
        found = kind.read(said)
        return Read(kind.write(found.value) if found.mended else said.strip(), found.mended)

    return Kind(kind.words, read)


TEXT = Kind("a text", _text)
GUID = Kind("a GUID", guid)
WHOLE = Kind("a whole number", _whole)
TRUTH = Kind("true or false", _truth, lambda value: "true" if value else "false")
COLOUR = Kind("a colour such as #3366cc", _colour)
MOMENT = Kind("a day and time", _moment)
DIRECTION = Kind("a direction", _one_of("Associative", "OneWay", "Bidirectional"))
VARIABLE = Kind(
    "a kind of variable", _one_of("Text", "Boolean", "Integer", "Float", "Date", "DateTime")
)
SHAPE = Kind(
    "a shape",
    _one_of("Person", "Oval", "Rectangle", "RoundedRectangle", "Star", "LeftTriangle",
            "RightTriangle", "UpTriangle", "DownTriangle", "Note"),
)  # fmt: skip
LINE = Kind("a style of line", _one_of("dotted", "dashed", "solid"))
# What a variable's value may be, by the element that holds it, in the order of the schema.
SAID = {
    "TextValue": TEXT,
    "BooleanValue": _kept(TRUTH),
    "IntegerValue": _kept(WHOLE),
    "FloatValue": Kind("a number", _decimal),
    "DateValue": Kind("a day", _day),
    "DateTimeValue": MOMENT,
}
