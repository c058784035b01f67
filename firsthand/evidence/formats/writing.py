"""Writes references as RIS, BibTeX, CSL-JSON or a table, one at a time.

A record that was read in the format it is written in is written from its own fields (`raw`):
nothing of it is lost. From another format, what `Reference` knows of it is written. To write a
record whose parts were changed, give it without `raw`.
"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from firsthand.evidence.formats import kinds
from firsthand.evidence.formats.reference import Format, Reference

CSV_COLUMNS = (
    "kind", "title", "authors", "year", "container", "volume", "issue", "pages", "abstract", "doi",
    "pmid", "isbn_issn", "url", "keywords", "language", "source_format", "raw",
)  # fmt: skip
Written = Iterator[str]


def write(references: Iterable[Reference], to: str) -> Written:
    """Yield the file's text in pieces. `to` is one of `WRITERS`; KeyError otherwise."""
    return WRITERS[to](references)


def as_ris(references: Iterable[Reference]) -> Written:
    """Yield RIS, a record a piece, with lines ended as the format says (CR LF)."""
    for each in references:
        fields = each.raw if each.source_format == Format.RIS and each.raw else _ris(each)
        yield "\r\n".join([*_ris_lines(fields), "", ""])


def _ris_lines(fields: Iterable[tuple[str, str]]) -> Iterator[str]:
    """An ER line with words after it stays where it stood; one without ends the record."""
    ended, after = False, []
    for name, value in fields:
        if name:
            ended = name == "ER"
            yield f"{name}  - {value}".replace("\n", "\r\n")
        else:
            after.append(value)
    if not ended:
        yield "ER  - "
    yield from after


def _ris(each: Reference) -> Iterator[tuple[str, str]]:
    begin, _, end = each.pages.partition("-")
    lists = {"AU": each.authors, "KW": each.keywords, "SN": each.isbn_issn.split("; ")}
    single = {
        "TI": each.title, "PY": str(each.year or ""), "T2": each.container, "VL": each.volume,
        "IS": each.issue, "SP": begin, "EP": end, "AB": each.abstract, "DO": each.doi,
        "PM": each.pmid, "UR": each.url, "LA": each.language,
    }  # fmt: skip
    yield "TY", kinds.to_ris(each.kind)
    for name, value in single.items():
        if value:
            yield name, _line(value)
    for name, values in lists.items():
        yield from ((name, _line(value)) for value in values if value)


def _line(value: str) -> str:
    """On one line: no part of a text can be taken for a field then."""
    return " ".join(value.split())


def as_bibtex(references: Iterable[Reference]) -> Written:
    """Yield BibTeX, an entry a piece. A key that is taken gets a letter, up to 26 times each."""
    used: dict[str, int] = {}
    for each in references:
        if each.source_format == Format.BIBTEX and each.raw and each.raw[0][0].startswith("@"):
            (kind, key), *fields = each.raw
        else:
            kind, key = f"@{kinds.to_bibtex(each.kind)}", _key(each, used)
            fields = [
                (name, f"{{{_escaped(name, value)}}}") for name, value in _bibtex(each) if value
            ]
        rows = "".join(f",\n  {name} = {value}" for name, value in fields)
        yield f"{kind}{{{key}{rows}\n}}\n\n"


def _bibtex(each: Reference) -> Iterator[tuple[str, str]]:
    yield "author", " and ".join(each.authors)
    yield "title", each.title
    yield "booktitle" if each.kind in ("chapter", "paper-conference") else "journal", each.container
    yield "year", str(each.year or "")
    yield from (("volume", each.volume), ("number", each.issue))
    yield "pages", each.pages.replace("-", "--", 1)
    yield from (("doi", each.doi), ("pmid", each.pmid), ("issn", each.isbn_issn))
    yield from (("url", each.url), ("language", each.language))
    yield "keywords", "; ".join(each.keywords)
    yield "abstract", _line(each.abstract)


def _escaped(name: str, value: str) -> str:
    """Braces and backslashes would end or change a value; an address is never LaTeX."""
    if name in ("url", "doi"):
        return value.replace("{", "%7B").replace("}", "%7D")
    return re.sub(r"([&%$#_{}])", r"\\\1", value.replace("\\", r"\textbackslash{}")).replace(
        r"\textbackslash\{\}", r"\textbackslash{}"
    )


def _key(each: Reference, used: dict[str, int]) -> str:
    """Return "sweeney2018", and "sweeney2018a" for the next. Some 100,000 are remembered."""
    family = re.split("[, ]", each.authors[0])[0] if each.authors else "anon"
    plain = unicodedata.normalize("NFKD", family).encode("ascii", "ignore").decode().lower()
    key = re.sub("[^a-z0-9]", "", plain)[:30] or "anon"
    key = f"{key}{each.year or ''}"
    used[key] = used.get(key, 0) + 1
    return key if used[key] == 1 else f"{key}-{used[key]}"


def as_csl_json(references: Iterable[Reference]) -> Written:
    """Yield a JSON array, an object a piece."""
    mark = "[\n"
    for number, each in enumerate(references, 1):
        own = each.source_format == Format.CSL_JSON and each.raw
        item = {name: json.loads(value) for name, value in each.raw} if own else _csl(each, number)
        yield mark + json.dumps(item, ensure_ascii=False)
        mark = ",\n"
    yield ("[" if mark == "[\n" else "\n") + "]\n"


def _csl(each: Reference, number: int) -> dict[str, Any]:
    authors = [_csl_name(name) for name in each.authors]
    issued = {"date-parts": [[each.year]]} if each.year else {}
    books = each.isbn_issn.split("; ")
    item = {
        "id": each.doi or f"reference-{number}", "type": each.kind, "title": each.title,
        "author": authors, "issued": issued, "container-title": each.container,
        "volume": each.volume, "issue": each.issue, "page": each.pages,
        "abstract": each.abstract, "DOI": each.doi, "PMID": each.pmid, "URL": each.url,
        "ISSN": "; ".join(book for book in books if len(book) == 9),
        "ISBN": "; ".join(book for book in books if len(book) > 9),
        "keyword": "; ".join(each.keywords), "language": each.language,
    }  # fmt: skip
    return {name: value for name, value in item.items() if value}


def _csl_name(name: str) -> dict[str, str]:
    family, comma, given = name.partition(",")
    return {"family": family, "given": given.strip()} if comma else {"literal": name}


def as_csv(references: Iterable[Reference]) -> Written:
    """Yield a table, a row a piece; its column "raw" holds each record's own fields as JSON."""
    yield "\ufeff" + _row(CSV_COLUMNS)
    for each in references:
        values = {name: getattr(each, name) for name in CSV_COLUMNS[:-1]}
        values |= {"authors": "; ".join(each.authors), "keywords": "; ".join(each.keywords)}
        values |= {"year": each.year or "", "raw": json.dumps(each.raw, ensure_ascii=False)}
        yield _row(list(values.values()))


def _row(cells: Iterable[object]) -> str:
    held = io.StringIO()
    csv.writer(held, lineterminator="\r\n").writerow(cells)
    return held.getvalue()


WRITERS: dict[str, Callable[[Iterable[Reference]], Written]] = {
    "ris": as_ris,
    "bibtex": as_bibtex,
    "csl-json": as_csl_json,
    "csv": as_csv,
}
