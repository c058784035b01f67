"""One record out of a group's records: the best value of each field, and all the others kept.

What is best, for each field, is what says most: the fullest list of authors, the longest abstract,
the title that is neither shouted nor cut. Where values only differ in what they say (a year, a
volume), the one that most records give; of equals, the first. Nothing is lost: each value stands
in `values` with the records that gave it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields

from firsthand.methods.dedupe.folding import fold
from firsthand.methods.dedupe.identifiers import doi, pmid
from firsthand.methods.dedupe.values import Report

Value = str | int | tuple[str, ...] | None
FIELDS = tuple(each.name for each in fields(Report) if each.name != "id")


@dataclass(frozen=True, slots=True)
class Best:
    """The best record, under the first record's id, and for each field every value and who gave it.

    `values` maps a field to pairs of (value, ids), in the order the values came; unknown is left
    out.
    """

    report: Report
    values: dict[str, tuple[tuple[Value, tuple[str, ...]], ...]]


def best(reports: Sequence[Report]) -> Best:
    """The best of a group's records. Raises ValueError when there is none."""
    if not reports:
        raise ValueError("A group without records has no best one.")
    chosen = {name: _choose(name, reports) for name in FIELDS}
    values = {name: _values(name, reports) for name in FIELDS}
    return Best(
        Report(id=reports[0].id, **chosen),  # type: ignore[arg-type]
        {name: each for name, each in values.items() if each},
    )


def _values(name: str, reports: Sequence[Report]) -> tuple[tuple[Value, tuple[str, ...]], ...]:
    given: dict[Value, list[str]] = {}
    for each in reports:
        value: Value = getattr(each, name)
        if value not in ("", None, ()):
            given.setdefault(value, []).append(each.id)
    return tuple((value, tuple(ids)) for value, ids in given.items())


def _choose(name: str, reports: Sequence[Report]) -> Value:
    known = [getattr(each, name) for each in reports if getattr(each, name) not in ("", None, ())]
    if not known:
        return getattr(reports[0], name)  # type: ignore[no-any-return]
    often = Counter(map(_alike, known))
    return max(known, key=lambda value: _worth(name, value, often[_alike(value)]))  # type: ignore[no-any-return]


def _alike(value: Value) -> Value:
    return fold(value) if isinstance(value, str) else value


def _worth(name: str, value: Value, often: int) -> tuple[float, ...]:
    """How good a value is, the most telling first."""
    if isinstance(value, tuple):
        return len(value), sum(map(len, value))
    if not isinstance(value, str):
        return (often,)
    if name == "abstract":
        return (len(value),)
    if name in ("title", "container"):
        return not value.isupper(), not value.startswith("["), often, len(value)
    if name in ("doi", "pmid"):
        return bool(doi(value) if name == "doi" else pmid(value)), often, -len(value)
    return often, len(value)
