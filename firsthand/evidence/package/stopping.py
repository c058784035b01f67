"""orderings.csv, plans.csv, audits.csv with audit_draws.csv, stops.csv, and updates.csv."""

from collections.abc import Iterator

from firsthand.evidence import rules
from firsthand.evidence.models import Audit, AuditRecord, Ordering, Plan, Stop, Update
from firsthand.evidence.package.going_in import Into, keep
from firsthand.evidence.package.going_out import Out
from firsthand.evidence.package.kept import STAGE, WHEN, Kept
from firsthand.evidence.package.tables import Cells, Resource, day, text, whole

_ENDED = {"on": (WHEN, "at"), "ended_on": (day("ended_on"), "ended_at")}
_BY_STAGE = ("stage", "at", "id")


def _audit(into: Into, row: Cells, made: Audit) -> None:
    into.audits[row["stage"], row["number"]] = made.id


def _draw_rows(out: Out) -> Iterator[Cells]:
    rows = AuditRecord.objects.filter(audit__review=out.review)
    rows = rows.order_by("audit__stage", "audit__number", "place")
    said = rows.values_list("audit__stage", "audit__number", "place", "screening__number")
    for stage, audit, place, record in said:
        yield {"stage": stage, "audit": audit, "place": place, "record": record}


def _load_draws(into: Into, rows: Iterator[Cells]) -> None:
    keep(AuditRecord, (_draw(into, row) for row in rows))


def _draw(into: Into, row: Cells) -> AuditRecord:
    return AuditRecord(
        audit_id=into.audits[row["stage"], row["audit"]], place=row["place"],
        screening=into.screenings[row["record"], row["stage"]],
    )  # fmt: skip


ORDERINGS = Kept(
    "orderings", "Orders in which records were put before reviewers", Ordering,
    (STAGE, text("how", required=True, within=tuple(rules.ORDERS))),
    order=_BY_STAGE, days=_ENDED, turns=True,
).resource()  # fmt: skip
PLANS = Kept(
    "plans", "What was aimed at when screening stops", Plan,
    (
        STAGE,
        whole("recall", "In per cent", required=True, least=1),
        whole("sure", "In per cent", required=True),
        whole("every", "A look is taken after so many records", required=True, least=1),
        whole("begun", "Records settled then", required=True),
        whole("total", "Of so many", required=True),
    ),
    order=_BY_STAGE, days=_ENDED, turns=True,
).resource()  # fmt: skip
AUDITS = Kept(
    "audits", "Records drawn by chance to find out what is left", Audit,
    (
        STAGE,
        whole("number", required=True, least=1),
        whole("seed", "What chance began from", required=True, highest=2**63 - 1),
        whole("population", "Records not settled then", required=True),
        whole("before", "Included by then", required=True),
        whole("total", "Records in all", required=True),
    ),
    order=("stage", "number"), key=("stage", "number"), days=_ENDED, turns=True, note=_audit,
).resource()  # fmt: skip
DRAWS = Resource(
    "audit_draws", "Which record was drawn as which",
    (
        STAGE, whole("audit", required=True, least=1), whole("place", required=True, least=1),
        whole("record", required=True),
    ),
    _draw_rows, _load_draws, ("stage", "audit", "place"), {"record": ("records", "number")},
)  # fmt: skip
STOPS = Kept(
    "stops", "Where screening stopped, and why", Stop,
    (
        STAGE,
        whole("until", "It speaks of records up to this number", required=True),
        whole("unread", "Records that nobody had decided then", required=True),
        text("how", "The order then", required=True, within=tuple(rules.ORDERS)),
        text("reason", required=True),
    ),
    order=_BY_STAGE, days=_ENDED,
).resource()  # fmt: skip
UPDATES = Kept(
    "updates", "Updates of the review: where each version begins", Update,
    (
        whole("number", required=True, least=1),
        whole("after", "Records up to this number are of what went before", required=True),
        whole("searches", "Searches up to this number, too", required=True),
        text("why"),
    ),
    order=("number",), key=("number",),
).resource()  # fmt: skip
