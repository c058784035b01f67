"""CSL-JSON, as Zotero, Mendeley, Crossref and pandoc write it.

Source: the Citation Style Language data schema 1.0.2 (csl-data.json). The objects are taken out
of the array one by one; what is no JSON in one costs no other. Other tools' JSON with much the same
names ("authors", "journal") is read too. In `raw` each value is JSON text.
"""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from firsthand.evidence.formats import kinds
from firsthand.evidence.formats.building import Plan, Read, build, checked
from firsthand.evidence.formats.decoding import batches
from firsthand.evidence.formats.lists import unique
from firsthand.evidence.formats.reference import Format, Problem

LARGEST = 16_000_000
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}]|"', re.DOTALL)
_AGAIN = re.compile(r',?\s*(?=\{\s*"(?:id|type|title|DOI|citation-key|indexed|recNumber)")')
_EXPECTED = {"title", "type", "id", "DOI", "author", "container-title", "issued"}
_WRAPPED = re.compile(r'\s*\{\s*"(?:items|references)"\s*:\s*\[')

PLAN = Plan(
    format=Format.CSL_JSON.value,
    title=("title",),
    authors=("author", "authors"),
    editors=("editor",),
    year=("issued", "original-date", "year", "date"),
    container=("container-title", "container-title-short", "collection-title", "journal"),
    volume=("volume",),
    issue=("issue",),
    pages=("page", "pages"),
    abstract=("abstract",),
    doi=("DOI", "doi"),
    linked_doi=("URL", "url"),
    pmid=("PMID", "pmid"),
    numbers=("ISSN", "ISBN", "issn", "isbn"),
    url=("URL", "url"),
    keywords=("keyword", "keywords"),
    language=("language",),
    to_names=lambda values: unique(value.strip() for value in values),
    to_words=lambda values: unique(map(str.strip, re.split("[,;\n]", "\n".join(values)))),
)


def read(lines: Iterable[str]) -> Read:
    """Yield the references and problems of a CSL-JSON file, given with its line ends."""
    chunks = _objects(batches(lines))
    for item, part, line in (each for chunk, at in chunks for each in _items(chunk, at)):
        if item is None:
            said = f"This is no record in CSL-JSON: “{' '.join(part.split())[:60]}”."
            yield Problem(line, said, "Nothing of this record; all of the others.")
            continue
        raw = tuple((name, json.dumps(value, ensure_ascii=False)) for name, value in item.items())
        fields = {name: list(_said(value)) for name, value in item.items()}
        kind = kinds.from_words(str(item.get("type", "")))
        yield from checked(PLAN, fields, build(PLAN, fields, raw, line, kind))


def _said(value: Any) -> Iterator[str]:
    """Yield what a value says: a text, a number, a list of either, names or a date."""
    if isinstance(value, list):
        for each in value:
            yield from _said(each)
    elif isinstance(value, dict):
        yield _name(value) or _date(value)
    elif value is not None:
        yield str(value)


def _name(value: dict[str, Any]) -> str:
    if value.get("literal"):
        return str(value["literal"])
    parts = ("dropping-particle", "non-dropping-particle", "family")
    family = " ".join(str(value[part]) for part in parts if value.get(part))
    given = " ".join(str(value[part]) for part in ("given", "suffix") if value.get(part))
    return ", ".join(part for part in (family, given) if part)


def _date(value: dict[str, Any]) -> str:
    parts = value.get("date-parts") or [[]]
    said = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    return "-".join(map(str, said)) or str(value.get("raw") or value.get("season") or "")


def _objects(pieces: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield each object's text and its first line. Only one object is held."""
    held, line = "", 1
    for piece in pieces:
        held, at = held + piece, 0
        if line == 1 and (wrapped := _WRAPPED.match(held)):
            at = wrapped.end() - 1
            line += held.count("\n", 0, at)
        while (cut := _cut(held, at)) is not None:
            begin, stop = cut
            line += held.count("\n", at, begin)
            yield held[begin:stop], line
            line += held.count("\n", begin, stop)
            at = stop
        held = held[at:]
    if (begin := held.find("{")) >= 0:
        yield held[begin:], line + held.count("\n", 0, begin)


def _cut(held: str, at: int) -> tuple[int, int] | None:
    """Return where the first object begins and ends, if its end is there yet."""
    begin = held.find("{", at)
    depth = 0
    for found in _TOKEN.finditer(held, begin) if begin >= 0 else ():
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return begin, found.end()
        if found[0] == '"':
            break  # a text whose end is not there yet
    large = begin >= 0 and len(held) - begin > LARGEST
    return (begin, len(held)) if large else None


def _items(chunk: str, line: int) -> Iterator[tuple[dict[str, Any] | None, str, int]]:
    """Yield what a chunk holds; when it is no JSON, try it in parts, each a record's."""
    item = _loaded(chunk)
    starts = [0, *(found.end() for found in _AGAIN.finditer(chunk))] if item is None else [0]
    for begin, end in pairwise([*starts, len(chunk)]):
        part = chunk[begin:end].strip().rstrip("],").rstrip()
        found = item if item is not None else _loaded(part)
        yield found, part, line + chunk.count("\n", 0, begin)


def _loaded(chunk: str) -> dict[str, Any] | None:
    try:
        item = json.loads(chunk)
    except (ValueError, RecursionError):
        return None
    return item if isinstance(item, dict) and _EXPECTED & item.keys() else None
