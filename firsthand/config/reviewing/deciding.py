"""Choices out of a table, each row checked as the page checks it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from firsthand.config.reviewing import tables
from firsthand.config.reviewing.protocol import said_by
from firsthand.config.reviewing.tables import Row
from firsthand.config.talk import Progress

if TYPE_CHECKING:
    from firsthand.evidence.forms.screening import DecisionForm
    from firsthand.evidence.models import Member, Screening

Keep = Callable[["Screening", "DecisionForm"], None]
WHAT = ("record", "title", "authors", "year", "container", "doi", "abstract")
TO_FILL = ("choice", "reasons", "note")


def take(
    by: "Member", place: Path, stage: str, form: type["DecisionForm"], keep: Keep
) -> tuple[int, list[str]]:
    """Keep what the rows of a table say; return how many, and a sentence for each that was not."""
    from firsthand.access.refused import Refused
    from firsthand.evidence import queries

    kept, wrong = 0, []
    criteria = queries.criteria(by.review)
    rows = [row for row in tables.read(place, ("record", "choice")) if row["choice"]]
    shown = Progress("Keeping decisions", len(rows))
    for row in rows:
        try:
            filled = form(_said(row), criteria=criteria, stage=stage)
            if not filled.is_valid():
                raise ValueError(" ".join(said_by(filled)))
            keep(standing(by, row["record"], stage), filled)
            kept += 1
        except (Refused, ValueError) as why:
            wrong.append(f"{place.name}, line {row.line}: {why}")
        shown.add(1)
    shown.end()
    return kept, wrong


def _said(row: Row) -> dict[str, Any]:
    reasons = row["reasons"].replace(",", ";").split(";")
    return {
        "choice": row["choice"].lower(), "note": row["note"],
        "reasons": [each.strip() for each in reasons if each.strip()],
    }  # fmt: skip


def standing(by: "Member", said: str, stage: str) -> "Screening":
    """Return how a record stands, by its number. Raises ValueError."""
    from firsthand.evidence.models import Screening

    number = tables.number(said)
    rows = Screening.objects.filter(review=by.review, stage=stage, number=number)
    found = rows.select_related("record", "review").first()
    if found is None:
        raise ValueError(f"record {number} is not screened at this stage.")
    return found


def told(rows: "list[Screening]") -> Iterator[dict[str, Any]]:
    """Yield what is read of each record, and places for what is to be filled in."""
    from firsthand.evidence import showing
    from firsthand.evidence.models import Grouped

    ids = {row.review_id for row in rows}
    grouped = set(Grouped.objects.filter(group__review__in=ids).values_list("record_id", flat=True))
    for row in rows:
        record = showing.as_shown(row.record) if row.record_id in grouped else row.record
        yield {
            "record": row.number, "title": record.title, "authors": "; ".join(record.authors),
            "year": record.year or "", "container": record.container, "doi": record.doi,
            "abstract": record.abstract, **dict.fromkeys(TO_FILL, ""),
        }  # fmt: skip
