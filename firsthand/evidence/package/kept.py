"""A table of the package whose rows are the rows of one model, column by column.

`same` are columns that a row gives as they are. Beside them stand where it belongs (`place`: the
review, a record, or a record at a stage), people by number, and days instead of times.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from firsthand.evidence import rules
from firsthand.evidence.package.going_in import Into, keep, moment, numbered
from firsthand.evidence.package.going_out import Out, on
from firsthand.evidence.package.tables import Cells, Field, Resource, day, text, whole

REVIEW, RECORD, SCREENING = "review", "record", "screening"
_RECORD = whole("record", required=True, least=1)
STAGE = text("stage", required=True, within=tuple(rules.STAGES))
_PLACES: Mapping[str, tuple[Field, ...]] = {
    REVIEW: (), RECORD: (_RECORD,), SCREENING: (_RECORD, STAGE),
}  # fmt: skip
DECIDED = Q(screening__state__in=rules.DECIDED)  # before that, it may tell of a decision
TURN = whole("turn", "Earlier and later among all with a turn, also in other tables", least=1)
WHO, WHEN = whole("reviewer", required=True), day("on", required=True)


def _nothing(into: Into, row: Cells, made: Any) -> None:
    """Note nothing of a row."""


def _day(moment: date | None) -> date | None:
    return on(moment) if isinstance(moment, datetime) else moment


def _as_it_is(row: Cells) -> None:
    """Find nothing wrong with a row."""


@dataclass(frozen=True)
class Kept:
    """How rows of a model are a table. `people`, `days`: column → the model's own field.

    `turns`: times are compared with those of other tables, so a row says its turn among them all.
    `only` leaves out what would tell of decisions that are blind. `check` raises Bad.
    """

    name: str
    title: str
    model: type[Any]
    same: tuple[Field, ...] = ()
    place: str = REVIEW
    order: tuple[str, ...] = ("at", "id")
    key: tuple[str, ...] = ()
    people: Mapping[str, tuple[Field, str]] = field(
        default_factory=lambda: {"reviewer": (WHO, "by")}
    )
    days: Mapping[str, tuple[Field, str]] = field(default_factory=lambda: {"on": (WHEN, "at")})
    turns: bool = False
    number: str = ""
    only: Q = field(default_factory=Q)
    note: Callable[[Into, Cells, Any], None] = _nothing
    check: Callable[[Cells], None] = _as_it_is

    def resource(self) -> Resource:
        named = (whole(self.number, "Its number in this package", required=True, least=1),)
        extra = (*(named if self.number else ()), *_PLACES[self.place], *self.same)
        people = tuple(each for each, _ in self.people.values())
        days = tuple(each for each, _ in self.days.values())
        fields = (*extra, *people, *days, *((TURN,) if self.turns else ()))
        refers = dict.fromkeys(self.people, ("reviewers", "reviewer"))
        if self.place != REVIEW:
            refers["record"] = ("records", "number")
        return Resource(self.name, self.title, fields, self.rows, self.load, self.key, refers)

    # -- out --------------------------------------------------------------------------------------

    def rows(self, out: Out) -> Iterator[Cells]:
        of = {REVIEW: "review", RECORD: "record__review", SCREENING: "screening__review"}
        rows = self.model.objects.filter(self.only, **{of[self.place]: out.review})
        if self.place != REVIEW:
            rows = rows.select_related(self.place)
        for number, row in enumerate(rows.order_by(*self.order), start=1):
            yield {**({self.number: number} if self.number else {}), **self._cells(out, row)}

    def _cells(self, out: Out, row: Any) -> Cells:
        said = {each.name: getattr(row, each.name) for each in self.same}
        if self.place != REVIEW:
            at = getattr(row, self.place)
            said["record"] = at.number
            said.update({"stage": at.stage} if self.place == SCREENING else {})
        for name, (_, its) in self.people.items():
            said[name] = out.reviewer(getattr(row, f"{its}_id"))
        for name, (_, its) in self.days.items():
            said[name] = _day(getattr(row, its))
        return {**said, "turn": out.turn(row)} if self.turns else said

    # -- in ---------------------------------------------------------------------------------------

    def load(self, into: Into, rows: Iterator[Cells]) -> None:
        said: list[Cells] = []

        def made() -> Iterator[Any]:
            for turn, row in numbered(rows):
                self.check(row)
                said.append(row)
                yield self._made(into, row, turn)

        def note(row: Any) -> None:
            self.note(into, next(noted), row)

        noted = iter(said)
        keep(self.model, made(), [its for _, its in self.days.values()], note)

    def _made(self, into: Into, row: Cells, turn: int) -> Any:
        said = {each.name: row[each.name] for each in self.same}
        if self.place == REVIEW:
            said["review"] = into.review
        elif self.place == RECORD:
            said["record_id"] = into.records[row["record"]]
        else:
            said["screening"] = into.screenings[row["record"], row["stage"]]
        said.update({its: into.member(row[name]) for name, (_, its) in self.people.items()})
        turn = row["turn"] or turn if self.turns else turn
        for name, (_, its) in self.days.items():
            said[its] = row[name] and (row[name] if its == "on" else moment(row[name], turn))
        return self.model(**said)
