"""screenings.csv: how each record stands; decisions.csv: who decided what; settlements.csv.

What was decided on a record that still waits for another reviewer is left out, so that a package
breaks nobody's blindness: such a record stands here as if nobody had decided it. Only where the
flow would count it otherwise (screening stopped, the report was given up) is it said to wait.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from firsthand.evidence import rules
from firsthand.evidence.models import Decision, Resolution, Screening
from firsthand.evidence.models.screening import DecisionReason, ResolutionReason
from firsthand.evidence.package.going_in import Into, keep, moment, numbered
from firsthand.evidence.package.going_out import Out, on
from firsthand.evidence.package.kept import TURN
from firsthand.evidence.package.tables import Cells, Field, Resource, day, text, whole

_STAGES = tuple(rules.STAGES)
FIELDS = (
    whole("record", required=True),
    text("stage", required=True, within=_STAGES),
    text("state", "How the record stands at this stage", required=True, within=tuple(rules.STATES)),
    whole("needed", "How many reviewers are to decide it", required=True, least=1),
    whole("round", "The calibration round it was drawn for"),
    Field("pool", "boolean", "Whether anyone may be asked it: no one's share", required=True),
    day("settled_on", "Since when it is included or excluded"),
    TURN,
)
_SAID = (
    whole("record", required=True),
    text("stage", required=True, within=_STAGES),
    whole("reviewer", required=True),
    text("choice", required=True, within=tuple(rules.CHOICES)),
    Field("reasons", "array", "Numbers of the criteria that leave it out", required=True),
    text("note"),
    whole("criteria_version", "Under which version of the criteria", required=True),
    day("on", required=True),
)


def _screenings(out: Out) -> QuerySet[Screening]:
    return Screening.objects.filter(review=out.review).order_by("number", "stage")


def _rows(out: Out) -> Iterator[Cells]:
    begun = _begun(out)
    for row in _screenings(out).select_related("round").iterator(500):
        settled = row.state in rules.SETTLED
        yield {
            "record": row.number, "stage": row.stage, "needed": row.needed,
            "state": rules.UNSEEN if row.state in rules.OPEN and row.id not in begun else row.state,
            "round": row.round.number if row.round else None, "pool": row.pool,
            "settled_on": on(row.settled_at) if settled else None, "turn": out.turn(row),
        }  # fmt: skip


def _begun(out: Out) -> set[Any]:
    """Return what waits for another reviewer and would count otherwise if it were unseen."""
    stopped = {each.stage: each.until for each in out.review.stops.filter(ended_at=None)}
    partly = Screening.objects.filter(review=out.review, state=rules.PARTLY)
    given_up = partly.filter(record__retrieval__status=rules.GIVEN_UP, stage=rules.FULL_TEXT)
    held = set(given_up.values_list("id", flat=True))
    for stage, until in stopped.items():
        held.update(partly.filter(stage=stage, number__lte=until).values_list("id", flat=True))
    return held


def _load(into: Into, rows: Iterator[Cells]) -> None:
    keep(
        Screening, (_screening(into, row) for row in rows),
        note=lambda row: into.screenings.__setitem__((row.number, row.stage), row),
    )  # fmt: skip


def _screening(into: Into, row: Cells) -> Screening:
    drawn, settled = row["round"], row["settled_on"]
    return Screening(
        review=into.review, record_id=into.records[row["record"]], number=row["record"],
        stage=row["stage"], state=row["state"], needed=row["needed"],
        stands=row["record"] not in into.aside, pool=row["pool"],
        settled_at=moment(settled, row["turn"] or 0) if settled else None,
        round=into.rounds[row["stage"], drawn] if drawn is not None else None,
    )  # fmt: skip


def _said_rows(out: Out, kind: type[Any]) -> Iterator[Cells]:
    rows = kind.objects.filter(screening__review=out.review)
    rows = rows.filter(screening__state__in=rules.DECIDED)
    order = ("screening__number", "screening__stage", "at", "id")
    rows = rows.select_related("screening").prefetch_related("reasons").order_by(*order)
    for row in rows.iterator(500):
        yield {
            "record": row.screening.number, "stage": row.screening.stage,
            "reviewer": out.reviewer(row.member_id), "choice": row.choice,
            "reasons": sorted(each.number for each in row.reasons.all()), "note": row.note,
            "criteria_version": row.criteria_version, "on": on(row.at),
        }  # fmt: skip


def _decision_rows(out: Out) -> Iterator[Cells]:
    return _said_rows(out, Decision)


def _settlement_rows(out: Out) -> Iterator[Cells]:
    return _said_rows(out, Resolution)


def _load_decisions(into: Into, rows: Iterator[Cells]) -> None:
    named: dict[Any, list[int]] = {}
    made = (_said(into, Decision, row, turn, named, revealed=True) for turn, row in numbered(rows))
    keep(Decision, made, ["at"])
    reasons = ((row, each) for row, numbers in named.items() for each in into.reasons(numbers))
    keep(DecisionReason, (DecisionReason(decision_id=row, criterion=each) for row, each in reasons))


def _load_settlements(into: Into, rows: Iterator[Cells]) -> None:
    named: dict[Any, list[int]] = {}
    made = (_said(into, Resolution, row, turn, named) for turn, row in numbered(rows))
    keep(Resolution, made, ["at"])
    reasons = ((row, each) for row, numbers in named.items() for each in into.reasons(numbers))
    keep(
        ResolutionReason,
        (ResolutionReason(resolution_id=row, criterion=each) for row, each in reasons),
    )


def _said(
    into: Into, kind: type[Any], row: Cells, turn: int, named: dict[Any, list[int]], **more: Any
) -> Any:
    made = kind(
        screening=into.screenings[row["record"], row["stage"]],
        member=into.members[row["reviewer"]], choice=row["choice"], note=row["note"],
        criteria_version=row["criteria_version"], at=moment(row["on"], turn), **more,
    )  # fmt: skip
    named[made.id] = row["reasons"]
    return made


_REFERS = {"record": ("records", "number"), "reviewer": ("reviewers", "reviewer")}
RESOURCE = Resource(
    "screenings", "How each record stands at each stage", FIELDS, _rows, _load,
    ("record", "stage"), {"record": ("records", "number")},
)  # fmt: skip
DECISIONS = Resource(
    "decisions", "What each reviewer decided", _SAID, _decision_rows, _load_decisions,
    ("record", "stage", "reviewer"), _REFERS,
)  # fmt: skip
SETTLEMENTS = Resource(
    "settlements", "What settled the records on which reviewers differed", _SAID,
    _settlement_rows, _load_settlements, ("record", "stage"), _REFERS,
)  # fmt: skip
