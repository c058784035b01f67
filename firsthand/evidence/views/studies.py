"""Studies: all of them, one with its reports, joining reports and taking them apart."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.refused import not_now
from firsthand.evidence import charting_policies as charting
from firsthand.evidence import charts, policies, studying
from firsthand.evidence.actions import studies as actions
from firsthand.evidence.forms.chart_form import StudyForm
from firsthand.evidence.models import Member
from firsthand.evidence.studying import StudyLine
from firsthand.evidence.views.entering import enter


@require_safe
def listing(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """List the studies: what is charted of each, by whom; those set aside below."""
    member = enter(request, review)
    found = charts.charted(member.review)
    context = {
        "member": member, "review": member.review, "studies": found,
        "aside": [each for each in studying.lines(member.review) if not each.lives],
        "form_": charts.published(member.review),
    }  # fmt: skip
    return render(request, "evidence/studies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, review: uuid.UUID, study: uuid.UUID) -> HttpResponse:
    """Show a study with its reports and charts; take its name and note."""
    member = enter(request, review)
    line = studying.line(member.review, study)
    said = {"name": line.row.name, "note": line.row.note}
    form = StudyForm(request.POST if request.method == "POST" else None, initial=said)
    if form.is_valid():
        actions.describe(member, line.row, form.cleaned_data["name"], form.cleaned_data["note"])
        messages.success(request, "Saved.")
        return redirect("evidence:study", review, study)
    return _show(request, member, line, form)


def _show(request: HttpRequest, member: Member, line: StudyLine, form: StudyForm) -> HttpResponse:
    held = charts.charts_of(line.row)
    found = charts.opened(line.row, held)
    context = {
        "member": member, "review": member.review, "line": line, "form": form,
        "others": [each for each in studying.living(member.review) if each.row != line.row],
        "joined": studying.joined_from(line.row), "charts": held, "opened": found,
        "charters": charts.charters(held), "form_": charts.published(member.review),
        "may_take_up": [each.id for each in held if charting.may_take_up(each, held)],
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "evidence/study.html", context, status=status)


@require_POST
def join(request: HttpRequest, review: uuid.UUID, study: uuid.UUID) -> HttpResponse:
    """Join the reports of another study to this one."""
    member = policies.check_member(request.user, review)
    line = studying.line(member.review, study)
    other = studying.line(member.review, _id(request.POST.get("other", "")))
    actions.join(member, line.row, other.row)
    messages.success(
        request, f"The reports of {other.row.name} are this study's now. Undo it at each report."
    )
    return redirect("evidence:study", review, study)


@require_POST
def apart(request: HttpRequest, review: uuid.UUID, report: uuid.UUID) -> HttpResponse:
    """Take a report out of a study it was joined to."""
    member = policies.check_member(request.user, review)
    row = studying.report(member.review, report)
    home = actions.apart(member, row)
    messages.success(request, f"It is a report of {home.name} again, with what was charted there.")
    return redirect("evidence:study", review, row.study_id)


@require_POST
def main(request: HttpRequest, review: uuid.UUID, report: uuid.UUID) -> HttpResponse:
    """Make a report the main one of its study."""
    member = policies.check_member(request.user, review)
    row = studying.report(member.review, report)
    actions.make_main(member, row)
    messages.success(request, "It is the main report now.")
    return redirect("evidence:study", review, row.study_id)


def _id(typed: str) -> uuid.UUID:
    try:
        return uuid.UUID(typed)
    except ValueError:
        raise not_now("Choose the other study first.") from None
