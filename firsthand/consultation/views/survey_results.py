"""What came out: tables, charts, downloads, and people's own words for those who run the survey."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.access.doer import doer_of
from firsthand.access.downloads import attachment
from firsthand.access.refused import Refused
from firsthand.codebook.queries import projects_of
from firsthand.consultation import survey_giving as giving
from firsthand.consultation import survey_outcomes as outcomes
from firsthand.consultation import survey_policies as policies
from firsthand.consultation import survey_queries as queries
from firsthand.consultation import survey_results as outcome
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.actions import working_out
from firsthand.consultation.actions.reading import offer, read_words
from firsthand.consultation.models import Question, Survey
from firsthand.methods.disclosure.suppress import SYMBOL


@require_safe
def results(request: HttpRequest, survey: uuid.UUID) -> HttpResponse:
    """Show each question's outcome."""
    by = policies.check_surveyor(request.user, survey)
    answers, shown = queries.sent(by.survey), _shown(by.survey)
    context = {
        "survey": by.survey, "found": shown.found, "shown": shown, "many": answers.count(),
        "questions": by.survey.questions.count(),
        "simulated": answers.filter(simulated=True).count(), "rules": rules,
        "heading_": giving.heading, "can_be_drawn": giving.can_be_drawn,
        "threshold": outcome.threshold(), "symbol": SYMBOL,
        "apart": outcome.APART, "waiting": queries.waiting(by.survey),
        "missing": queries.missing(by.survey),
    }  # fmt: skip
    return render(request, "consultation/survey_results.html", context)


@require_safe
def table(request: HttpRequest, survey: uuid.UUID, question: uuid.UUID) -> HttpResponse:
    """Give one question's outcome as CSV."""
    _, found = _one(request, survey, question)
    return attachment(giving.as_csv(found), "results.csv", "text/csv; charset=utf-8")


@require_safe
def plain(request: HttpRequest, survey: uuid.UUID, question: uuid.UUID) -> HttpResponse:
    """Give one question's outcome as JSON."""
    _, found = _one(request, survey, question)
    return attachment(giving.as_json(found), "results.json", "application/json")


@require_safe
def chart(request: HttpRequest, survey: uuid.UUID, question: uuid.UUID) -> HttpResponse:
    """Give one question's outcome as a picture."""
    row, found = _one(request, survey, question)
    drawn = giving.drawn(row.text, found)
    if drawn is None:
        raise Refused
    return HttpResponse(drawn, content_type="image/svg+xml")


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, survey: uuid.UUID) -> HttpResponse:
    """Show what people wrote in their own words, by question; give it to a coding project."""
    by = policies.check_surveyor(request.user, survey)
    hands, coders = doer_of(request).hands, list(projects_of(by.user))
    chosen = next((each for each in coders if str(each.id) == request.POST.get("coder")), None)
    if request.method == "POST" and chosen:
        many = offer(by, hands, chosen)
        messages.success(request, f"{many} texts are in the coding project now.")
        return redirect("consultation:survey_words", survey)
    closed = by.survey.stage == rules.CLOSED
    context = {
        "survey": by.survey, "found": read_words(by, hands) if closed else [], "coders": coders,
        "closed": closed, "waiting": queries.waiting(by.survey),
        "threshold": queries.threshold(),
    }  # fmt: skip
    return render(request, "consultation/survey_words.html", context)


def _shown(survey: Survey) -> outcomes.Shown:
    """What is known now; have it worked out anew where more is known since."""
    shown = outcomes.look(survey)
    if shown.late:
        working_out.ask(survey)
    return outcomes.look(survey) if shown.late else shown


def _one(
    request: HttpRequest, survey: uuid.UUID, question: uuid.UUID
) -> tuple[Question, outcome.Result]:
    by = policies.check_surveyor(request.user, survey)
    for row, found in _shown(by.survey).found:
        if row.id == question and found is not None:
            return row, found
    raise Refused
