"""Answering a survey: one question a page, kept as one goes, come back to by a code.

The code stands in the sitting, which is sealed and ends after some quiet minutes, or on Exit. What
was typed into a page whose sitting had ended goes along while the code is asked for.
"""

from dataclasses import dataclass
from secrets import token_urlsafe

from django.contrib import messages
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from firsthand.access import limits
from firsthand.access.refused import Refused
from firsthand.consultation import survey_codes, survey_saying, survey_words
from firsthand.consultation import survey_queries as queries
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.actions import answering
from firsthand.consultation.forms.answering import StepForm, kept
from firsthand.consultation.models import Answer, Question, Survey

_BOTH = ["GET", "HEAD", "POST"]
_COOKIE, _CARRIED = "survey-sent", "kept-"
_UNKNOWN = "We do not know this code. Look whether every letter and number is right."


@dataclass(frozen=True)
class Here:
    """Someone with an answer in hand."""

    survey: Survey
    code: str
    answer: Answer

    @property
    def draft(self) -> survey_words.Draft:
        return survey_words.draft_of(self.code, self.answer)


def _here(request: HttpRequest, survey: Survey) -> Here | None:
    """Return the answer in this sitting's hands; None where there is none."""
    code = str(request.session.get(_place(survey), ""))
    answer = queries.answer_of(survey, code)
    return Here(survey, code, answer) if answer else None


def _place(survey: Survey) -> str:
    return f"survey:{survey.id}"


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
            request.session[_place(survey)] = answering.begin(survey, number, typed)
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
    here = _here(request, survey)
    if here is None or request.method == "POST":
        name = "consultation:answer_back" if here is None else "consultation:answer_code"
        return redirect(name, link)
    return render(request, "consultation/answer_code.html", {"survey": survey, "code": here.code})


@require_http_methods(_BOTH)
def step(request: HttpRequest, link: str, nth: int) -> HttpResponse:
    """Ask one question; keep what is answered."""
    survey = queries.by_link(link)
    questions = list(survey.questions.select_related("survey"))
    if not 1 <= nth <= len(questions):
        raise Refused
    here = _here(request, survey)
    if here is None:
        return _ask_for_code(request, survey, nth)
    if here.answer.stage == rules.SENT:
        return redirect("consultation:answer_done", link)
    question = questions[nth - 1]
    form = _form(here, question, request.POST if request.method == "POST" else None)
    if _is_kept(here, question, form):
        return _onward(link, nth, len(questions))
    return _question(request, survey, question, form, (nth, len(questions)))


def _form(here: Here, question: Question, data: QueryDict | None) -> StepForm:
    draft, key = here.draft, str(question.id)
    start = kept(question, draft["chosen"].get(key, {}), draft["words"].get(key, ""))
    return StepForm(question, here.answer, data, initial=start)


def _is_kept(here: Here, question: Question, form: StepForm) -> bool:
    if not form.is_valid():
        return False
    try:
        answering.keep(here.code, here.answer, str(question.id), form.said, form.words)
    except Refused as refused:  # closed meanwhile: what was typed stays on the page
        form.add_error(None, refused.sentence)
    return not form.errors


def _onward(link: str, step: int, many: int) -> HttpResponse:
    if step < many:
        return redirect("consultation:answer_step", link, step + 1)
    return redirect("consultation:answer_check", link)


def _question(
    request: HttpRequest, survey: Survey, question: Question, form: StepForm, at: tuple[int, int]
) -> HttpResponse:
    context = {
        "survey": survey, "question": question, "form": form, "progress": at, "rules": rules,
        "labels": question.labels, "what": "Question",
        "ballot_back": "consultation:answer_step" if at[0] > 1 else "consultation:answer_code",
        "back_args": [survey.link, at[0] - 1] if at[0] > 1 else [survey.link],
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "consultation/answer_step.html", context, status=status)


# -- coming back --------------------------------------------------------------------------------


def _ask_for_code(request: HttpRequest, survey: Survey, step: int = 0) -> HttpResponse:
    """Ask for the code; what was typed into a question goes along."""
    typed = {name: str(value) for name, value in request.POST.items()
             if name not in ("csrfmiddlewaretoken", "code")}  # fmt: skip
    if not (request.method == "POST" and step):
        return redirect("consultation:answer_back", survey.link)
    return _back_page(request, survey, {_CARRIED + name: typed[name] for name in typed}, step, "")


def _back_page(
    request: HttpRequest, survey: Survey, carried: dict[str, str], step: int, error: str
) -> HttpResponse:
    context = {"survey": survey, "carried": carried, "step": step, "error": error,
               "typed": request.POST.get("code", "") if error else "", "form": None}  # fmt: skip
    status = 422 if error or carried else 200
    return render(request, "consultation/answer_back.html", context, status=status)


@require_http_methods(_BOTH)
def come_back(request: HttpRequest, link: str) -> HttpResponse:
    """Take the code, and keep what was typed when the sitting had ended."""
    survey = queries.by_link(link)
    if request.method != "POST":
        return _back_page(request, survey, {}, 0, "")
    typed = request.POST.items()
    carried = {name: str(value) for name, value in typed if name.startswith(_CARRIED)}
    step = int(request.POST["step"]) if request.POST.get("step", "") in _small() else 0
    code = survey_codes.read(request.POST.get("code", ""))
    answer = queries.answer_of(survey, code)
    if answer is None:
        return _back_page(request, survey, carried, step, _UNKNOWN)
    request.session[_place(survey)] = code
    return _go_on(request, Here(survey, code, answer), carried, step)


def _small() -> set[str]:
    return {str(n) for n in range(1, rules.MOST_QUESTIONS + 1)}


def _go_on(request: HttpRequest, here: Here, carried: dict[str, str], step: int) -> HttpResponse:
    """Keep what was carried along, or show it again with what is wrong."""
    questions = list(here.survey.questions.select_related("survey"))
    if here.answer.stage == rules.SENT:
        return redirect("consultation:answer_done", here.survey.link)
    if not carried or not 1 <= step <= len(questions):
        first = "consultation:answer_check" if here.answer.draft else "consultation:answer_step"
        return redirect(first, here.survey.link, *([] if here.answer.draft else [1]))
    data = QueryDict(mutable=True)
    data.update({name.removeprefix(_CARRIED): value for name, value in carried.items()})
    form = _form(here, questions[step - 1], data)
    if _is_kept(here, questions[step - 1], form):
        return _onward(here.survey.link, step, len(questions))
    at = (step, len(questions))
    return _question(request, here.survey, questions[step - 1], form, at)


# -- checking and sending -----------------------------------------------------------------------


@require_http_methods(_BOTH)
def check(request: HttpRequest, link: str) -> HttpResponse:
    """Show all that was answered; send it."""
    survey = queries.by_link(link)
    here = _here(request, survey)
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
    context = {"survey": survey, "rows": _rows(here), "error": error, "form": None,
               "many": survey.questions.count()}  # fmt: skip
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
    here = _here(request, survey)
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
    here = _here(request, survey)
    if here is None:
        return redirect("consultation:answer_back", link)
    if request.method == "POST":
        answering.take_back(here.answer)
        request.session.pop(_place(survey), None)
        messages.success(request, "Your answer is deleted. Nothing of it is left here.")
        return redirect("consultation:answer", link)
    return render(request, "consultation/answer_take_back.html", {"survey": survey, "form": None})
