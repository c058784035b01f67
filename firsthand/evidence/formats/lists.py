"""Several names or keywords in one value, as tables and some databases write them."""

import ast
import re
from collections.abc import Iterable, Sequence

from firsthand.evidence.formats.mending import text

_AND = re.compile(r"\s+(?:and|&)\s+|\s*\n\s*", re.IGNORECASE)
_INITIALS = re.compile(r"^[^,]*\S[\s ]+(?:[A-Z]{1,3}|(?:[A-Z][a-z]?\.[- ]?){1,5})$")


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Return values without the empty ones, each once, in order."""
    return tuple(dict.fromkeys(filter(None, values)))


def _plain(whole: str) -> bool:
    """Nothing in it to part or to mend."""
    odd = ";" in whole or "&" in whole or "<" in whole or "|" in whole or "\t" in whole
    return not odd and "  " not in whole and "\xa0" not in whole


def one_each(values: Sequence[str]) -> tuple[str, ...]:
    """Return names where each value is one, unless ";" or a new line parts several."""
    whole = "\n".join(values)
    if _plain(whole) and whole.count("\n") < len(values):
        return unique(map(str.strip, values))
    parts = (text(line) for value in values for line in value.split("\n"))
    return unique(name.strip() for part in parts for name in part.split(";"))


def names(value: str) -> list[str]:
    """Return the names in one cell: parted by ";", "and", new lines, or "Liu R., Adler D.G."."""
    value = value.strip()
    if value.startswith("[") and (listed := _literal(value)) is not None:
        return [text(each) for each in listed]
    value = "\n".join(text(line) for line in value.split("\n"))
    for mark in (";", "|"):
        if mark in value:
            return [text(each) for each in value.split(mark)]
    parts = [each.strip() for each in _AND.split(value) if each.strip()]
    return [name for part in parts for name in _by_commas(part)]


def all_names(values: Sequence[str]) -> tuple[str, ...]:
    """Return the names in cells of a table."""
    return unique(name for value in values for name in names(value))


def _by_commas(part: str) -> list[str]:
    """Part "Liu R., Adler D.G."; leave "Adler, D. G." and "King, Martin Luther, Jr." alone."""
    pieces = [each.strip() for each in part.split(",")]
    if len(pieces) > 1 and all(_INITIALS.match(each) for each in pieces):
        return pieces
    return [part.strip(" ,")]


def words(values: Sequence[str]) -> tuple[str, ...]:
    """Return keywords: one each, or parted by ";", "|" or new lines, or a written list."""
    whole = "\n".join(values)
    if _plain(whole) and "[" not in whole and whole.count("\n") < len(values):
        return unique(map(str.strip, values))
    found = (word for value in values for word in _words(value))
    return unique(found)


def _words(value: str) -> list[str]:
    if value.startswith("[") and (listed := _literal(value)) is not None:
        return [text(each) for each in listed]
    value = "\n".join(text(line) for line in value.split("\n"))
    return [each.strip() for each in re.split(r"[;\n|]", value)]


def wrapped_words(values: Sequence[str]) -> tuple[str, ...]:
    """Return keywords parted by ";", where a new line is only where the line was full."""
    return unique(map(str.strip, text(";".join(values)).split(";")))


def _literal(value: str) -> list[str] | None:
    """Return what "['Marx, Karl', 'Lindgren, Astrid']" lists; None when it is no such list."""
    if len(value) > 1_000_000:
        return None
    try:
        listed = ast.literal_eval(value)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return [str(each) for each in listed] if isinstance(listed, list) else None
