"""charts.csv: what each person charted; chart_saves.csv: every save; reconciled.csv; draws.csv.

Charting twice is blind, so a chart is here only once as many people have finished the study, with
that version of the form, as it needs. passages.csv has where each answer stands: it follows from
charts.csv and is not read on the way in.
"""

import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

from firsthand.evidence.models import Chart, ChartSave, Draw, Reconciled
from firsthand.evidence.package.chart_forms import answers
from firsthand.evidence.package.going_in import Into, keep, moment, numbered
from firsthand.evidence.package.going_out import Out, on
from firsthand.evidence.package.tables import Bad, Cells, Field, Resource, day, text, whole
from firsthand.methods.charting.plain import read_answers
from firsthand.methods.charting.values import Answers, Passage, entries

_OF = (
    whole("study", required=True),
    whole("version", "Of the charting form", required=True),
)
_CHARTED = (*_OF, whole("reviewer", "Who charted it", required=True))
_ANSWERS = Field("answers", "object", "By the field's key: state, value, passages", required=True)
FIELDS = (
    *_CHARTED,
    _ANSWERS,
    whole("saves", "How often it was saved", required=True, least=1),
    day("begun_on", required=True),
    day("finished_on", required=True),
)
SAVE_FIELDS = (
    *_CHARTED,
    whole("save", "1 is the first", required=True, least=1),
    _ANSWERS,
    day("on", required=True),
)
PASSAGE_FIELDS = (
    *_CHARTED,
    text("field", "The field's key", required=True),
    whole("entry", "Which entry of a group"),
    text("part", "The key of the group's part"),
    text("quote", "The words"),
    whole("report", "The record of the report"),
    text("place", "Such as a page"),
)
RECONCILED_FIELDS = (
    *_OF,
    text("field", "The field's key", required=True, most=20),
    whole("turn", "1 is what settled it first", required=True, least=1),
    Field("answer", "object", "State, value, passages", required=True),
    text("reason", "Why", required=True),
    whole("reviewer", "Who settled it", required=True),
    day("on", required=True),
    day("ended_on", "Since when another took its place"),
)
DRAW_FIELDS = (
    whole("share", "In per cent", required=True, least=1),
    whole("seed", "Draws the same studies again", required=True, highest=2**63 - 1),
    Field("pool", "array", "The studies they were drawn from", required=True),
    Field("drawn", "array", "The studies that were drawn", required=True),
    whole("reviewer", "Who drew", required=True),
    day("on", required=True),
)


def open_charts(out: Out) -> list[Chart]:
    """Return the finished charts of studies whose first pass with that version is over."""
    rows = Chart.objects.filter(study__review=out.review, finished_at__isnull=False)
    rows = rows.select_related("study", "form").order_by(
        "study__number", "form__version", "begun_at", "id"
    )
    found = list(rows)
    done = Counter((each.study_id, each.form_id) for each in found)
    return [each for each in found if done[each.study_id, each.form_id] >= each.study.needed]


def _of(out: Out, row: Chart) -> Cells:
    return {
        "study": row.study.number, "version": row.form.version,
        "reviewer": out.reviewer(row.member_id),
    }  # fmt: skip


def _rows(out: Out) -> Iterator[Cells]:
    for row in open_charts(out):
        yield {
            **_of(out, row), "answers": row.answers, "saves": row.revision,
            "begun_on": on(row.begun_at), "finished_on": on(row.finished_at),
        }  # fmt: skip


def _load(into: Into, rows: Iterator[Cells]) -> None:
    def note(row: Chart) -> None:
        into.charts[row.study.number, row.form.version, numbers[row.member_id]] = row

    numbers = {member.id: number for number, member in into.members.items()}
    keep(Chart, (_chart(into, row, turn) for turn, row in numbered(rows)), ["begun_at"], note)


def _chart(into: Into, row: Cells, turn: int) -> Chart:
    form = into.forms[row["version"]]
    if form.published_at is None:
        raise Bad(f"Version {form.version} of the charting form is a draft, and nothing's chart.")
    return Chart(
        study=into.studies[row["study"]], form=form, member=into.members[row["reviewer"]],
        answers=answers(row["answers"], form), revision=row["saves"],
        begun_at=moment(row["begun_on"], turn), finished_at=moment(row["finished_on"], turn),
    )  # fmt: skip


def _save_rows(out: Out) -> Iterator[Cells]:
    for row in open_charts(out):
        for each in row.saves.order_by("revision"):
            said = {"save": each.revision, "answers": each.answers, "on": on(each.at)}
            yield {**_of(out, row), **said}


def _load_saves(into: Into, rows: Iterator[Cells]) -> None:
    last: dict[uuid.UUID, tuple[int, Any]] = {}
    keep(ChartSave, (_save(into, row, turn, last) for turn, row in numbered(rows)), ["at"])
    for each in into.charts.values():
        if last.get(each.id) != (each.revision, each.answers):
            raise Bad(f"The last save of a chart of study {each.study.number} is not its answers.")


