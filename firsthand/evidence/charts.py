"""Asking about charting: the form's versions, who charts what, and what was charted in the end.

Charting twice is blind: nothing of what another charted is in here for anyone before as many
people have finished as the study needs (`opened`).
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from firsthand.access.refused import Refused
from firsthand.evidence import studying
from firsthand.evidence.models import Chart, ChartForm, Draw, Member, Reconciled, Review, Study
from firsthand.evidence.studying import StudyLine
from firsthand.methods.charting import comparing, designing
from firsthand.methods.charting.merging import carried
from firsthand.methods.charting.plain import read_answers, read_form
from firsthand.methods.charting.values import Answer, Charted, Form

# -- the form -------------------------------------------------------------------------------------


def fields(form: ChartForm) -> Form:
    """Return what a version of the form asks, retired fields too."""
    return read_form(form.fields)


def published(review: Review) -> ChartForm | None:
    """Return the version that is charted with today."""
    return ChartForm.objects.filter(review=review, published_at__isnull=False).last()


def versions(review: Review) -> QuerySet[ChartForm]:
    """Return every version that was published."""
    rows = ChartForm.objects.filter(review=review, published_at__isnull=False)
    return rows.select_related("by__user")


def draft(review: Review) -> ChartForm | None:
    return ChartForm.objects.filter(review=review, published_at=None).first()


def keys_published(review: Review) -> set[str]:
    """Return the keys of all fields that any published version has."""
    return {key for each in versions(review) for key in designing.keys(fields(each))}


def keys_made(review: Review) -> int:
    """Return how many keys were given out: of published versions, no others were charted with."""
    last = published(review)
    return last.made if last else 0


# -- one study's charts ---------------------------------------------------------------------------


def charts_of(study: Study) -> list[Chart]:
    """Return all charts of a study, the oldest version first."""
    rows = Chart.objects.filter(study=study).select_related("form", "member__user")
    return list(rows.order_by("form__version", "begun_at", "id"))


def chart(review: Review, chart: uuid.UUID) -> Chart:
    """Return one chart. Raises Refused."""
    rows = Chart.objects.select_related("study", "form", "member__user")
    row = rows.filter(study__review=review, id=chart).first()
    if row is None:
        raise Refused
    return row


def own(member: Member, study: Study, form: ChartForm) -> Chart | None:
    return Chart.objects.filter(member=member, study=study, form=form).first()


def before(member: Member, study: Study, form: ChartForm) -> Chart | None:
    """Return someone's own chart under the version before, the latest."""
    rows = Chart.objects.filter(member=member, study=study, form__version__lt=form.version)
    return rows.select_related("form").order_by("form__version").last()


def begins_with(member: Member, study: Study, form: ChartForm) -> dict[str, Answer]:
    """Return what a chart under this version begins with: what holds of the one before."""
    last = before(member, study, form)
    if last is None:
        return {}
    return carried(fields(last.form), read_answers(last.answers), fields(form))


def charters(charts: Sequence[Chart]) -> list[Member]:
    """Return who charts a study; who left without finishing does so no longer."""
    rows = (each for each in charts if each.finished_at or each.member.left_on is None)
    return list(dict.fromkeys(each.member for each in rows))


@dataclass(frozen=True)
class Opened:
    """The first pass over a study is over: the charts of it, all under one version."""

    form: ChartForm
    charts: tuple[Chart, ...]

    @property
    def fields(self) -> Form:
        return fields(self.form)


def opened(study: Study, charts: Sequence[Chart]) -> Opened | None:
    """Return the charts under the highest version that enough people finished; None before."""
    finished: dict[int, list[Chart]] = {}
    for each in charts:
        if each.finished_at:
            finished.setdefault(each.form.version, []).append(each)
    for version in sorted(finished, reverse=True):
        if len(finished[version]) >= study.needed:
            return Opened(finished[version][0].form, tuple(finished[version]))
    return None


def reconciled(study: Study, form: ChartForm) -> list[Reconciled]:
    """Return what settled the fields two charts differed on."""
    rows = Reconciled.objects.filter(study=study, form=form, ended_at=None)
    return list(rows.select_related("by__user"))


def result(study: Study, found: Opened, settled: Sequence[Reconciled]) -> dict[str, Answer]:
    """Return what was charted in the end: alike, or settled; else it differs."""
    each = [read_answers(chart.answers) for chart in found.charts]
    settling = {row.field: read_answers({"it": row.answer})["it"] for row in settled}
    return comparing.together(found.fields, each, settling)


# -- the whole review -----------------------------------------------------------------------------


@dataclass(frozen=True)
class ChartedLine:
    """A study that is included, its charts, and where it stands."""

    line: StudyLine
    charts: tuple[Chart, ...]
    opened: Opened | None
    charted: Charted

    @property
    def row(self) -> Study:
        return self.line.row


def charted(review: Review, form: ChartForm | None = None) -> list[ChartedLine]:
    """Return every included study with what was charted, as far as it holds under `form`.

    `form`: by default the version published last. Of a study whose first pass is not over there
    is nothing: its fields are not charted yet. This is what other parts read (export, package).
    """
    form = form or published(review)
    lines = studying.living(review)
    held: dict[uuid.UUID, list[Chart]] = {}
    rows = Chart.objects.filter(study__review=review).select_related("form", "member__user")
    for each in rows.order_by("form__version", "begun_at", "id"):
        held.setdefault(each.study_id, []).append(each)
    settled: dict[tuple[uuid.UUID, uuid.UUID], list[Reconciled]] = {}
    for one in Reconciled.objects.filter(study__review=review, ended_at=None):
        settled.setdefault((one.study_id, one.form_id), []).append(one)
    return [_charted(line, held.get(line.row.id, []), settled, form) for line in lines]


def _charted(
    line: StudyLine,
    charts: list[Chart],
    settled: dict[tuple[uuid.UUID, uuid.UUID], list[Reconciled]],
    form: ChartForm | None,
) -> ChartedLine:
    study, found, answers = line.row, opened(line.row, charts), {}
    if found and form:
        answers = result(study, found, settled.get((study.id, found.form.id), ()))
        if found.form.id != form.id:
            answers = carried(found.fields, answers, fields(form))
    return ChartedLine(line, tuple(charts), found, Charted(study.number, study.name, answers))


def studies_of(review: Review) -> tuple[Form, tuple[Charted, ...]]:
    """Return what the form asks today, and every included study as charted: for counting."""
    form = published(review)
    return fields(form) if form else (), tuple(each.charted for each in charted(review, form))


def draws(review: Review) -> QuerySet[Draw]:
    return Draw.objects.filter(review=review).select_related("by__user")


def could_be_drawn(review: Review) -> list[Study]:
    """Return the studies nobody has finished charting: nothing of them has been seen by others."""
    return [
        each.row
        for each in charted(review)
        if each.row.needed == 1 and not any(chart.finished_at for chart in each.charts)
    ]
