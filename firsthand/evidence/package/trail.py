"""trail.csv: what was done in the review, by number and day.

Single decisions and labels are not here (decisions.csv and labels_on.csv have those that may be
told), nor names, nor that a package was taken out or in.
"""

from collections.abc import Iterator
from typing import Any

from firsthand.evidence.models import Trail
from firsthand.evidence.package.going_in import Into, keep, moment, numbered
from firsthand.evidence.package.going_out import Out, on
from firsthand.evidence.package.tables import Cells, Field, Resource, day, text, whole

TAKEN, BROUGHT, ASKED = "package taken", "package brought in", "package asked for"
ABOUT_PACKAGES = (TAKEN, BROUGHT, ASKED)
WITHDRAWN = ("decision taken back", "chart taken up again", "note taken back")
_NOT_TOLD = ("decided", "decision taken back", "labels put", *ABOUT_PACKAGES)
_NAMES = ("member", "name")
_LISTED = "shares drawn"  # whose share is how large: "Ada: 3"
FIELDS = (
    whole("turn", "1 is what was done first", required=True, least=1),
    day("on", required=True),
    whole("reviewer", "Who did it; empty: this program by itself"),
    text("did", required=True, most=40),
    Field("about", "object", "More of it", required=True),
)


def _rows(out: Out) -> Iterator[Cells]:
    rows = out.review.trail.exclude(did__in=_NOT_TOLD).order_by("at", "id")
    for turn, row in enumerate(rows.iterator(500), start=1):
        yield {
            "turn": turn, "on": on(row.at), "reviewer": out.by_user(row.by_id), "did": row.did,
            "about": _about(out, row),
        }  # fmt: skip


def _about(out: Out, row: Trail) -> dict[str, Any]:
    said = {name: value for name, value in row.about.items() if name not in _NAMES}
    if row.did == _LISTED:
        said["shares"] = [out.listed(str(each)) for each in said.get("shares", [])]
    return said


def _load(into: Into, rows: Iterator[Cells]) -> None:
    keep(Trail, (_line(into, row, turn) for turn, row in numbered(rows)), ["at"])


def _line(into: Into, row: Cells, turn: int) -> Trail:
    by: Any = into.member(row["reviewer"])
    return Trail(
        review=into.review, at=moment(row["on"], turn), by=by.user if by else None,
        did=row["did"], about=row["about"],
    )  # fmt: skip


RESOURCE = Resource(
    "trail", "What was done, without names", FIELDS, _rows, _load, ("turn",),
    {"reviewer": ("reviewers", "reviewer")},
)  # fmt: skip
