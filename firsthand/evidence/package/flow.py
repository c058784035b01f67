"""flow.csv: the counts of the PRISMA 2020 diagram, in the columns of the PRISMA2020 R package."""

import csv
import io
from collections.abc import Iterator

from firsthand.evidence.diagram import diagram
from firsthand.evidence.flow import flow
from firsthand.evidence.package.going_out import Out
from firsthand.evidence.package.tables import Cells, Resource, text
from firsthand.methods.flow.csvfile import COLUMNS, write

FIELDS = tuple(text(name, "The count, or a list of counts" if name == "n" else "")
               for name in COLUMNS)  # fmt: skip


def _rows(out: Out) -> Iterator[Cells]:
    written = write(diagram(out.review, flow(out.review)))
    yield from csv.DictReader(io.StringIO(written, newline=""))


RESOURCE = Resource("flow", "Counts of the flow diagram", FIELDS, _rows)
