"""Reviews with studies and a charting form, for tests: made by the site's own actions."""

from firsthand.evidence import charts, rules, studying
from firsthand.evidence.actions import chart_forms, charting, studies
from firsthand.evidence.models import ChartForm, Member, Record, Screening, Study
from firsthand.methods.charting.values import (
    CHOICE,
    DATE,
    GIVEN,
    GROUP,
    MANY,
    NUMBER,
    TEXT,
    Answer,
    Field,
)
from tests.evidence import kit

YES, NO = "f5", "f6"  # the choices of the field "Harm"


def given(value, *passages) -> Answer:
    return Answer(GIVEN, value, passages)


def included(by: Member, count: int) -> list[Record]:
    """Return records that are included at full text."""
    records = kit.imported(by, count)
    for each in records:
        put(each, rules.INCLUDED)
    return records


def put(record: Record, state: str) -> None:
    """Let a record stand so at full text, as decisions would leave it."""
    Screening.objects.update_or_create(
        record=record, stage=rules.FULL_TEXT,
        defaults={"review": record.review, "number": record.number, "needed": 1, "state": state},
    )  # fmt: skip


def form(by: Member) -> ChartForm:
    """Publish a form with a field of every kind: f1, f2, f3, f4 (yes f5, no f6), f7, f11."""
    chart_forms.add(by, Field("", TEXT, "Methods", "What was done", required=True))
    chart_forms.add(by, Field("", NUMBER, "Participants", unit="people"))
    chart_forms.add(by, Field("", DATE, "Done when"))
    chart_forms.add(by, Field("", CHOICE, "Harm", required=True), ["Yes", "No"])
    chart_forms.add(by, Field("", MANY, "Who took part"), ["Women", "Men", "Deaf people"])
    chart_forms.add(by, Field("", GROUP, "Findings"))
    chart_forms.add(by, Field("", TEXT, "Finding"), into="f11")
    chart_forms.add(by, Field("", NUMBER, "How many said so"), into="f11")
    return chart_forms.publish(by)


def placed(by: Member, count: int) -> list[Study]:
    """Return studies, one for each report."""
    included(by, count)
    studies.follow(by.review)
    return [each.row for each in studying.living(by.review)]


def chart(by: Member, study: Study, finish: bool = True, **answers) -> charting.Saved:
    """Let someone chart a study; what the form needs is filled in when it is not said."""
    said = {"f1": given("Interviews"), "f4": given(YES), **answers}
    version = charts.published(by.review)
    own = charts.own(by, study, version)
    return charting.save(by, study, version, said, own.revision if own else 0, finish=finish)
