"""Answering a survey: beginning, the code, checking what was said, sending it, taking it back.

Its questions are in `survey_asking`.
"""

from secrets import token_urlsafe

from django.contrib import messages
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from firsthand.access import limits
from firsthand.access.refused import Refused
from firsthand.consultation import survey_queries as queries
from firsthand.consultation import survey_rules as rules
from firsthand.consultation import survey_saying
from firsthand.consultation.actions import answering
from firsthand.consultation.models import Question
from firsthand.consultation.views.survey_asking import Page
from firsthand.consultation.views.survey_here import Here, here_of, place

_BOTH = ["GET", "HEAD", "POST"]
_COOKIE = "survey-sent"


@require_http_methods(_BOTH)
def begin(request: HttpRequest, link: str) -> HttpResponse:
    """Say what the survey is for; begin an answer. Raises SlowDown: no machine begins thousands."""
    survey = queries.by_link(link)
    typed, error = request.POST.get("invitation_code", ""), ""
    if request.method == "POST":
        try:
            number = request.POST.get("number", "")[:64] or token_urlsafe(16)
            if survey.ways_in == rules.LINK:
                limits.make_room(limits.ANSWERING, limits.near(request))
            request.session[place(survey)] = answering.begin(survey, number, typed)
            return redirect("consultation:answer_code", link)
        except Refused as refused:
            error = refused.sentence
    context = {
        "survey": survey, "typed": typed, "error": error, "number": token_urlsafe(16),
        "rules": rules, "many": survey.questions.count(), "form": None,
        "sent": _sent(request, link), "threshold": queries.threshold(),
        "about": survey.questions.filter(kind=rules.ABOUT).exists(),
    }  # fmt: skip
    return render(request, "consultation/answer_begin.html", context, status=422 if error else 200)


def _sent(request: HttpRequest, link: str) -> bool:
    """Whether this browser sent an answer already, since it was opened."""
    return link in _links(request)


@require_http_methods(_BOTH)
def code(request: HttpRequest, link: str) -> HttpResponse:
    """Show the code to come back with."""
    survey = queries.by_link(link)
    here = here_of(request, survey)
    if here is None or request.method == "POST":
        name = "consultation:answer_back" if here is None else "consultation:answer_code"
        return redirect(name, link)
    return render(request, "consultation/answer_code.html", {"survey": survey, "code": here.code})


# -- checking and sending -----------------------------------------------------------------------


@require_http_methods(_BOTH)
def check(request: HttpRequest, link: str) -> HttpResponse:
    """Show all that was answered; send it."""
    survey = queries.by_link(link)
    here = here_of(request, survey)
    if here is None:
        return redirect("consultation:answer_back", link)
    if here.answer.stage == rules.SENT:
        return redirect("consultation:answer_done", link)
    error = ""
    if request.method == "POST":
        try:
            answering.send(here.code, here.answer)
            return _remember(request, redirect("consultation:answer_done", link), link)
        except Refused as refused:
            error = refused.sentence
    questions = list(survey.questions.select_related("survey"))
    context = {"survey": survey, "rows": _rows(here), "error": error, "form": None,
               "back_to": Page(here, questions, len(questions) + 1).back}  # fmt: skip
    return render(request, "consultation/answer_check.html", context, status=409 if error else 200)


def _rows(here: Here) -> list[tuple[int, Question, list[str]]]:
    draft = here.draft
    return [
        (n, row, survey_saying.lines(row, draft["chosen"].get(str(row.id), {}),
                                     draft["words"].get(str(row.id), "")))
        for n, row in enumerate(here.survey.questions.all(), 1)
    ]  # fmt: skip


def _remember(request: HttpRequest, answer: HttpResponse, link: str) -> HttpResponse:
    """Note in this browser, until it is closed, that it sent an answer: by no name, signed."""
    links = {each for each in _links(request) if each} | {link}
    answer.set_signed_cookie(_COOKIE, ",".join(sorted(links)[-20:]), httponly=True,
                             samesite="Lax", secure=request.is_secure())  # fmt: skip
    return answer


def _links(request: HttpRequest) -> list[str]:
    try:
        return (request.get_signed_cookie(_COOKIE, "") or "").split(",")
    except BadSignature:
        return []


@require_http_methods(_BOTH)
def done(request: HttpRequest, link: str) -> HttpResponse:
    """Say thank you, and what becomes of it."""
    survey = queries.by_link(link)
    here = here_of(request, survey)
    if here is None:
        return redirect("consultation:answer_back", link)
    if here.answer.stage != rules.SENT:
        return redirect("consultation:answer_check", link)
    context = {"survey": survey, "code": here.code, "open": survey.stage == rules.OPEN}
    return render(request, "consultation/answer_done.html", context)


@require_http_methods(_BOTH)
def take_back(request: HttpRequest, link: str) -> HttpResponse:
    """Ask whether the answer is to be deleted; delete it."""
    survey = queries.by_link(link)
    here = here_of(request, survey)
    if here is None:
        return redirect("consultation:answer_back", link)
    if request.method == "POST":
        answering.take_back(here.answer)
        request.session.pop(place(survey), None)
        messages.success(request, "Your answer is deleted. Nothing of it is left here.")
        return redirect("consultation:answer", link)
    return render(request, "consultation/answer_take_back.html", {"survey": survey, "form": None})
