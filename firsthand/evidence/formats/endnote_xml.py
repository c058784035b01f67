"""EndNote XML, record by record, so that what is broken in one costs no other.

Source: EndNote's document type definition "RSXML.dtd". Each <record> is cut out of the text and
parsed for itself by defusedxml: no entity is expanded, nothing outside the file is fetched, and
only one record is held. In `raw` a field is named by its path, such as "titles/title".
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from firsthand.evidence.formats import kinds
from firsthand.evidence.formats.building import Fields, Plan, Read, build, checked, grouped
from firsthand.evidence.formats.decoding import batches
from firsthand.evidence.formats.lists import unique
from firsthand.evidence.formats.mending import text
from firsthand.evidence.formats.reference import Format, Problem, Raw

_MARGIN = 64  # letters kept of what holds no record: a tag may be cut in two
LARGEST = 16_000_000
_CUT = "The file ends, or another record begins, inside this one."
_TYPE = re.compile(r"<ref-type\s[^<>]*name=[\"']([^\"'<>]*)[\"']")
_START = re.compile(r"<record[\s>]")
_END = "</record>"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)")
_FIELD = re.compile(r"<([a-z][a-z0-9-]*)(?:\s[^<>]*)?>((?:(?!</?\1[\s>]).)*)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")

PLAN = Plan(
    format=Format.ENDNOTE_XML.value,
    title=("titles/title", "title"),
    authors=("contributors/authors/author", "author"),
    editors=("contributors/secondary-authors/author",),
    year=("dates/year", "year", "dates/pub-dates/date"),
    container=("periodical/full-title", "titles/secondary-title", "full-title", "secondary-title"),
    volume=("volume",),
    issue=("number", "issue"),
    pages=("pages",),
    abstract=("abstract",),
    doi=("electronic-resource-num",),
    linked_doi=("urls/related-urls/url", "urls/web-urls/url"),
    pmid=("pmid",),
    numbers=("isbn", "issn"),
    url=("urls/related-urls/url", "urls/web-urls/url", "urls/pdf-urls/url", "url"),
    keywords=("keywords/keyword", "keyword"),
    language=("language",),
    to_names=lambda values: unique(map(text, values)),
)


def read(lines: Iterable[str]) -> Read:
    """Yield the references and problems of an EndNote XML file, given with its line ends."""
    for chunk, line, whole in _records(batches(lines)):
        raw, kind, problems = _fields(chunk, line, whole)
        fields = grouped(raw)
        if pmid := _pmid(fields):
            fields["pmid"] = [pmid]
        yield from checked(PLAN, fields, build(PLAN, fields, raw, line, kind))
        yield from problems


def _records(pieces: Iterable[str]) -> Iterator[tuple[str, int, bool]]:
    """Yield each record's text, its first line, and whether its end was found."""
    held, line = "", 1
    for piece in pieces:
        held, at = held + piece, 0
        while (cut := _cut(held, at)) is not None:
            begin, stop, whole = cut
            line += held.count("\n", at, begin)
            yield held[begin:stop], line, whole
            line += held.count("\n", begin, stop)
            at = stop
        if not _START.search(held, at):
            line += held.count("\n", at, max(at, len(held) - _MARGIN))
            at = max(at, len(held) - _MARGIN)
        held = held[at:]
    if begun := _START.search(held):
        yield held[begun.start() :], line + held.count("\n", 0, begun.start()), False


def _cut(held: str, at: int) -> tuple[int, int, bool] | None:
    """Return where the first record begins and ends, if its end, or the next, is there yet."""
    begin = _START.search(held, at)
    if not begin:
        return None
    end = held.find(_END, begin.end())
    again = _START.search(held, begin.end(), end if end >= 0 else len(held))
    if again:
        return begin.start(), again.start(), False
    if end >= 0:
        return begin.start(), end + len(_END), True
    large = len(held) - begin.start() > LARGEST
    return (begin.start(), len(held), False) if large else None


def _fields(chunk: str, line: int, whole: bool) -> tuple[Raw, str, list[Problem]]:
    """Return a record's fields, its kind, and what was wrong with it."""
    problems = []
    clean = _ENTITY.sub("&amp;", _FORBIDDEN.sub(" ", chunk))
    try:
        raw = tuple(_leaves(fromstring(clean)))
    except (ParseError, DefusedXmlException):
        raw = tuple(_by_hand(clean))
        said = "The XML of this record is not well formed." if whole else _CUT
        problems.append(Problem(line, said, f"The {len(raw)} fields that could be read."))
    return raw, _kind(clean), problems


def _leaves(node: Element, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each innermost field with its path; <style> is how a text looks, not a field."""
    for child in node:
        name = f"{path}{child.tag}"
        if any(inner.tag != "style" for inner in child):
            yield from _leaves(child, f"{name}/")
        elif said := "".join(child.itertext()):
            yield name, said


def _by_hand(chunk: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of a record that is not well formed, as far as each is whole."""
    for found in _FIELD.finditer(chunk, chunk.find(">") + 1):
        name, inner = found.groups()
        if _FIELD.search(re.sub("</?style[^<>]*>", "", inner)):
            yield from ((f"{name}/{path}", said) for path, said in _by_hand(f">{inner}"))
        elif said := _TAG.sub("", inner):
            yield name, said


def _kind(chunk: str) -> str:
    found = _TYPE.search(chunk)
    return kinds.from_words(found[1]) if found else kinds.UNKNOWN


def _pmid(fields: Fields) -> str:
    """PubMed's number is the accession number of what came from there."""
    named = " ".join(
        value.upper()
        for name in ("remote-database-name", "remote-database-provider")
        for value in fields.get(name, ())
    )
    number = fields.get("accession-num", [""])[0].strip()
    return number if number.isdigit() and re.search("MEDLINE|PUBMED|NLM", named) else ""
