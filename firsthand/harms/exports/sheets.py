"""Tables beside a version's own: the map from the version before, and what stands beneath lines."""

import csv
import io
from collections.abc import Iterable, Sequence

from firsthand.harms import drafts, queries, shown
from firsthand.harms.models import Drafting
from firsthand.methods.spreadsheets import safe

MAP = ("old_version", "old_code", "old_label", "relation", "new_version", "new_code", "new_label",
       "why_removed")  # fmt: skip
BENEATH = ("version", "code", "label", "kind", "title", "count", "said", "interval", "held_back",
           "address")  # fmt: skip


def the_map(of: Drafting, base: str) -> bytes:
    """Return the map, old to new, as CSV: lines that were removed with the reason, new ones too."""
    told = drafts.told_map(of)
    rows = [
        (of.based_on.slug, line.from_entry.code, line.from_entry.label, line.relation,
         of.version.slug, line.to_entry.code, line.to_entry.label, "")
        for line in told.lines
    ]  # fmt: skip
    rows += [(of.based_on.slug, one.code, one.label, "removed", of.version.slug, "", "", why)
             for one, why in told.removed]  # fmt: skip
    rows += [("", "", "", "added", of.version.slug, one.code, one.label, "") for one in told.added]
    return _csv(MAP, rows)


def beneath(of: Drafting, base: str) -> bytes:
    """Return what stands beneath each line as CSV; small counts of people are held back."""
    labels = {one.code: one.label for one in queries.entries(of.version)}
    rows = [
        (of.version.slug, one.code, labels.get(one.code, ""), one.kind, one.title, one.count,
         one.words, one.interval, "yes" if one.held_back else "", one.link)
        for one in sorted(shown.shown(queries.grounds(of.version)), key=lambda one: one.code)
    ]  # fmt: skip
    return _csv(BENEATH, rows)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if cell is None else safe(str(cell)) for cell in row])
    return out.getvalue().encode()