def _save(into: Into, row: Cells, turn: int, last: dict[uuid.UUID, tuple[int, Any]]) -> ChartSave:
    chart = into.charts[row["study"], row["version"], row["reviewer"]]
    if row["save"] != last.get(chart.id, (0, None))[0] + 1:
        raise Bad("The saves of a chart are not in turn.")
    last[chart.id] = row["save"], row["answers"]
    return ChartSave(
        chart=chart, revision=row["save"], answers=answers(row["answers"], chart.form),
        at=moment(row["on"], turn),
    )  # fmt: skip


def _passage_rows(out: Out) -> Iterator[Cells]:
    for row in open_charts(out):
        for said in _passages(read_answers(row.answers)):
            yield {**_of(out, row), **said}


def _passages(said: Answers) -> Iterator[Cells]:
    for key, answer in sorted(said.items()):
        yield from (_passage(each, key) for each in answer.passages)
        for number, entry in enumerate(entries(answer), start=1):
            yield from (_passage(each, key, number) for each in entry.passages)
            for part, its in sorted(entry.answers.items()):
                yield from (_passage(each, key, number, part) for each in its.passages)


def _passage(each: Passage, field: str, entry: int | None = None, part: str = "") -> Cells:
    said = {"quote": each.quote, "report": each.report, "place": each.place}
    return {"field": field, "entry": entry, "part": part, **said}


def _reconciled_rows(out: Out) -> Iterator[Cells]:
    rows = Reconciled.objects.filter(study__review=out.review).select_related("study", "form")
    turns: Counter[tuple[Any, ...]] = Counter()
    for row in rows.order_by("study__number", "form__version", "field", "at", "id"):
        which = row.study_id, row.form_id, row.field
        turns[which] += 1
        yield {
            "study": row.study.number, "version": row.form.version, "field": row.field,
            "turn": turns[which], "answer": row.answer, "reason": row.reason,
            "reviewer": out.reviewer(row.by_id), "on": on(row.at), "ended_on": on(row.ended_at),
        }  # fmt: skip


def _load_reconciled(into: Into, rows: Iterator[Cells]) -> None:
    keep(Reconciled, (_one_reconciled(into, row, turn) for turn, row in numbered(rows)), ["at"])


def _one_reconciled(into: Into, row: Cells, turn: int) -> Reconciled:
    form, ended = into.forms[row["version"]], row["ended_on"]
    answers({row["field"]: row["answer"]}, form)
    return Reconciled(
        study=into.studies[row["study"]], form=form, field=row["field"], answer=row["answer"],
        reason=row["reason"], by=into.members[row["reviewer"]], at=moment(row["on"], turn),
        ended_at=moment(ended, turn) if ended else None,
    )  # fmt: skip


def _draw_rows(out: Out) -> Iterator[Cells]:
    for row in Draw.objects.filter(review=out.review).order_by("at", "id"):
        same = {"share": row.share, "seed": row.seed, "pool": row.pool, "drawn": row.drawn}
        yield {**same, "reviewer": out.reviewer(row.by_id), "on": on(row.at)}


def _load_draws(into: Into, rows: Iterator[Cells]) -> None:
    keep(Draw, (_draw(into, row, turn) for turn, row in numbered(rows)), ["at"])


def _draw(into: Into, row: Cells, turn: int) -> Draw:
    pool, drawn = ([into.studies[each].number for each in row[name]] for name in ("pool", "drawn"))
    return Draw(
        review=into.review, share=row["share"], seed=row["seed"], pool=pool, drawn=drawn,
        by=into.members[row["reviewer"]], at=moment(row["on"], turn),
    )  # fmt: skip


_STUDY = {
    "study": ("studies", "number"), "version": ("chart_forms", "version"),
    "reviewer": ("reviewers", "reviewer"),
}  # fmt: skip
RESOURCE = Resource(
    "charts", "What each reviewer charted", FIELDS, _rows, _load,
    ("study", "version", "reviewer"), _STUDY,
)  # fmt: skip
SAVES = Resource(
    "chart_saves", "Each save of a chart", SAVE_FIELDS, _save_rows, _load_saves,
    ("study", "version", "reviewer", "save"), _STUDY,
)  # fmt: skip
PASSAGES = Resource(
    "passages", "Where each answer stands in its report", PASSAGE_FIELDS, _passage_rows,
    refers=_STUDY,
)  # fmt: skip
RECONCILED = Resource(
    "reconciled", "What settled the fields on which two charts differed", RECONCILED_FIELDS,
    _reconciled_rows, _load_reconciled, ("study", "version", "field", "turn"), _STUDY,
)  # fmt: skip
DRAWS = Resource(
    "draws", "Studies drawn to be charted by two", DRAW_FIELDS, _draw_rows, _load_draws,
    refers={"reviewer": ("reviewers", "reviewer")},
)  # fmt: skip
