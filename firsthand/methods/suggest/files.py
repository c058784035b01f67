"""Reading a codebook (JSON) and coded texts (JSON lines), and saying what is wrong in them, where.

A codebook is a list of {"code", "definition", "examples"} and, if it differs from the code, "name".
A coded text is a line {"text", "codes"} and, so that one person's words stay together,
"respondent". What is wrong in one line or entry is told, and the others are used.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from firsthand.methods.suggest.values import Entry


class Unusable(ValueError):
    """Nothing in the file can be used; the message says why."""


@dataclass(frozen=True)
class Coded:
    """A text and its true codes. `respondent` is "" when the file does not say."""

    text: str
    codes: tuple[str, ...]
    respondent: str = ""


@dataclass(frozen=True)
class Codebook:
    """The entries that could be used, and a sentence for each that could not."""

    entries: tuple[Entry, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """The coded texts that could be used, and a sentence for each line that could not."""

    coded: tuple[Coded, ...]
    wrong: tuple[str, ...]


class _Wrong(ValueError):
    """One line or entry cannot be used."""


def codebook(place: Path) -> Codebook:
    """Read a codebook. Raises Unusable."""
    listed = _parsed(_text(place), place)
    if not isinstance(listed, list):
        raise Unusable(f"{place.name} is not a list of entries.")
    entries: dict[str, Entry] = {}
    wrong = []
    for number, each in enumerate(listed, 1):
        try:
            entry = _entry(each, entries)
            entries[entry.code] = entry
        except _Wrong as why:
            wrong.append(f"{place.name}, entry {number}: {why}")
    if not entries:
        raise Unusable(_none("entry", place, wrong))
    return Codebook(tuple(entries.values()), tuple(wrong))


def rows(place: Path, codes: Collection[str]) -> Rows:
    """Read coded texts whose codes are among `codes`. Raises Unusable."""
    coded, wrong = [], []
    for number, line in enumerate(_text(place).split("\n"), 1):
        try:
            if line.strip():
                coded.append(_coded(line, codes))
        except _Wrong as why:
            wrong.append(f"{place.name}, line {number}: {why}")
    if not coded:
        raise Unusable(_none("line", place, wrong))
    return Rows(tuple(coded), tuple(wrong))


def _text(place: Path) -> str:
    try:
        return place.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Unusable(f"{place.name} is not text in UTF-8.") from None
    except OSError as why:
        raise Unusable(f"{place.name} cannot be read: {why.strerror}.") from None


def _parsed(text: str, place: Path) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as why:
        at = f" at line {why.lineno}" if isinstance(why, json.JSONDecodeError) else ""
        raise Unusable(f"{place.name} is not JSON: something is wrong{at}.") from None


def _none(what: str, place: Path, wrong: list[str]) -> str:
    first = f" The first thing wrong: {wrong[0]}" if wrong else " It is empty."
    return f"No {what} of {place.name} can be used.{first}"


def _entry(given: Any, known: Collection[str]) -> Entry:
    if not isinstance(given, dict):
        raise _Wrong("it is not an object in curly brackets.")
    code = _string(given, "code")
    if code in known:
        raise _Wrong(f"the code {code!r} is there already.")
    name = _string(given, "name") if "name" in given else code
    definition = _string(given, "definition") if given.get("definition") else ""
    return Entry(code, name, definition, _strings(given.get("examples") or [], "examples"))


def _coded(line: str, known: Collection[str]) -> Coded:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        raise _Wrong("it is not JSON.") from None
    if not isinstance(given, dict):
        raise _Wrong("it is not an object in curly brackets.")
    codes = _strings(given.get("codes"), "codes")
    strange = next((each for each in codes if each not in known), None)
    if strange is not None:
        raise _Wrong(f"the code {strange!r} is not in the codebook.")
    if not codes:
        raise _Wrong('"codes" is empty.')
    respondent = given.get("respondent")
    return Coded(_string(given, "text"), codes, "" if respondent is None else str(respondent))


def _string(given: dict[str, Any], key: str) -> str:
    found = given.get(key)
    if not isinstance(found, str) or not found.strip():
        raise _Wrong(f'"{key}" is missing, empty or no text.')
    return found


def _strings(found: Any, key: str) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise _Wrong(f'"{key}" is not a list of texts.')
    return tuple(dict.fromkeys(found))
