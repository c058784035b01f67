"""Charts as tables: one row a study, and, for what repeats, one row an entry ("long form").

Tidy data: H. Wickham, Journal of Statistical Software 59 (2014), 10. "Not reported" and "not
charted yet" stand as words in the cell: an empty one would not tell them apart.
"""

from collections.abc import Sequence
from dataclasses import replace

from firsthand.methods.charting.values import (
    GROUP,
    STATES,
    UNCHARTED,
    Charted,
    Entry,
    Field,
    Form,
    asked,
    entries,
    words,
)

Rows = tuple[tuple[str, ...], ...]
STUDY = ("Study", "Name")


def wide(fields: Sequence[Field], studies: Sequence[Charted]) -> Rows:
    """A heading, then a row a study. A group has how often it was filled: `long` has the rest."""
    head = (*STUDY, *map(_head, fields))
    return (head, *((str(s.number), s.name, *(_cell(f, s) for f in fields)) for s in studies))


def long(group: Field, studies: Sequence[Charted]) -> Rows:
    """A heading, then a row an entry of a group; a study without one has its state in words."""
    head = (*STUDY, "Entry", *map(_head, group.asked))
    return (head, *(row for each in studies for row in _entries(group, each)))


def groups(form: Form) -> Form:
    """Return the groups that are asked."""
    return tuple(each for each in asked(form) if each.kind == GROUP)


def _head(field: Field) -> str:
    return f"{field.label} ({field.unit})" if field.unit else field.label


def _cell(field: Field, study: Charted) -> str:
    answer = study[field.key]
    found = entries(answer)
    if field.kind == GROUP and found:
        return str(len(found))
    return words(replace(field, unit=""), answer)  # the unit is in the heading


def _entries(group: Field, study: Charted) -> Rows:
    found = entries(study[group.key])
    if not found:
        said = STATES[study[group.key].state]
        return ((str(study.number), study.name, "", *(said for _ in group.asked)),)
    return tuple(_row(group, study, place, each) for place, each in enumerate(found, start=1))


def _row(group: Field, study: Charted, place: int, entry: Entry) -> tuple[str, ...]:
    each = (entry.answers.get(part.key, UNCHARTED) for part in group.asked)
    cells = (
        words(replace(part, unit=""), answer)
        for part, answer in zip(group.asked, each, strict=True)
    )
    return (str(study.number), study.name, str(place), *cells)
