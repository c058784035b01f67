"""Studies follow from what is included; reports of one study are joined, and taken apart again."""

from django.db import transaction

from firsthand.access.refused import not_now
from firsthand.evidence import studying, trail
from firsthand.evidence.models import Grouped, Member, Record, Review, Study, StudyReport
from firsthand.methods.charting.naming import apart as unlike
from firsthand.methods.charting.naming import short_name


def follow(review: Review) -> None:
    """Give each included report that has none a study of its own."""
    if studying.unplaced(review).exists():
        _follow(review)


@transaction.atomic
def _follow(review: Review) -> None:
    row = Review.objects.select_for_update().get(id=review.id)
    taken = set(row.studies.values_list("name", flat=True))
    last = row.studies.order_by("-number").first()
    number = last.number if last else 0
    for record in studying.unplaced(row):
        if _instead(record):
            continue
        number += 1
        name = _name(record, taken)
        study = Study.objects.create(review=row, number=number, name=name)
        StudyReport.objects.create(study=study, home=study, record=record)
        trail.note(row, None, "study added", study=number, name=name, record=record.number)


def _instead(record: Record) -> bool:
    """Put a record into the study of a duplicate that it stands for now."""
    groups = Grouped.objects.filter(record=record).values("group_id")
    before = StudyReport.objects.filter(record__grouped__group__in=groups).first()
    if before is None:
        return False
    StudyReport.objects.create(study=before.study, home=before.home, record=record)
    trail.note(
        record.review, None, "report stands for its duplicate", study=before.study.number,
        record=record.number,
    )  # fmt: skip
    return True


def _name(record: Record, taken: set[str]) -> str:
    said = short_name(list(map(str, record.authors)), record.year, record.title, record.number)
    name = unlike(said[:190], taken)
    taken.add(name)
    return name


@transaction.atomic
def join(by: Member, study: Study, other: Study) -> None:
    """Let all reports of another study be reports of this one. Raises Refused."""
    row, away = _locked(by, study), _locked(by, other)
    if row == away:
        raise not_now("This is the same study. Choose another one.")
    reports = list(away.reports.select_related("record"))
    if not reports:
        raise not_now("That study has no reports any more: they were joined to another already.")
    away.reports.update(study=row, chosen=False)
    numbers = [each.record.number for each in reports]
    trail.leave(by, "reports joined", study=row.number, other=away.number, records=numbers)


@transaction.atomic
def apart(by: Member, report: StudyReport) -> Study:
    """Take a report out again: it goes back to its own study. Raises Refused."""
    _locked(by, report.study)
    now = StudyReport.objects.select_for_update().get(id=report.id)
    if not now.joined:
        raise not_now(
            "This study began with that report, so it stays. Take the others out instead."
        )
    before = now.study
    now.study, now.chosen = now.home, False
    now.save(update_fields=["study", "chosen"])
    trail.leave(
        by, "report taken out", study=before.number, record=report.record.number,
        back_to=now.study.number,
    )  # fmt: skip
    return now.study


@transaction.atomic
def make_main(by: Member, report: StudyReport) -> None:
    """Let a report be the main one of its study."""
    study = _locked(by, report.study)
    now = StudyReport.objects.get(id=report.id)
    if now.chosen or now.study_id != study.id:
        return
    study.reports.update(chosen=False)
    StudyReport.objects.filter(id=now.id).update(chosen=True)
    trail.leave(by, "main report chosen", study=study.number, record=report.record.number)


@transaction.atomic
def describe(by: Member, study: Study, name: str, note: str) -> None:
    """Name a study and note something on it; the trail keeps how it was."""
    row = _locked(by, study)
    if (row.name, row.note) == (name, note):
        return
    before = {"name": row.name, "note": row.note}
    row.name, row.note = name, note
    row.save(update_fields=["name", "note"])
    trail.leave(by, "study described", study=row.number, before=before)


def _locked(by: Member, study: Study) -> Study:
    Review.objects.select_for_update().get(id=by.review_id)
    return Study.objects.get(id=study.id, review=by.review_id)
