"""studies.csv: the studies, those set aside too; study_reports.csv: which report is of which."""

from collections.abc import Iterator

from firsthand.evidence.models import Study, StudyReport
from firsthand.evidence.models.studies import MOST_CHARTERS
from firsthand.evidence.package.going_in import Into, keep
from firsthand.evidence.package.going_out import Out
from firsthand.evidence.package.tables import Bad, Cells, Field, Resource, text, whole

_SAME = ("number", "name", "note", "needed")
FIELDS = (
    whole("number", "The study's own number", required=True, least=1),
    text("name", "What it is called here", required=True, most=200),
    text("note"),
    whole("needed", "How many people chart it, apart from each other", required=True, least=1),
)
REPORT_FIELDS = (
    whole("record", "A report", required=True),
    whole("study", "The study it is of", required=True),
    whole("home", "The study it began with: it goes back there when taken out", required=True),
    Field("chosen", "boolean", "Whether someone made it the study's main report", required=True),
)


def _rows(out: Out) -> Iterator[Cells]:
    for row in Study.objects.filter(review=out.review).order_by("number"):
        yield {name: getattr(row, name) for name in _SAME}


def _load(into: Into, rows: Iterator[Cells]) -> None:
    keep(
        Study, (_study(into, row) for row in rows),
        note=lambda row: into.studies.__setitem__(row.number, row),
    )  # fmt: skip


def _study(into: Into, row: Cells) -> Study:
    if row["needed"] > MOST_CHARTERS:
        raise Bad(f"needed is more than {MOST_CHARTERS}.")
    return Study(review=into.review, **{name: row[name] for name in _SAME})


def _report_rows(out: Out) -> Iterator[Cells]:
    rows = StudyReport.objects.filter(study__review=out.review).order_by("record__number")
    said = rows.values_list("record__number", "study__number", "home__number", "chosen")
    for record, study, home, chosen in said:
        yield {"record": record, "study": study, "home": home, "chosen": chosen}


def _load_reports(into: Into, rows: Iterator[Cells]) -> None:
    keep(StudyReport, (_report(into, row) for row in rows))


def _report(into: Into, row: Cells) -> StudyReport:
    return StudyReport(
        record_id=into.records[row["record"]], study=into.studies[row["study"]],
        home=into.studies[row["home"]], chosen=row["chosen"],
    )  # fmt: skip


RESOURCE = Resource("studies", "Studies", FIELDS, _rows, _load, ("number",))
REPORTS = Resource(
    "study_reports", "Which report is of which study", REPORT_FIELDS, _report_rows, _load_reports,
    ("record",),
    {"record": ("records", "number"), "study": ("studies", "number"),
     "home": ("studies", "number")},
)  # fmt: skip
