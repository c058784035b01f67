"""retrievals.csv: how far getting each report is; pdfs.csv: which PDFs were attached.

The PDFs themselves are not in a package: they belong to their publishers. Brought in, one is listed
as not here, and is read once somebody attaches the same file again.
"""

from firsthand.evidence import rules
from firsthand.evidence.models import FullText, Retrieval
from firsthand.evidence.package.going_in import Into
from firsthand.evidence.package.kept import RECORD, WHEN, WHO, Kept
from firsthand.evidence.package.tables import Cells, day, text, whole

NOT_HERE = "The PDF itself was not in the package that this review came in. Attach it again."

RESOURCE = Kept(
    "retrievals", "How far getting each report is", Retrieval,
    (
        text("status", required=True, within=tuple(rules.RETRIEVALS)),
        text("note"),
    ),
    RECORD, ("record__number",), ("record",),
    days={
        "since": (day("since", "The day that was written down", required=True), "on"),
        "on": (day("on", "When it was written down", required=True), "at"),
    },
).resource()  # fmt: skip


def _not_here(into: Into, row: Cells, made: FullText) -> None:
    FullText.objects.filter(id=made.id).update(stage=rules.FAILED, why_not=NOT_HERE)


PDFS = Kept(
    "pdfs", "PDFs that were attached (not the PDFs themselves)", FullText,
    (
        text("name", required=True, most=255),
        text("fingerprint", "SHA-256 of the file", required=True, most=64),
        whole("size", "In bytes", required=True, highest=2**63 - 1),
        whole("pages", required=True),
    ),
    RECORD, ("record__number", "at", "name", "id"), ("record", "fingerprint"),
    people={"reviewer": (WHO, "by")},
    days={"on": (WHEN, "at"), "taken_away_on": (day("taken_away_on"), "taken_away_at")},
    note=_not_here,
).resource()  # fmt: skip
