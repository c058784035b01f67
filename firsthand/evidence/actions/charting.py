"""Charting a study, drawing those charted twice, settling where two differ."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from firsthand.access.refused import Refused, not_now
from firsthand.evidence import charting_policies as policies
from firsthand.evidence import charts, trail
from firsthand.evidence.models import (
    Chart,
    ChartForm,
    ChartSave,
    Draw,
    Member,
    Reconciled,
    Review,
    Study,
)
from firsthand.methods.charting import designing
from firsthand.methods.charting.drawing import draw as drawn_by_chance
from firsthand.methods.charting.merging import merge
from firsthand.methods.charting.plain import read_answers, told_answers
from firsthand.methods.charting.values import NOT_CHARTED, UNCHARTED, Answer, asked


@dataclass(frozen=True)
class Saved:
    """How a save went. With `clashes` nothing was kept: `answers` has mine there, `theirs` theirs.

    `missing`: required fields for want of which the chart was kept but not finished.
    """

    revision: int
    answers: dict[str, Answer]
    clashes: tuple[str, ...] = ()
    theirs: Mapping[str, Answer] | None = None
    missing: tuple[str, ...] = ()


@transaction.atomic
def save(
    by: Member, study: Study, form: ChartForm, answers: Mapping[str, Answer], began: int,
    *, finish: bool = False,
) -> Saved:  # fmt: skip
    """Keep what was charted so far. `began` is the revision that a window began from.

    What another window saved meanwhile is merged field by field; where both changed one, nothing
    is kept and both are given back. Raises Refused.
    """
    chart = _chart(by, study, form)
    saved = _at(chart, chart.revision)
    merged = merge(_at(chart, min(began, chart.revision)), answers, saved)
    if merged.clashes:
        return Saved(chart.revision, merged.answers, merged.clashes, saved)
    changed = chart.revision == 0 or merged.answers != saved
    if changed:
        _keep(by, chart, merged.answers)
    missing = _missing(form, merged.answers) if finish else ()
    if finish and not missing:
        _finish(by, chart)
    return Saved(chart.revision, merged.answers, missing=missing)


def _chart(by: Member, study: Study, form: ChartForm) -> Chart:
    """Return one's own chart, locked; begun if it was not. Raises Refused."""
    Review.objects.select_for_update().get(id=by.review_id)
    row = Study.objects.get(id=study.id, review=by.review_id)
    if form.published_at is None or form.review_id != by.review_id:
        raise Refused
    policies.check_may_chart(by, row)
    mine = charts.own(by, row, form) or Chart(study=row, member=by, form=form)
    policies.check_unfinished(mine)
    return mine


def _at(chart: Chart, revision: int) -> dict[str, Answer]:
    """Return a chart as it was at a revision; at 0, as it began."""
    if revision == 0:
        return charts.begins_with(chart.member, chart.study, chart.form)
    return read_answers(ChartSave.objects.get(chart=chart, revision=revision).answers)


def _keep(by: Member, chart: Chart, answers: Mapping[str, Answer]) -> None:
    chart.answers, chart.revision = told_answers(answers), chart.revision + 1
    chart.save()
    ChartSave.objects.create(chart=chart, revision=chart.revision, answers=chart.answers)
    trail.leave(
        by, "chart saved", study=chart.study.number, version=chart.form.version,
        save=chart.revision,
    )  # fmt: skip


def _missing(form: ChartForm, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    needed = (each for each in asked(charts.fields(form)) if each.required)
    return tuple(
        each.key for each in needed if answers.get(each.key, UNCHARTED).state == NOT_CHARTED
    )


def _finish(by: Member, chart: Chart) -> None:
    chart.finished_at = timezone.now()
    chart.save(update_fields=["finished_at"])
    trail.leave(by, "chart finished", study=chart.study.number, version=chart.form.version)


@transaction.atomic
def take_up(by: Member, chart: Chart) -> None:
    """Go on with one's own finished chart, before the other has finished. Raises Refused."""
    Review.objects.select_for_update().get(id=by.review_id)
    now = Chart.objects.select_related("study", "form").get(id=chart.id, member=by)
    if now.finished_at is None:
        return
    policies.check_may_take_up(now, charts.charts_of(now.study))
    now.finished_at = None
    now.save(update_fields=["finished_at"])
    trail.leave(by, "chart taken up again", study=now.study.number, version=now.form.version)


@transaction.atomic
def draw(by: Member, share: int, seed: int | None = None) -> Draw:
    """Draw a share of the studies nobody has finished charting, to be charted by two people."""
    review = Review.objects.select_for_update().get(id=by.review_id)
    if review.members.filter(left_on=None).count() < 2:
        raise not_now("Charting twice takes two people: add a second member first.")
    pool = {each.number: each for each in charts.could_be_drawn(review)}
    if not pool:
        raise not_now("There is no study left that nobody has finished charting.")
    seed = secrets.randbits(32) if seed is None else seed
    numbers = drawn_by_chance(list(pool), share, seed)
    Study.objects.filter(id__in=[pool[each].id for each in numbers]).update(needed=2)
    row = Draw.objects.create(
        review=review, share=share, seed=seed, pool=list(pool), drawn=list(numbers), by=by
    )
    trail.leave(
        by, "studies drawn to be charted twice", share=share, seed=seed, of=len(pool),
        studies=list(numbers),
    )  # fmt: skip
    return row


@transaction.atomic
def reconcile(
    by: Member, study: Study, form: ChartForm, key: str, answer: Answer, reason: str
) -> Reconciled:
    """Settle a field two charts differ on. Both charts stay as they are. Raises Refused."""
    Review.objects.select_for_update().get(id=by.review_id)
    found = charts.opened(study, charts.charts_of(study))
    policies.check_may_reconcile(by, study, found, form, key)
    said = told_answers({key: answer})[key]
    rows = Reconciled.objects.filter(study=study, form=form, field=key, ended_at=None)
    before = rows.first()
    if before and (before.answer, before.reason) == (said, reason):
        return before
    rows.update(ended_at=timezone.now())
    row = Reconciled.objects.create(
        study=study, form=form, field=key, answer=said, reason=reason, by=by
    )
    field, _ = designing.find(charts.fields(form), key)
    trail.leave(by, "charts reconciled", study=study.number, field=field.label, reason=reason)
    return row
