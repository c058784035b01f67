"""The included reports of a review as sources: what each says it found, linked to its report."""

from django.db import transaction

from firsthand.access.refused import Refused, not_now
from firsthand.codebook import rules, trail
from firsthand.codebook.actions import sources
from firsthand.codebook.models import Coder, Source
from firsthand.evidence import policies as evidence
from firsthand.evidence.models import Record, StudyReport


@transaction.atomic
def bring_in(by: Coder) -> list[Source]:
    """Add each included report of the project's review that is not there yet. Raises Refused.

    Only someone who takes part in the review may. A report without an abstract has its title alone.
    """
    review = by.project.review
    if review is None:
        raise not_now("This project belongs to no review. Its owner can change that.")
    try:
        evidence.check_member(by.user, review.id)
    except Refused:
        raise not_now("Only who takes part in the review can bring its reports in.") from None
    have = set(by.project.sources.values_list("report_id", flat=True))
    rows = StudyReport.objects.filter(study__review=review).select_related("record", "study")
    fresh = [each for each in rows.order_by("record__number") if each.record_id not in have]
    found = [_add(by, each) for each in fresh]
    if found:
        trail.leave(by, "reports brought in", sources=len(found))
    return found


def _add(by: Coder, row: StudyReport) -> Source:
    record = row.record
    return sources.add(
        by, kind=rules.REPORT, title=_title(record), text=_text(record), report=record,
        study=row.study.name, origin={"record": record.number, "citation": _citation(record)},
    )  # fmt: skip


def _title(record: Record) -> str:
    return (record.title or f"Record {record.number}")[:500]


def _text(record: Record) -> str:
    parts = (record.title, record.abstract)
    said = "\n\n".join(each.strip() for each in parts if each.strip())
    return said or f"Record {record.number}"


def _citation(record: Record) -> str:
    first = record.authors[0] if record.authors else ""
    more = " and others" if len(record.authors) > 1 else ""
    return ", ".join(str(each) for each in (first + more, record.year, record.container) if each)
