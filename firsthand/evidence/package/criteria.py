"""criteria.csv: every wording that every criterion has had, with its reason."""

from collections.abc import Iterator

from firsthand.evidence import rules
from firsthand.evidence.models import Criterion, Wording
from firsthand.evidence.package.going_in import Into, keep, moment, numbered
from firsthand.evidence.package.going_out import Out, on
from firsthand.evidence.package.tables import Cells, Resource, day, text, whole

FIELDS = (
    whole("number", "The criterion's own number", required=True, least=1),
    text("kind", "What is included must meet it, or must not", required=True,
         within=tuple(rules.KINDS)),
    whole("since", "From which version of the criteria on", required=True, least=1),
    text("change", required=True, within=tuple(rules.CHANGES)),
    text("text", "What it says", required=True),
    text("reason", "Why it was changed"),
    whole("reviewer", "Who did it", required=True),
    day("on", required=True),
)  # fmt: skip


def _rows(out: Out) -> Iterator[Cells]:
    rows = Wording.objects.filter(criterion__review=out.review).select_related("criterion")
    for row in rows.order_by("criterion__number", "since"):
        yield {
            "number": row.criterion.number, "kind": row.criterion.kind, "since": row.since,
            "change": row.change, "text": row.text, "reason": row.reason,
            "reviewer": out.reviewer(row.by_id), "on": on(row.at),
        }  # fmt: skip


def _load(into: Into, rows: Iterator[Cells]) -> None:
    keep(Wording, (_wording(into, row, turn) for turn, row in numbered(rows)), ["at"])


def _wording(into: Into, row: Cells, turn: int) -> Wording:
    number = row["number"]
    if number not in into.criteria:
        into.criteria[number] = Criterion.objects.create(
            review=into.review, number=number, kind=row["kind"]
        )
    return Wording(
        criterion=into.criteria[number], since=row["since"], change=row["change"],
        text=row["text"], reason=row["reason"], by=into.members[row["reviewer"]],
        at=moment(row["on"], turn),
    )  # fmt: skip


RESOURCE = Resource(
    "criteria", "Criteria, every wording of each", FIELDS, _rows, _load, ("number", "since"),
    {"reviewer": ("reviewers", "reviewer")},
)  # fmt: skip
