"""checklist.csv: the PRISMA-ScR checklist, as far as people wrote to it."""

from collections.abc import Iterator

from firsthand.evidence.checklist_items import ITEMS
from firsthand.evidence.models import Reported
from firsthand.evidence.package.going_in import Into, keep
from firsthand.evidence.package.going_out import Out
from firsthand.evidence.package.tables import Cells, Field, Resource, text, whole

FIELDS = (
    whole("item", "Its number in PRISMA-ScR", required=True, least=1, highest=len(ITEMS)),
    text("where", "Page or section of the report", most=200),
    text("note"),
    Field("applies", "boolean", "Whether it applies to this review", required=True),
    text("why", "Why it does not"),
)


def _rows(out: Out) -> Iterator[Cells]:
    for row in Reported.objects.filter(review=out.review).order_by("item"):
        yield {each.name: getattr(row, each.name) for each in FIELDS}


def _load(into: Into, rows: Iterator[Cells]) -> None:
    keep(Reported, (Reported(review=into.review, **row) for row in rows))


RESOURCE = Resource("checklist", "PRISMA-ScR checklist", FIELDS, _rows, _load, ("item",))
