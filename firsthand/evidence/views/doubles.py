"""Charting twice: drawing a share, how far people agree, comparing two charts, settling."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.access.downloads import attachment
from firsthand.access.refused import not_now
from firsthand.evidence import agreed, charts, studying, tabling
from firsthand.evidence import charting_policies as charting
from firsthand.evidence.actions import charting as actions
from firsthand.evidence.charts import Opened
from firsthand.evidence.forms.chart_form import DrawForm, WhyForm
from firsthand.evidence.forms.charting import AnswerForm
from firsthand.evidence.models import Member, Reconciled
from firsthand.evidence.studying import StudyLine
from firsthand.evidence.views.chart_table import CSV
from firsthand.evidence.views.entering import enter
from firsthand.methods.charting.comparing import alike
from firsthand.methods.charting.plain import read_answers
from firsthand.methods.charting.values import UNCHARTED, Answer, Field, asked, words

_BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(_BOTH)
def doubles(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Show what was drawn, how far it is, how far people agree; let an owner draw."""
    member = enter(request, review)
    if request.method == "POST" and not member.is_owner:
        raise not_now("An owner of the review draws the share that is charted by two people.")
    form = DrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        row = actions.draw(member, form.cleaned_data["share"])
        messages.success(request, f"Drawn: {len(row.drawn)} of {len(row.pool)}.")
        return redirect("evidence:doubles", review)
    lines = charts.charted(member.review)
    context = {
        "member": member, "review": member.review, "form": form,
        "draws": charts.draws(member.review), "could": len(charts.could_be_drawn(member.review)),
        "twice": [each for each in lines if each.row.needed > 1],
        "told": agreed.told(member.review, lines), "columns": agreed.COLUMNS,
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "evidence/doubles.html", context, status=status)


@require_safe
def agreement(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Give the agreement on each field as CSV."""
    member = enter(request, review)
    told = agreed.told(member.review, charts.charted(member.review))
    return attachment(tabling.as_csv([agreed.COLUMNS, *told.rows]), "charting-agreement.csv", CSV)


@require_safe
def read(request: HttpRequest, review: uuid.UUID, study: uuid.UUID) -> HttpResponse:
    """Show what was charted of a study; of two charts, side by side, with what differs marked."""
    member, line, found = _opened(request, review, study)
    each = [read_answers(chart.answers) for chart in found.charts]
    settled = {row.field: row for row in charts.reconciled(line.row, found.form)}
    rows = [
        (
            field, [it.get(field.key, UNCHARTED) for it in each],
            all(alike(field, each[0].get(field.key, UNCHARTED), it.get(field.key, UNCHARTED))
                for it in each[1:]),
            settled.get(field.key), _answer(settled, field),
        )
        for field in asked(found.fields)
    ]  # fmt: skip
    context = {
        "review": member.review, "line": line, "found": found, "rows": rows, "words": words,
        "may_settle": len(found.charts) > 1 and charting.may_reconcile(member, found),
        "left": sum(not same and row is None for _, _, same, row, _ in rows),
    }  # fmt: skip
    return render(request, "evidence/chart_read.html", context)


def _answer(settled: dict[str, Reconciled], field: Field) -> Answer | None:
    row = settled.get(field.key)
    return read_answers({"it": row.answer})["it"] if row else None


def _opened(
    request: HttpRequest, review: uuid.UUID, study: uuid.UUID
) -> tuple[Member, StudyLine, Opened]:
    member = enter(request, review)
    line = studying.line(member.review, study)
    found = charts.opened(line.row, charts.charts_of(line.row))
    if found is None:
        raise not_now(
            "This study is still being charted. What was charted shows once it is finished, by "
            "as many people as chart it."
        )
    return member, line, found


@require_http_methods(_BOTH)
def settle(request: HttpRequest, review: uuid.UUID, study: uuid.UUID, key: str) -> HttpResponse:
    """Settle one field two charts differ on, with the reason."""
    member, line, found = _opened(request, review, study)
    charting.check_may_reconcile(member, line.row, found, found.form, key)
    field = next(each for each in asked(found.fields) if each.key == key)
    each = {chart: read_answers(chart.answers).get(key, UNCHARTED) for chart in found.charts}
    data = request.POST if request.method == "POST" else None
    begin = _begin(request, line, found, field)
    reports = [(it.record.number, f"{it.record.number}. {it.record.called}") for it in line.reports]
    sent = request.POST.get("more", ""), request.POST.get("less", "")
    form = AnswerForm(
        data, asks=(field,), answers=begin, reports=reports, began=0, more=sent[0], less=sent[1]
    )
    why = WhyForm(data)
    if not any(sent) and form.is_valid() and _said(form, key) and why.is_valid():
        reason = why.cleaned_data["reason"]
        actions.reconcile(member, line.row, found.form, key, form.answers[key], reason)
        messages.success(request, f"Settled: {field.label}. Both charts stay as they are.")
        return redirect("evidence:chart_read", review, study)
    context = {
        "review": member.review, "line": line, "field": field, "charts": each, "form": form,
        "why": why, "words": words, "before": {},
    }  # fmt: skip
    status = 422 if data is not None and not any(sent) else 200
    return render(request, "evidence/chart_settle.html", context, status=status)


def _said(form: AnswerForm, key: str) -> bool:
    if key in form.answers:
        return True
    form.add_error(f"{key}-none", "Give the value, or tick \u201cNot reported\u201d.")
    return False


def _begin(request: HttpRequest, line: StudyLine, found: Opened, field: Field) -> dict[str, Answer]:
    """Begin with what settled it before, or with one of the charts when someone asks for it."""
    for chart in found.charts:
        if str(chart.id) == request.GET.get("from"):
            said = read_answers(chart.answers).get(field.key)
            return {field.key: said} if said else {}
    settled = {row.field: row for row in charts.reconciled(line.row, found.form)}
    before = _answer(settled, field)
    return {field.key: before} if before else {}
