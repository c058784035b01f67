"""What is shown of a report that came as several records: of each field the best value, or the one
that someone chose. The records themselves stay as they came.
"""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from firsthand.evidence import duplicates
from firsthand.evidence.comparing import report
from firsthand.evidence.models import Group, Record
from firsthand.evidence.side_by_side import FIELDS, words
from firsthand.methods.dedupe.best import best


@dataclass(frozen=True)
class Value:
    """One value of a field, the numbers of the records that gave it, and whether it is shown."""

    value: Any
    numbers: tuple[int, ...]
    shown: bool

    @property
    def words(self) -> str:
        return words(self.value)


@dataclass(frozen=True)
class Field:
    """A field of a report: every value it came with. `chosen`: someone chose what is shown."""

    at: str
    name: str
    values: tuple[Value, ...]
    chosen: bool


def fields(record: Record) -> list[Field]:
    """Return every field of every record of one's group; none when it is alone."""
    places = duplicates.mates(record)
    if not places:
        return []
    records, group = [each.record for each in places], places[0].group
    found = (_field(at, name, records, group) for at, name in FIELDS.items())
    return [each for each in found if each.values]


def _field(at: str, name: str, records: Sequence[Record], group: Group) -> Field:
    chosen = [each for each in records if each.number == group.shown.get(at)]
    shown = words(getattr(chosen[0], at) if chosen else _best(at, records))
    given: dict[str, list[Record]] = {}
    for each in records:
        if said := words(getattr(each, at)):
            given.setdefault(said, []).append(each)
    values = (
        Value(getattr(who[0], at), tuple(each.number for each in who), said == shown)
        for said, who in given.items()
    )
    return Field(at, name, tuple(values), bool(chosen))


def _best(at: str, records: Sequence[Record]) -> Any:
    """The best value; of fields that are not compared, the fullest."""
    made = best([report(each) for each in records]).report
    if hasattr(made, at):
        return getattr(made, at)
    return max((getattr(each, at) for each in records), key=lambda value: len(words(value)))


def as_shown(record: Record) -> Record:
    """Return a record with its group's shown values in it, for reading only: never to be saved."""
    found = fields(record)
    if not found:
        return record
    shown = copy.copy(record)
    for field in found:
        for value in field.values:
            if value.shown:
                setattr(shown, field.at, value.value)
    return shown
