"""screenings.csv: how each record stands; decisions.csv: who decided what; settlements.csv.

What was decided on a record that still waits for another reviewer is left out, so that a package
breaks nobody's blindness: such a record stands here as if nobody had decided it.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from firsthand.evidence import rules
from firsthand.evidence.models import Decision, Resolution, Screening
from firsthand.evidence.models.screening import DecisionReason, ResolutionReason
from firsthand.evidence.package.going_in import Into, keep, moment, numbered
from firsthand.evidence.package.going_out import Out, on
from firsthand.evidence.package.tables import Cells, Field, Resource, day, text, whole

_STAGES = tuple(rules.STAGES)
FIELDS = (
    whole("record", required=True),
    text("stage", required=True, within=_STAGES),
    text("state", "How the record stands at this stage", required=True, within=tuple(rules.STATES)),
    whole("needed", "How many reviewers are to decide it", required=True, least=1),
    whole("round", "The calibration round it was drawn for"),
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
    for row in _screenings(out).select_related("round").iterator(500):
        yield {
            "record": row.number, "stage": row.stage, "needed": row.needed,
            "state": rules.UNSEEN if row.state in rules.OPEN else row.state,
            "round": row.round.number if row.round else None,
        }  # fmt: skip


def _load(into: Into, rows: Iterator[Cells]) -> None:
    keep(
        Screening, (_screening(into, row) for row in rows),
        note=lambda row: into.screenings.__setitem__((row.number, row.stage), row),
    )  # fmt: skip


def _screening(into: Into, row: Cells) -> Screening:
    drawn = row["round"]
    return Screening(
        review=into.review, record_id=into.records[row["record"]], number=row["record"],
        stage=row["stage"], state=row["state"], needed=row["needed"],
        stands=row["record"] not in into.aside,
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
