"""What each part of a reference is, from the values of the fields that hold it.

Every function takes a record's fields and the names of those to look in, best first, all of which
are there (`building` sees to that). Values are mended on the way (`mending`, `identifiers`,
`years`). Journals and languages come again and again: theirs are worked out once.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from firsthand.evidence.formats import identifiers, lists, years
from firsthand.evidence.formats.mending import long_text
from firsthand.evidence.formats.mending import text as mended

Fields = Mapping[str, Sequence[str]]
Names = tuple[str, ...]  # of fields
Listed = Callable[[Sequence[str]], tuple[str, ...]]  # from a field's values to names or keywords
_mended_before = lru_cache(maxsize=4096)(mended)
_SHORT = 200  # letters: what is longer is not kept in mind


def first(fields: Fields, names: Sequence[str]) -> str:
    """Return the first value that says anything, or "". The names may be of fields not there."""
    for name in names:
        for value in fields.get(name, ()):
            if value and not value.isspace():
                return value
    return ""


def text(fields: Fields, names: Names) -> str:
    """Return the first value that says anything, mended, or ""."""
    for name in names:
        for value in fields[name]:
            if value and not value.isspace():
                return mended(value)
    return ""


def short(fields: Fields, names: Names) -> str:
    """Return the same of a part that is a number most of the time."""
    for name in names:
        for value in fields[name]:
            if value.isalnum() and value.isascii():
                return value
            if value and not value.isspace():
                return mended(value)
    return ""


def often(fields: Fields, names: Names) -> str:
    """Return the same of a part that is alike in many records."""
    for name in names:
        for value in fields[name]:
            if value and not value.isspace():
                return _mended_before(value) if len(value) < _SHORT else mended(value)
    return ""


def listed(fields: Fields, named: Listed, *several: Names) -> tuple[str, ...]:
    """Return names or keywords: of the first group of fields that has any."""
    for names in several:
        if names and (found := named(_all(fields, names))):
            return found
    return ()


def _all(fields: Fields, names: Names) -> Sequence[str]:
    """Return every value of the named fields."""
    if len(names) == 1:
        return fields[names[0]]
    return [value for name in names for value in fields[name]]


def year(fields: Fields, names: Names) -> int | None:
    """Return the first year that can be read."""
    for name in names:
        for value in fields[name]:
            if (found := years.year(value)) is not None:
                return found
    return None


def pages(fields: Fields, begins: Names, ends: Names) -> str:
    """Return "5-9", from one field or two."""
    begin, end = short(fields, begins), short(fields, ends)
    if not begin.isalnum():
        begin = begin.replace("--", "-").replace("\u2013", "-")
    if not begin or not end or "-" in begin or begin == end:
        return begin or end
    return f"{begin}-{end}"


def abstract(fields: Fields, names: Names) -> str:
    """Join a field that comes several times; an abstract in two fields is said once."""
    for name in names:
        values = fields[name]
        one = len(values) == 1
        found = long_text(values[0]) if one else "\n".join(lists.unique(map(long_text, values)))
        if found:
            return found
    return ""


def doi(fields: Fields, names: Names, linked: Names) -> str:
    """Return the first DOI; of addresses, only when they say that it is one."""
    return _first_doi(fields, names, "10.") or _first_doi(fields, linked, "doi.org/")


def _first_doi(fields: Fields, names: Names, sign: str) -> str:
    """Return the first DOI in a value that has the sign in it."""
    for name in names:
        for value in fields[name]:
            if sign in value and (found := identifiers.doi(value)):
                return found
    return ""


def pmid(fields: Fields, names: Names) -> str:
    """Return PubMed's number."""
    return identifiers.pmid(value) if (value := first(fields, names)) else ""


def numbers(fields: Fields, names: Names) -> str:
    """Return ISBNs and ISSNs, each once, parted by "; "."""
    values = _all(fields, names)
    if len(values) == 1:
        return identifiers.joined_numbers(values[0])
    found = [number for value in values for number in identifiers.numbers(value.strip())]
    return "; ".join(dict.fromkeys(found))


def url(fields: Fields, names: Names) -> str:
    """Return the first address."""
    value = first(fields, names).split(None, 1)
    return value[0] if value else ""
