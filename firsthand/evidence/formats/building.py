"""From the fields of a record, whatever they are called, to a `Reference`.

A `Plan` says which of a format's fields hold what, the best first. What each part then is says
`parts`; `raw` stays as it stood.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from firsthand.evidence.formats import lists, parts
from firsthand.evidence.formats.mending import text
from firsthand.evidence.formats.parts import Fields, Listed, Names, first
from firsthand.evidence.formats.reference import Problem, Raw, Reference

__all__ = ["Fields", "Listed", "Plan", "Read", "build", "built", "checked", "first", "grouped"]
Read = Iterator[Reference | Problem]
Step = tuple[int, Callable[..., object], tuple[object, ...]]  # a part's place, how, and of what
_NOTHING = Reference(  # a record that says nothing
    kind="", title="", authors=(), year=None, container="", volume="", issue="", pages="",
    abstract="", doi="", pmid="", isbn_issn="", url="", keywords=(), language="", raw=(), line=0,
    source_format="",
)  # fmt: skip
_MOST_SETS = 2000  # sets of names that are kept in mind


@dataclass(frozen=True)
class Plan:
    """The names of the fields for each part of a reference, in order of preference."""

    format: str
    title: Names = ()
    authors: Names = ()
    editors: Names = ()  # stand in where there are no authors
    year: Names = ()
    container: Names = ()
    volume: Names = ()
    issue: Names = ()
    pages: Names = ()
    last_page: Names = ()
    abstract: Names = ()
    doi: Names = ()
    linked_doi: Names = ()  # addresses: a DOI only when they say so
    pmid: Names = ()
    numbers: Names = ()
    url: Names = ()
    keywords: Names = ()
    language: Names = ()
    to_names: Listed = lists.one_each
    to_words: Listed = lists.words
    besides: Names = ()  # fields that the format itself looks at
    steps: dict[Names, list[Step]] = field(default_factory=dict, compare=False, repr=False)
    wanted: set[str] = field(default_factory=set, compare=False, repr=False)

    def __post_init__(self) -> None:
        for names in vars(self).values():
            if isinstance(names, tuple):
                self.wanted.update(names)

    def grouped(self, raw: Raw) -> dict[str, list[str]]:
        """Return the values of each field that is looked at, in order."""
        found: dict[str, list[str]] = {}
        wanted = self.wanted
        for name, value in raw:
            if name in found:
                found[name].append(value)
            elif name in wanted:
                found[name] = [value]
        return found

    def steps_for(self, fields: Fields) -> list[Step]:
        """Return what to do with a record of these fields: found out once for each set of names."""
        there = tuple(fields)
        if (steps := self.steps.get(there)) is None:
            if len(self.steps) >= _MOST_SETS:
                self.steps.clear()
            steps = self.steps[there] = _steps(self, there)
        return steps


def _steps(plan: Plan, there: Sequence[str]) -> list[Step]:
    """Return a step for each part that one of the fields may hold."""
    ways: tuple[tuple[str, Callable[..., object], tuple[object, ...], tuple[Names, ...]], ...] = (
        ("title", parts.text, (), (plan.title,)),
        ("authors", parts.listed, (plan.to_names,), (plan.authors, plan.editors)),
        ("year", parts.year, (), (plan.year,)),
        ("container", parts.often, (), (plan.container,)),
        ("volume", parts.short, (), (plan.volume,)),
        ("issue", parts.short, (), (plan.issue,)),
        ("pages", parts.pages, (), (plan.pages, plan.last_page)),
        ("abstract", parts.abstract, (), (plan.abstract,)),
        ("doi", parts.doi, (), (plan.doi, plan.linked_doi)),
        ("pmid", parts.pmid, (), (plan.pmid,)),
        ("isbn_issn", parts.numbers, (), (plan.numbers,)),
        ("url", parts.url, (), (plan.url,)),
        ("keywords", parts.listed, (plan.to_words,), (plan.keywords,)),
        ("language", parts.often, (), (plan.language,)),
    )
    steps = []
    for part, how, more, wanted in ways:
        held = tuple(tuple(name for name in names if name in there) for names in wanted)
        if any(held):
            steps.append((Reference._fields.index(part), how, (*more, *held)))
    return steps


def grouped(raw: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return each field's values, in order."""
    found: dict[str, list[str]] = {}
    for name, value in raw:
        if name in found:
            found[name].append(value)
        else:
            found[name] = [value]
    return found


def build(plan: Plan, fields: Fields, raw: Raw, line: int, kind: str) -> Reference:
    """Return the reference that the fields make up."""
    made: list[object] = [*_NOTHING]
    made[0] = kind
    for place, how, names in plan.steps_for(fields):
        made[place] = how(fields, *names)
    made[-3:] = raw, line, plan.format
    return Reference._make(made)


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
