"""How a value's fields stand in XML: which are attributes, which are elements, in which order.

Each class of values says so field by field, in the order that the schema asks for. One reader
(`elements`) and one writer (`markup`) work from that, so that neither can forget what the other
knows.
"""

from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from firsthand.codebook.refi.kinds import GUID, TEXT, Kind

_KEY = "refi"


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute: its name, what it may hold, and whether it has to be there."""

    name: str
    kind: Kind
    required: bool


@dataclass(frozen=True, slots=True)
class Words:
    """An element that holds nothing but text."""

    tag: str


@dataclass(frozen=True, slots=True)
class Refs:
    """Elements that name something else by its GUID, and hold nothing more."""

    tag: str
    name: str
    single: bool


@dataclass(frozen=True, slots=True)
class Children:
    """Elements that are values themselves. `box`: the elements around them all, from outside."""

    tags: tuple[str, ...]
    box: tuple[str, ...]
    single: bool


@dataclass(frozen=True, slots=True)
class Said:
    """The element that holds what a variable says; its name tells of which kind that is."""


Part = Attribute | Words | Refs | Children | Said


def guid() -> Any:
    """The attribute that names a value for all others."""
    return needed("guid", GUID)


def needed(name: str, kind: Kind = TEXT) -> Any:
    """A field that is an attribute which has to be there."""
    return field(metadata={_KEY: Attribute(name, kind, required=True)})


def attribute(name: str, kind: Kind = TEXT) -> Any:
    """A field that is an attribute; "" when it is not there."""
    return field(default="", metadata={_KEY: Attribute(name, kind, required=False)})


def number(name: str, kind: Kind) -> Any:
    """A field that is an attribute and no text; None when it is not there."""
    return field(default=None, metadata={_KEY: Attribute(name, kind, required=False)})


def words(tag: str) -> Any:
    """A field that is an element of text; "" when it is not there."""
    return field(default="", metadata={_KEY: Words(tag)})


def ref(tag: str) -> Any:
    """A field that holds the GUID which one element points to."""
    return field(default="", metadata={_KEY: Refs(tag, "targetGUID", single=True)})


def refs(tag: str, name: str = "targetGUID") -> Any:
    """The same for any number of elements."""
    return field(default=(), metadata={_KEY: Refs(tag, name, single=False)})


def one(tag: str) -> Any:
    """A field of one value, or None."""
    return field(default=None, metadata={_KEY: Children((tag,), (), single=True)})


def many(*tags: str, box: tuple[str, ...] = ()) -> Any:
    """A field of values."""
    return field(default=(), metadata={_KEY: Children(tags, box, single=False)})


def said() -> Any:
    """The field of what a variable says: the name of the element, and the text in it."""
    return field(default=("", ""), metadata={_KEY: Said()})


@cache
def plan(of: Any) -> tuple[tuple[str, Part], ...]:
    """Return each field's name and its place in XML, in the order they are written."""
    return tuple((each.name, each.metadata[_KEY]) for each in fields(of))
