"""splits.csv: each drawing of shares; shares.csv: which record is asked of whom today."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from firsthand.evidence.models import Share, Split
from firsthand.evidence.package.going_in import Into, keep, moment, numbered
from firsthand.evidence.package.going_out import Out, on
from firsthand.evidence.package.kept import STAGE, WHEN, WHO
from firsthand.evidence.package.tables import Bad, Cells, Field, Resource, whole

_SAME = ("stage", "asked", "seed", "records")
FIELDS = (
    whole("split", "Its number in this package", required=True, least=1),
    STAGE,
    whole("asked", "How many decide each record", required=True, least=1),
    Field("percents", "object", "By reviewer, what was asked of whom", required=True),
    whole("seed", "What chance began from", required=True, highest=2**63 - 1),
    whole("records", "How many records were shared out", required=True),
    WHO,
    WHEN,
)
SHARE_FIELDS = (
    whole("record", required=True), STAGE, WHO, whole("split", required=True),
)  # fmt: skip


def _splits(out: Out) -> list[Split]:
    return list(Split.objects.filter(review=out.review).order_by("at", "id"))


def _rows(out: Out) -> Iterator[Cells]:
    for number, row in enumerate(_splits(out), start=1):
        people = out.in_order(each for each in out.members if str(each) in row.percents)
        percents = {str(out.reviewer(each)): row.percents[str(each)] for each in people}
        same = {name: getattr(row, name) for name in _SAME}
        by = {"reviewer": out.reviewer(row.by_id), "on": on(row.at)}
        yield {"split": number, **same, "percents": percents, **by}


def _load(into: Into, rows: Iterator[Cells]) -> None:
    order = iter(range(1, 10**9))
    keep(
        Split, (_split(into, row, turn) for turn, row in numbered(rows)), ["at"],
        lambda row: into.splits.__setitem__(next(order), row.id),
    )  # fmt: skip


def _split(into: Into, row: Cells, turn: int) -> Split:
    return Split(
        review=into.review, by=into.members[row["reviewer"]], at=moment(row["on"], turn),
        percents=dict(_percent(into, *each) for each in row["percents"].items()),
        **{name: row[name] for name in _SAME},
    )  # fmt: skip


def _percent(into: Into, number: str, percent: Any) -> tuple[str, float]:
    if not (number.isascii() and number.isdigit()) or type(percent) not in (int, float):
        raise Bad("percents are not numbers by reviewer.")
    return str(into.members[int(number[:9])].id), percent


def _share_rows(out: Out) -> Iterator[Cells]:
    number = {row.id: at for at, row in enumerate(_splits(out), start=1)}
    rows = Share.objects.filter(screening__review=out.review).select_related("screening")
    rows = rows.order_by("screening__number", "screening__stage")
    for _, some in groupby(rows.iterator(500), lambda each: each.screening_id):
        of = {each.member_id: each for each in some}
        for member in out.in_order(of):
            at = of[member].screening
            yield {
                "record": at.number, "stage": at.stage, "reviewer": out.reviewer(member),
                "split": number[of[member].split_id],
            }  # fmt: skip


def _load_shares(into: Into, rows: Iterator[Cells]) -> None:
    keep(Share, (_share(into, row) for row in rows))


def _share(into: Into, row: Cells) -> Share:
    return Share(
        split_id=into.splits[row["split"]], member=into.members[row["reviewer"]],
        screening=into.screenings[row["record"], row["stage"]],
    )  # fmt: skip


_BY = ("reviewers", "reviewer")
RESOURCE = Resource(
    "splits", "Drawings of shares", FIELDS, _rows, _load, ("split",), {"reviewer": _BY}
)
SHARES = Resource(
    "shares", "Which records are asked of whom", SHARE_FIELDS, _share_rows, _load_shares,
    ("record", "stage", "reviewer"),
    {"record": ("records", "number"), "reviewer": _BY, "split": ("splits", "split")},
)  # fmt: skip
