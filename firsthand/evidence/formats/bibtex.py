"""BibTeX and BibLaTeX, from Scopus, Google Scholar, Zotero, JabRef and by hand.

Source: Patashnik, "BibTeXing" (1988); the BibLaTeX manual, section 2, for fields. In `raw` the
entry stands first ("@article", its key), then each field with its braces or quotes as it stood.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from firsthand.evidence.formats import kinds, lists
from firsthand.evidence.formats.bibtex_fields import entry
from firsthand.evidence.formats.building import Plan, Read, build, checked, grouped
from firsthand.evidence.formats.latex import plain
from firsthand.evidence.formats.mending import text
from firsthand.evidence.formats.reference import Format, Problem, Raw

_HEAD = re.compile(r"\s*@\s*([A-Za-z]+)\s*[{(]")
_SURE_HEAD = re.compile(r"\s*@\s*[A-Za-z]+\s*[{(]\s*[^\s,={}()\"]*\s*,")
_TWO_IN_A_LINE = re.compile(r"(?<=[})])\s*(?=@[A-Za-z]+\s*[{(][^\s,={}]*,)")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_KEYS = 200_000  # so many keys are remembered, to tell when one comes again
LARGEST = 64_000_000


def _names(values: Sequence[str]) -> tuple[str, ...]:
    found = (text(each) for value in values for each in _AND.split(value))
    return lists.unique(name for name in found if name.lower() != "others")


def _words(values: Sequence[str]) -> tuple[str, ...]:
    return lists.words([each if ";" in each else each.replace(",", ";") for each in values])


PLAN = Plan(
    format=Format.BIBTEX.value,
    title=("title",),
    authors=("author",),
    editors=("editor",),
    year=("year", "date", "urldate"),
    container=("journal", "journaltitle", "booktitle", "series"),
    volume=("volume",),
    issue=("number", "issue"),
    pages=("pages", "art_number", "article-number", "eid"),
    abstract=("abstract",),
    doi=("doi",),
    linked_doi=("url", "ee"),
    pmid=("pmid", "pubmed_id"),
    numbers=("issn", "isbn", "eissn"),
    url=("url", "howpublished"),
    keywords=("author_keywords", "keywords", "keyword"),
    language=("language", "langid"),
    to_names=_names,
    to_words=_words,
)


def read(lines: Iterable[str]) -> Read:
    """Yield the references and problems of a BibTeX file."""
    macros: dict[str, str] = {}
    keys: dict[int, int] = {}
    for line, chunk in _chunks(lines):
        kind = _HEAD.match(chunk)
        word = kind[1].lower() if kind else ""
        if word in ("comment", "preamble"):
            continue
        found = entry(chunk, line, macros)
        if word == "string":
            macros.update({name.lower(): value for name, value in found.values})
            continue
        yield from _reference(word, found.key, found.raw, grouped(found.values), line)
        yield from found.problems
        yield from _again(keys, found.key, line)


def _reference(word: str, key: str, raw: Raw, fields: dict[str, list[str]], line: int) -> Read:
    fields = {name: [_readable(name, value) for value in all_] for name, all_ in fields.items()}
    kind = kinds.BIBTEX.get(word, kinds.UNKNOWN)
    whole = ((f"@{word}", key), *raw)
    yield from checked(PLAN, fields, build(PLAN, fields, whole, line, kind))


def _readable(name: str, value: str) -> str:
    return value if name in ("url", "doi", "ee") else plain(value)


def _again(keys: dict[int, int], key: str, line: int) -> Iterator[Problem]:
    """Say when a key was used before. Both records stay: a key is no proof of sameness."""
    before = keys.get(hash(key)) if key else None
    if before is not None:
        said = f"The key “{key[:60]}” was used before, in line {before}."
        yield Problem(line, said, "Both records.")
    elif key and len(keys) < _KEYS:
        keys[hash(key)] = line


def _chunks(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield each entry's text with its first line: from one @ at a line's start to the next."""
    held: list[str] = []
    begun, depth, size = 0, 0, 0
    for number, whole in enumerate(lines, 1):
        for line in _TWO_IN_A_LINE.split(whole) if whole.count("@") > 1 else (whole,):
            head = "@" in line and (depth <= 0 or not held) and _HEAD.match(line)
            if head or ("@" in line and _SURE_HEAD.match(line)) or size > LARGEST:
                if held:
                    yield begun, "\n".join(held)
                held, begun, depth, size = [], number, 0, 0
            if held or head or _HEAD.match(line):
                held.append(line)
                depth += line.count("{") - line.count("}")
                size += len(line)
    if held:
        yield begun, "\n".join(held)
