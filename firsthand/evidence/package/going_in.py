"""A review on its way in: what the numbers in its tables stand for, and times made of days."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from firsthand.evidence.models import Chart, ChartForm, Criterion, Member, Review, Round, Study
from firsthand.evidence.package.tables import Bad, Cells

BATCH = 500
_Row = TypeVar("_Row", bound=Model)
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Known(dict[_Key, _Value]):
    """What is known by its number; to name another is a fault of the package. Raises Bad."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what

    def __getitem__(self, key: _Key) -> _Value:
        try:
            return super().__getitem__(key)
        except TypeError:  # a list in a list of numbers, say
            return self.__missing__(key)

    def __missing__(self, key: _Key) -> _Value:
        said = " ".join(map(str, key)) if isinstance(key, tuple) else key
        raise Bad(f"{self.what} {said} is named here, and is nowhere in the package.")


class Into:
    """A review that is being made, and what was made of it so far."""

    def __init__(self, owner: Member) -> None:
        self.owner = owner
        self.review: Review = owner.review
        self.members: Known[int, Member] = Known("Reviewer")
        self.criteria: Known[int, Criterion] = Known("Criterion")
        self.searches: Known[int, uuid.UUID] = Known("Search")
        self.strategies: Known[int, uuid.UUID] = Known("Version of the built search")
        self.files: Known[int, uuid.UUID] = Known("File")
        self.records: Known[int, uuid.UUID] = Known("Record")
        self.aside: set[int] = set()
        self.rounds: Known[tuple[str, int], Round] = Known("Round")
        self.screenings: Known[tuple[int, str], Any] = Known("The screening of record")
        self.labels: Known[int, uuid.UUID] = Known("Label")
        self.splits: Known[int, uuid.UUID] = Known("Drawing of shares")
        self.audits: Known[tuple[str, int], uuid.UUID] = Known("Audit")
        self.studies: Known[int, Study] = Known("Study")
        self.forms: Known[int, ChartForm] = Known("Version")
        self.charts: Known[tuple[int, int, int], Chart] = Known("The chart of study")

    def member(self, number: int | None) -> Member | None:
        return None if number is None else self.members[number]

    def reasons(self, numbers: Iterable[Any]) -> list[Criterion]:
        return [self.criteria[each] for each in numbers]


def moment(day: date, turn: int) -> datetime:
    """Return a time on a day: later for later rows, so that they keep their order."""
    noon = datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone())
    return noon + timedelta(microseconds=turn)


def keep(
    model: type[_Row], made: Iterator[_Row], dated: Sequence[str] = (),
    note: Callable[[_Row], None] = lambda row: None,
) -> None:  # fmt: skip
    """Keep rows, a batch at a time. `dated` fields are kept as given: else they would be now's."""
    rows = model._default_manager
    while batch := list(islice(made, BATCH)):
        was = [{name: getattr(row, name) for name in dated} for row in batch]
        rows.bulk_create(batch)
        for row, said in zip(batch, was, strict=True):
            for name, value in said.items():
                setattr(row, name, value)
            note(row)
        if dated:
            rows.bulk_update(batch, list(dated))


def numbered(rows: Iterator[Cells]) -> Iterator[tuple[int, Cells]]:
    return enumerate(rows, start=1)
