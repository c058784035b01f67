"""From the fields of a record, whatever they are called, to a `Reference`.

A `Plan` says which of a format's fields hold what, the best first. Values are mended on the way
(`mending`, `identifiers`, `years`); `raw` stays as it stood.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from firsthand.evidence.formats import identifiers, lists, years
from firsthand.evidence.formats.mending import long_text, text
from firsthand.evidence.formats.reference import Problem, Raw, Reference

Fields = Mapping[str, Sequence[str]]
Listed = Callable[[Sequence[str]], tuple[str, ...]]  # from a field's values to names or keywords
Read = Iterator[Reference | Problem]


@dataclass(frozen=True)
class Plan:
    """The names of the fields for each part of a reference, in order of preference."""

    format: str
    title: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()  # stand in where there are no authors
    year: tuple[str, ...] = ()
    container: tuple[str, ...] = ()
    volume: tuple[str, ...] = ()
    issue: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    last_page: tuple[str, ...] = ()
    abstract: tuple[str, ...] = ()
    doi: tuple[str, ...] = ()
    linked_doi: tuple[str, ...] = ()  # addresses: a DOI only when they say so
    pmid: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    url: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    to_names: Listed = lists.one_each
    to_words: Listed = lists.words


def grouped(raw: Raw | Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """Return each field's values, in order."""
    found: dict[str, list[str]] = {}
    seen = found.get
    for name, value in raw:
        if (values := seen(name)) is None:
            found[name] = [value]
        else:
            values.append(value)
    return found


def first(fields: Fields, names: Sequence[str]) -> str:
    """Return the first value that says anything, or ""."""
    for name in names:
        if name in fields:
            for value in fields[name]:
                if value and not value.isspace():
                    return value
    return ""


def _all(fields: Fields, names: Sequence[str]) -> Sequence[str]:
    """Return every value of the named fields."""
    found = [fields[name] for name in names if name in fields]
    return found[0] if len(found) == 1 else [value for values in found for value in values]


def _text(fields: Fields, names: Sequence[str]) -> str:
    """Return the first value that says anything, mended, or ""."""
    for name in names:
        if name in fields:
            for value in fields[name]:
                if value and not value.isspace():
                    return text(value)
    return ""


def build(plan: Plan, fields: Fields, raw: Raw, line: int, kind: str) -> Reference:
    """Return the reference that the fields make up."""
    return Reference(
        kind=kind,
        title=_text(fields, plan.title),
        authors=_authors(plan, fields),
        year=_year(plan, fields),
        container=_text(fields, plan.container),
        volume=_text(fields, plan.volume),
        issue=_text(fields, plan.issue),
        pages=_pages(plan, fields),
        abstract=_abstract(plan, fields),
        doi=_doi(plan, fields),
        pmid=_pmid(plan, fields),
        isbn_issn=_numbers(plan, fields),
        url=_url(plan, fields),
        keywords=_keywords(plan, fields),
        language=_text(fields, plan.language),
        raw=raw,
        line=line,
        source_format=plan.format,
    )


def checked(plan: Plan, fields: Fields, reference: Reference) -> Read:
    """Yield the reference, and what is missing in it that a person would want to know."""
    yield reference
    if not reference.title:
        yield Problem(reference.line, "This record has no title.", "The record, without a title.")
    if reference.year is None and (dated := first(fields, plan.year)):
        said = f"No year can be read in “{text(dated)[:60]}”."
        yield Problem(reference.line, said, "The record, without a year; the field as it stood.")


def built(
    plan: Plan, records: Iterable[tuple[Raw, int] | Problem], kind: Callable[[Fields], str]
) -> Read:
    """Yield the reference of each record, from its fields and first line; problems in place."""
    for found in records:
        if isinstance(found, Problem):
            yield found
            continue
        raw, line = found
        fields = grouped(raw)
        yield from checked(plan, fields, build(plan, fields, raw, line, kind(fields)))


def _authors(plan: Plan, fields: Fields) -> tuple[str, ...]:
    for names in (plan.authors, plan.editors):
        values = _all(fields, names)
        if values and (found := plan.to_names(values)):
            return found
    return ()


def _year(plan: Plan, fields: Fields) -> int | None:
    for name in plan.year:
        if name in fields:
            for value in fields[name]:
                if (found := years.year(value)) is not None:
                    return found
    return None


def _pages(plan: Plan, fields: Fields) -> str:
    begin, end = _text(fields, plan.pages), _text(fields, plan.last_page)
    if not begin.isalnum():
        begin = begin.replace("--", "-").replace("\u2013", "-")
    if not begin or not end or "-" in begin or begin == end:
        return begin or end
    return f"{begin}-{end}"


def _abstract(plan: Plan, fields: Fields) -> str:
    """Join a field that comes several times; an abstract in two fields is said once."""
    for name in plan.abstract:
        if name in fields:
            values = fields[name]
            one = len(values) == 1
            found = long_text(values[0]) if one else "\n".join(lists.unique(map(long_text, values)))
            if found:
                return found
    return ""


def _doi(plan: Plan, fields: Fields) -> str:
    return _first_doi(fields, plan.doi, "10.") or _first_doi(fields, plan.linked_doi, "doi.org/")


def _first_doi(fields: Fields, names: Sequence[str], sign: str) -> str:
    """Return the first DOI in a value that has the sign in it."""
    for name in names:
        if name in fields:
            for value in fields[name]:
                if sign in value and (found := identifiers.doi(value)):
                    return found
    return ""


def _pmid(plan: Plan, fields: Fields) -> str:
    return identifiers.pmid(value) if (value := first(fields, plan.pmid)) else ""


def _numbers(plan: Plan, fields: Fields) -> str:
    values = _all(fields, plan.numbers)
    found = [number for value in values for number in identifiers.numbers(value.strip())]
    return found[0] if len(found) == 1 else "; ".join(dict.fromkeys(found))


def _url(plan: Plan, fields: Fields) -> str:
    value = first(fields, plan.url).split()
    return value[0] if value else ""


def _keywords(plan: Plan, fields: Fields) -> tuple[str, ...]:
    values = _all(fields, plan.keywords)
    return plan.to_words(values) if values else ()
