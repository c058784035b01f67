"""How answers come in besides the pages: codes to hand out, paper, files."""

import uuid
from secrets import token_urlsafe

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.access.downloads import attachment
from firsthand.access.kept import done
from firsthand.consultation import survey_ballots, survey_paper
from firsthand.consultation import survey_policies as policies
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.actions import answering, surveys
from firsthand.consultation.forms.answering import StepForm
from firsthand.consultation.forms.surveys import BallotsForm, CodesForm, SheetForm, sheet_of
from firsthand.consultation.models import Surveyor

_BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(_BOTH)
def codes(request: HttpRequest, survey: uuid.UUID) -> HttpResponse:
    """Make invitation codes: shown this once, as a page or as a file."""
    by = policies.check_surveyor(request.user, survey)
    form = CodesForm(request.POST if request.method == "POST" else None)
    made: list[str] = []
    fine = done(form, lambda: made.extend(surveys.make_codes(by, form.cleaned_data["many"])))
    if fine and "file" in request.POST:
        return attachment("\n".join(["code", *made, ""]), "codes.csv", "text/csv")
    status = 422 if form.is_bound and not made else 200
    context = {"survey": by.survey, "form": form, "made": made}
    return render(request, "consultation/survey_codes.html", context, status=status)


@require_safe
def paper(request: HttpRequest, survey: uuid.UUID) -> HttpResponse:
    """Give the survey as a form to print."""
    by = policies.check_surveyor(request.user, survey)
    return attachment(survey_paper.paper_form(request, by.survey), "survey.pdf", "application/pdf")


@require_http_methods(_BOTH)
def enter(request: HttpRequest, survey: uuid.UUID) -> HttpResponse:
    """Enter one answer after the other that came on paper; take the last one out again."""
    by = policies.check_surveyor(request.user, survey)
    if "out" in request.POST:
        return _out(request, by)
    data = request.POST if request.method == "POST" else None
    after = sheet_of(request.GET.get("after", ""))
    top = SheetForm(data, initial={"sheet": answering.next_sheet(by.survey, after)})
    steps = [StepForm(row, None, data, start=f"q{row.position}-")
             for row in by.survey.questions.all()]  # fmt: skip
    number = request.POST.get("number", "")[:64] or token_urlsafe(16)
    fine = data is not None and not [form for form in (top, *steps) if not form.is_valid()]
    if fine and _entered(by, number, top, steps):
        return _next(request, survey, top.cleaned_data["sheet"] or 0)
    context = {"survey": by.survey, "steps": steps, "number": number, "rules": rules, "top": top,
               "after": sheet_of(str(top["sheet"].value())) if top.errors else after}  # fmt: skip
    status = 422 if data is not None else 200
    return render(request, "consultation/survey_enter.html", context, status=status)


def _entered(by: Surveyor, number: str, top: SheetForm, steps: list[StepForm]) -> bool:
    chosen = {str(form.question.id): form.said for form in steps}
    words = {str(form.question.id): form.words for form in steps}
    sheet = top.cleaned_data["sheet"] or 0
    return done(top, lambda: answering.enter(by, number, chosen, words, sheet))


def _next(request: HttpRequest, survey: uuid.UUID, sheet: int) -> HttpResponse:
    said = f"Sheet {sheet} is saved" if sheet else "The answer is saved"
    messages.success(request, f"{said}. Here is the form for the next one.")
    there = reverse("consultation:survey_enter", args=[survey])
    return redirect(f"{there}?after={sheet}" if sheet else there)


def _out(request: HttpRequest, by: Surveyor) -> HttpResponse:
    sheet = sheet_of(request.POST["out"])
    answering.take_out(by, sheet)
    messages.success(request, f"Sheet {sheet} is taken out. You can enter it anew.")
    there = reverse("consultation:survey_enter", args=[by.survey_id])
    return redirect(f"{there}?after={sheet - 1}")


@require_http_methods(_BOTH)
def bring_in(request: HttpRequest, survey: uuid.UUID) -> HttpResponse:
    """Bring ballots of one question in from a CSV file: all of them, or none and why."""
    by = policies.check_surveyor(request.user, survey)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = BallotsForm(*data, questions=by.survey.questions.all())
    many: list[int] = []

    def bring() -> None:
        content = form.cleaned_data["file"].read()
        question = surveys.question(by, form.cleaned_data["question"])
        ballots = survey_ballots.read(question, content)
        simulated = form.cleaned_data["simulated"]
        many.append(answering.bring_in(by, ballots, simulated=simulated))

    if done(form, bring):
        messages.success(request, answering.brought(many[0]))
        return redirect("consultation:survey", survey)
    context = {"survey": by.survey, "form": form, "sends_files": True}
    status = 422 if form.is_bound else 200
    return render(request, "consultation/survey_bring_in.html", context, status=status)
