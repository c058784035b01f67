"""What a study is called for short, as reviews do: the first author's family name and the year."""

from collections.abc import Collection, Sequence

_LONGEST = 60  # characters of a title, where there is no author
_LETTERS = "bcdefghijklmnopqrstuvwxyz"


def short_name(authors: Sequence[str], year: int | None, title: str, number: int) -> str:
    """Return a name such as "Brook 2019"; without an author the title, or the record's number."""
    who = family(authors[0]) if authors else ""
    called = who or _cut(title) or f"Record {number}"
    return f"{called} {year}" if year else called


def family(author: str) -> str:
    """Return the family name: what stands before a comma, else the last word but initials."""
    if "," in author:
        return author.partition(",")[0].strip()
    words = author.split()
    whole = [each for each in words if len(each.strip(".")) > 1 and not _initials(each)]
    return (whole or words or [""])[-1]


def _initials(word: str) -> bool:
    return word.isupper() and len(word) <= 3


def _cut(title: str) -> str:
    return title if len(title) <= _LONGEST else f"{title[:_LONGEST].rstrip()}\u2026"


def apart(name: str, taken: Collection[str]) -> str:
    """Return the name, with a letter behind it when another study has it: "Brook 2019b"."""
    if name not in taken:
        return name
    found = (f"{name}{letter}" for letter in _LETTERS if f"{name}{letter}" not in taken)
    return next(found, f"{name} ({len(taken) + 1})")
