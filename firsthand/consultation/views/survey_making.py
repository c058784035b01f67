"""Surveys that someone runs: making one, its questions, who runs it, opening, closing, versions."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.doer import doer_of, forget
from firsthand.access.kept import done
from firsthand.access.refused import Refused, not_now
from firsthand.consultation import survey_policies as policies
from firsthand.consultation import survey_queries as queries
from firsthand.consultation import survey_rules as rules
from firsthand.consultation import survey_words
from firsthand.consultation.actions import surveys as actions
from firsthand.consultation.forms.surveys import QuestionForm, SurveyForm, SurveyorForm
from firsthand.consultation.models import Question, Surveyor
from firsthand.harms.queries import current_version
from firsthand.people.models import User

_BOTH = ["GET", "HEAD", "POST"]
_NEWEST = 200


def user_of(request: HttpRequest) -> User:
    """Return who is signed in: the permission table has asked before."""
    if not isinstance(request.user, User):
        raise Refused
    return request.user


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the surveys that someone runs."""
    rows = queries.surveys_of(user_of(request))
    return render(request, "consultation/surveys.html", {"rows": rows})


@require_http_methods(_BOTH)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a survey."""
    form = SurveyForm(request.POST if request.method == "POST" else None)
    made: list[Surveyor] = []
    wanted = {"model": current_version()}
    if done(form, lambda: made.append(actions.make(user_of(request), form.cleaned_data | wanted))):
        forget(request)
        messages.success(request, "The survey has begun. Add its first question.")
        return redirect("consultation:survey", made[0].survey_id)
    return _asked(request, "survey_form", form, survey=None)


@require_safe
def survey(request: HttpRequest, survey: uuid.UUID) -> HttpResponse:
    """Show a survey: what it asks, how many answered, what can be done."""
    by = policies.check_surveyor(request.user, survey)
    row = by.survey
    context = {
        "survey": row, "questions": row.questions.all(), "many": queries.sent(row).count(),
        "rules": rules, "used": row.codes.filter(used=True).count(), "codes": row.codes.count(),
        "versions": queries.versions_of(by), "kinds": rules.KINDS,
        "readable": policies.can_be_read(row), "threshold": queries.threshold(),
        "address": request.build_absolute_uri(f"/survey/{row.link}/"),
    }  # fmt: skip
    return render(request, "consultation/survey.html", context)


@require_http_methods(_BOTH)
def change(request: HttpRequest, survey: uuid.UUID) -> HttpResponse:
    """Change title, words, ways in, layout."""
    by = policies.check_surveyor(request.user, survey)
    policies.check_may_change(by.survey)
    form = SurveyForm(request.POST) if request.method == "POST" else SurveyForm.of(by.survey)
    if done(form, lambda: actions.change(by, form.cleaned_data)):
        messages.success(request, "The survey is changed.")
        return redirect("consultation:survey", survey)
    return _asked(request, "survey_form", form, survey=by.survey)


@require_POST
def stage(request: HttpRequest, survey: uuid.UUID) -> HttpResponse:
    """Open or close it."""
    by = policies.check_surveyor(request.user, survey)
    to = request.POST.get("stage", "")
    if to not in (rules.OPEN, rules.CLOSED):
        raise not_now("Say whether the survey is to be opened or closed. Its page has a button.")
    actions.put(by, to)
    said = {rules.OPEN: "The survey is open.", rules.CLOSED: "The survey is closed."}[to]
    messages.success(request, said)
    return redirect("consultation:survey", survey)


@require_POST
def version(request: HttpRequest, survey: uuid.UUID) -> HttpResponse:
    """Make the next version."""
    made = actions.next_version(policies.check_surveyor(request.user, survey))
    messages.success(request, "Here is the new version. The one before stays as it is.")
    return redirect("consultation:survey", made.survey_id)


@require_safe
def history(request: HttpRequest, survey: uuid.UUID) -> HttpResponse:
    """Show what was done with it."""
    by = policies.check_surveyor(request.user, survey)
    lines = by.survey.trail.select_related("by").order_by("-at", "id")[:_NEWEST]
    context = {"survey": by.survey, "lines": lines}
    return render(request, "consultation/survey_history.html", context)


@require_http_methods(_BOTH)
def people(request: HttpRequest, survey: uuid.UUID) -> HttpResponse:
    """List who runs it; let someone in."""
    by = policies.check_surveyor(request.user, survey)
    could = list(queries.could_join(by.survey))
    form = SurveyorForm(request.POST if request.method == "POST" else None, could=could)

    def admit() -> None:
        keys = survey_words.keys_of(by.survey, doer_of(request).hands)
        who = next(each for each in could if str(each.id) == form.cleaned_data["who"])
        actions.admit(by, who, keys)

    if done(form, admit):
        messages.success(request, "They run the survey too now.")
        return redirect("consultation:survey_people", survey)
    rows = queries.running(by.survey)
    return _asked(request, "survey_people", form, survey=by.survey, rows=rows, could=could)


@require_POST
def end(request: HttpRequest, survey: uuid.UUID, surveyor: uuid.UUID) -> HttpResponse:
    """Take someone out."""
    by = policies.check_surveyor(request.user, survey)
    row = Surveyor.objects.select_related("user").filter(survey=survey, id=surveyor).first()
    if row is None:
        raise Refused
    actions.end(by, row)
    messages.success(request, f"{row.user.name} does not run this survey any more.")
    mine_ = row.user_id == by.user_id
    return redirect("consultation:surveys") if mine_ else redirect(
        "consultation:survey_people", survey)  # fmt: skip


# -- questions ----------------------------------------------------------------------------------


@require_http_methods(_BOTH)
def ask(request: HttpRequest, survey: uuid.UUID) -> HttpResponse:
    """Add a question."""
    by = policies.check_surveyor(request.user, survey)
    policies.check_may_change(by.survey)
    data = request.POST if request.method == "POST" else None
    form = QuestionForm(data, version=by.survey.model, initial={"kind": rules.ORDER})
    if done(form, lambda: actions.ask(by, form.wanted)):
        messages.success(request, "The question is added.")
        return redirect("consultation:survey", survey)
    return _asked(request, "question_form", form, survey=by.survey, question=None)


@require_http_methods(_BOTH)
def question(request: HttpRequest, survey: uuid.UUID, question: uuid.UUID) -> HttpResponse:
    """Change a question."""
    by, row = _question(request, survey, question)
    policies.check_may_change(by.survey)
    form = (QuestionForm(request.POST, version=by.survey.model, row=row) if request.method == "POST"
            else QuestionForm.of(row, by.survey.model))  # fmt: skip
    if done(form, lambda: actions.reword(by, row, form.wanted)):
        messages.success(request, "The question is changed.")
        return redirect("consultation:survey", survey)
    return _asked(request, "question_form", form, survey=by.survey, question=row)


@require_POST
def drop(request: HttpRequest, survey: uuid.UUID, question: uuid.UUID) -> HttpResponse:
    """Take a question out."""
    actions.drop(*_question(request, survey, question))
    messages.success(request, "The question is taken out.")
    return redirect("consultation:survey", survey)


@require_POST
def move(request: HttpRequest, survey: uuid.UUID, question: uuid.UUID) -> HttpResponse:
    """Move a question up or down."""
    by, row = _question(request, survey, question)
    actions.move(by, row, "up" if request.POST.get("to") == "up" else "down")
    return redirect("consultation:survey", survey)


def _question(
    request: HttpRequest, survey: uuid.UUID, number: uuid.UUID
) -> tuple[Surveyor, Question]:
    by = policies.check_surveyor(request.user, survey)
    return by, actions.question(by, number)


def _asked(request: HttpRequest, page: str, form: forms.Form, **more: object) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, f"consultation/{page}.html", {"form": form, **more}, status=status)
