"""Numbers that name a report or a journal, each in its one form.

DOI: ISO 26324 and the DOI Handbook, section 2 (letters of either size are the same DOI; the
pattern is Crossref's recommendation of 2015, opened at the end). ISSN: ISO 3297. ISBN: ISO 2108.
"""

import re
from functools import lru_cache
from urllib.parse import unquote

_DOI = re.compile(r"(?<![\w.])10\.\d{4,9}/[^\s\"<>{}|\\^`]+")
_DOI_ESCAPED = re.compile(r"10\.\d{4,9}%2f", re.IGNORECASE)
_ISSN = re.compile(r"(?<![\dXx-])(\d{4})[-\u2010\u2013]?(\d{3}[\dXx])(?![\dXx-])")
_ISBN = re.compile(r"(?<![\d-])(?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dXx](?![\dXx-])")
_PMID = re.compile(r"(?<!\d)([1-9]\d{0,8})(?!\d)")
_LAST = tuple("0123456789xX")
_AFTER = {" (Electronic)", " (Print)", " (Linking)", " (electronic)", " (print)", " (ISSN)"}
_CLOSERS = {")": "(", "]": "[", "}": "{"}


def doi(value: str) -> str:
    """Return the first DOI in a value, bare and in small letters, or ""."""
    if "%" in value and _DOI_ESCAPED.search(value):
        value = unquote(value)
    found = _DOI.search(value)
    return _ended(found[0]).lower() if found else ""


def _ended(found: str) -> str:
    """Take off what follows a DOI in running text; a bracket stays when it was opened inside."""
    while found[-1] in ".,;:'\"?!)]}":
        opener = _CLOSERS.get(found[-1])
        if opener and found.count(opener) >= found.count(found[-1]):
            break
        found = found[:-1]
    return found


@lru_cache(maxsize=4096)  # the same journals come again and again
def numbers(value: str) -> tuple[str, ...]:
    """Return each ISBN (digits only) and ISSN ("1234-567X") in a value, once, in order."""
    if value[4:5] == "-" and value[:4].isdigit() and value[5:8].isdigit():
        after = value[9:]  # nearly every value is an ISSN, some with "(Print)" after it
        if value[8:9] in _LAST and (not after or after in _AFTER):
            return (value[:9].upper(),)
    books = {found.start(): re.sub("[- ]", "", found[0]) for found in _ISBN.finditer(value)}
    rest = _ISBN.sub(lambda found: " " * len(found[0]), value)
    journals = {found.start(): f"{found[1]}-{found[2]}" for found in _ISSN.finditer(rest)}
    placed = sorted({**books, **journals}.items())
    return tuple(dict.fromkeys(number.upper() for _, number in placed))


@lru_cache(maxsize=4096)
def joined_numbers(value: str) -> str:
    """Return the same, parted by "; "."""
    return "; ".join(numbers(value.strip()))


def pmid(value: str) -> str:
    """Return the PubMed number in a value that should hold one, or ""."""
    found = _PMID.search(value)
    return found[1] if found else ""
