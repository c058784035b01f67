"""rounds.csv: calibration rounds; agreement.csv: how far people agreed in those that are over."""

from collections.abc import Iterator

from firsthand.evidence import rules
from firsthand.evidence.calibration import calibration
from firsthand.evidence.models import Round
from firsthand.evidence.package.going_in import Into, keep, moment, numbered
from firsthand.evidence.package.going_out import Out, on
from firsthand.evidence.package.tables import Cells, Field, Resource, day, text, whole
from firsthand.methods.agreement import Interval, Measure, Undefined

FIELDS = (
    text("stage", required=True, within=tuple(rules.STAGES)),
    whole("number", required=True, least=1),
    whole("seed", "Draws the same records again", required=True, highest=2**63 - 1),
    whole("criteria_version", required=True),
    whole("reviewer", "Who began it", required=True),
    day("on", required=True),
)
AGREEMENT_FIELDS = (
    text("stage", required=True, within=tuple(rules.STAGES)),
    whole("round", required=True, least=1),
    text("who", "Everyone, or two reviewers", required=True),
    text("measure", required=True),
    Field("value", "number", "Empty: it cannot be estimated, see why_not"),
    Field("low_95", "number", "Where the 95 % interval begins"),
    Field("high_95", "number", "Where it ends"),
    whole("records", "From how many records", required=True),
    text("interval", "How the interval was made"),
    text("why_not", "Why there is no figure, or no interval"),
)


def _rows(out: Out) -> Iterator[Cells]:
    for row in out.review.rounds.order_by("stage", "number"):
        yield {
            "stage": row.stage, "number": row.number, "seed": row.seed,
            "criteria_version": row.criteria_version, "reviewer": out.reviewer(row.by_id),
            "on": on(row.at),
        }  # fmt: skip


def _load(into: Into, rows: Iterator[Cells]) -> None:
    keep(
        Round, (_round(into, row, turn) for turn, row in numbered(rows)), ["at"],
        lambda row: into.rounds.__setitem__((row.stage, row.number), row),
    )  # fmt: skip


def _round(into: Into, row: Cells, turn: int) -> Round:
    return Round(
        review=into.review, stage=row["stage"], number=row["number"], seed=row["seed"],
        criteria_version=row["criteria_version"], by=into.members[row["reviewer"]],
        at=moment(row["on"], turn),
    )  # fmt: skip


def _agreement_rows(out: Out) -> Iterator[Cells]:
    for row in out.review.rounds.order_by("stage", "number"):
        went = calibration(row, out.called)
        if not went.is_over:
            continue
        pairs = sorted((str(each), each.measures()) for each in went.pairs)
        for who, named in (("Everyone", went.measures()), *pairs):
            for name, each in named:
                yield {"stage": row.stage, "round": row.number, "who": who, "measure": name,
                       **_figure(each)}  # fmt: skip


def _figure(each: Measure) -> Cells:
    why = [it.value for it in (each.value, each.interval) if isinstance(it, Undefined)]
    sure = each.interval if isinstance(each.interval, Interval) else None
    return {
        "value": None if isinstance(each.value, Undefined) else round(each.value, 6),
        "low_95": round(sure.low, 6) if sure else None,
        "high_95": round(sure.high, 6) if sure else None,
        "records": each.n, "interval": sure.method if sure else "",
        "why_not": " ".join(dict.fromkeys(why)),
    }  # fmt: skip


RESOURCE = Resource(
    "rounds", "Calibration rounds", FIELDS, _rows, _load, ("stage", "number"),
    {"reviewer": ("reviewers", "reviewer")},
)  # fmt: skip
AGREEMENT = Resource(
    "agreement", "How far reviewers agreed in each round", AGREEMENT_FIELDS, _agreement_rows
)
