"""Several names or keywords in one value, as tables and some databases write them."""

import ast
import re
from collections.abc import Iterable

from firsthand.evidence.formats.mending import text

_AND = re.compile(r"\s+(?:and|&)\s+|\s*\n\s*", re.IGNORECASE)
_INITIALS = re.compile(r"^[^,]*\S[\s ]+(?:[A-Z]{1,3}|(?:[A-Z][a-z]?\.[- ]?){1,5})$")


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Return values without the empty ones, each once, in order."""
    return tuple(dict.fromkeys(value for value in values if value))


def names(value: str) -> list[str]:
    """Return the names in one value: parted by ";", "and", new lines, or "Liu R., Adler D.G."."""
    value = value.strip()
    if value.startswith("[") and (listed := _literal(value)) is not None:
        return [text(each) for each in listed]
    if "&" in value and ";" in value:
        value = text(value) if "\n" not in value else value
    for mark in (";", "|"):
        if mark in value:
            return [text(each) for each in value.split(mark) if each.strip()]
    parts = [text(each) for each in _AND.split(value) if each.strip()]
    return [name for part in parts for name in _by_commas(part)]


def _by_commas(part: str) -> list[str]:
    """Part "Liu R., Adler D.G."; leave "Adler, D. G." and "King, Martin Luther, Jr." alone."""
    pieces = [each.strip() for each in part.split(",")]
    if len(pieces) > 1 and all(_INITIALS.match(each) for each in pieces):
        return pieces
    return [part.strip(" ,")]


def words(value: str) -> list[str]:
    """Return the keywords in one value: parted by ";", "|" or new lines, or a written list."""
    if value.startswith("[") and (listed := _literal(value)) is not None:
        return [text(each) for each in listed]
    if ";" not in value and "\n" not in value and "|" not in value:
        return [text(value)]
    value = "\n".join(text(line) for line in value.split("\n"))
    return [each.strip() for each in re.split(r"[;\n|]", value)]


def wrapped_words(value: str) -> list[str]:
    """Return keywords where a new line is only where the line was full."""
    return [each.strip() for each in text(value).split(";")]


def _literal(value: str) -> list[str] | None:
    """Return what "['Marx, Karl', 'Lindgren, Astrid']" lists; None when it is no such list."""
    if len(value) > 1_000_000:
        return None
    try:
        listed = ast.literal_eval(value)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return [str(each) for each in listed] if isinstance(listed, list) else None
