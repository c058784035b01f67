"""A survey's questions: one a page, or one best-worst set a page, kept as one goes.

What was typed into a page whose sitting had ended goes along while the code is asked for. Whoever
comes back by their code goes on where they stopped.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from firsthand.access.refused import Refused
from firsthand.consultation import survey_codes
from firsthand.consultation import survey_queries as queries
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.actions import answering
from firsthand.consultation.forms.answering import StepForm, kept
from firsthand.consultation.models import Question, Survey
from firsthand.consultation.views import survey_here
from firsthand.consultation.views.survey_here import Here, here_of

_BOTH = ["GET", "HEAD", "POST"]
_CARRIED = "kept-"
_UNKNOWN = "We do not know this code. Look whether every letter and number is right."


@dataclass(frozen=True)
class Page:
    """One page of someone's answer: the question's number, and its set (0: the whole question).

    The page to check all of it comes after the last question.
    """

    here: Here
    questions: list[Question]
    nth: int
    at: int = 0

    @property
    def question(self) -> Question:
        return self.questions[self.nth - 1]

    @property
    def sets(self) -> int:
        return self.here.sets(self.question)

    @property
    def next_question(self) -> str:
        """Where the next question is, or the page to check all of it."""
        link = self.here.survey.link
        if self.nth == len(self.questions):
            return reverse("consultation:answer_check", args=[link])
        return reverse("consultation:answer_step", args=[link, self.nth + 1])

    @property
    def onward(self) -> str:
        if self.at and self.at < self.sets:
            return _set_at(self.here.survey, self.nth, self.at + 1)
        return self.next_question

    @property
    def back(self) -> str:
        """Where one came from: the set before, or the last page of the question before."""
        survey, before = self.here.survey, self.nth - 1
        if self.at > 1:
            return _set_at(survey, self.nth, self.at - 1)
        if not before:
            return reverse("consultation:answer_code", args=[survey.link])
        if last := self.here.sets(self.questions[before - 1]):
            return _set_at(survey, before, last)
        return reverse("consultation:answer_step", args=[survey.link, before])


def _set_at(survey: Survey, nth: int, at: int) -> str:
    return reverse("consultation:answer_set", args=[survey.link, nth, at])


@require_http_methods(_BOTH)
def step(request: HttpRequest, link: str, nth: int, at: int = 0) -> HttpResponse:
    """Ask one question, or one set of it; keep what is answered."""
    survey = queries.by_link(link)
    questions = list(survey.questions.select_related("survey"))
    if not 1 <= nth <= len(questions):
        raise Refused
    here = here_of(request, survey)
    if here is None:
        return _ask_for_code(request, survey, nth)
    if here.answer.stage == rules.SENT:
        return redirect("consultation:answer_done", link)
    page = Page(here, questions, nth, at)
    if request.method != "POST" and (there := _elsewhere(page)):
        return redirect(there)
    return _asked(request, page, request.POST if request.method == "POST" else None)


def _elsewhere(page: Page) -> str:
    """Where this question is shown, as this person wants its sets; "" for here."""
    if not page.at and page.sets:
        said = page.here.draft["chosen"].get(str(page.question.id), {})
        to_go = rules.sets_passed(said)
        return _set_at(page.here.survey, page.nth, to_go + 1 if to_go < page.sets else 1)
    if page.at and not page.sets:
        return reverse("consultation:answer_step", args=[page.here.survey.link, page.nth])
    return ""


def _asked(request: HttpRequest, page: Page, data: QueryDict | None) -> HttpResponse:
    """Show a page, or keep what came and go on."""
    form = _form(page, data)
    if not _is_kept(page, form):
        return _question(request, page, form)
    if "leave" in request.POST:
        return redirect(page.next_question)
    if survey_here.choose(request, page.here.survey, request.POST.get("way", "")):
        return redirect("consultation:answer_step", page.here.survey.link, page.nth)
    return redirect(page.onward)


def _form(page: Page, data: QueryDict | None) -> StepForm:
    draft, question = page.here.draft, page.question
    key = str(question.id)
    start = kept(question, draft["chosen"].get(key, {}), draft["words"].get(key, ""))
    form = StepForm(question, page.here.answer, data, initial=start, only=page.at)
    if page.at > len(form.sets):
        raise Refused
    return form


def _is_kept(page: Page, form: StepForm) -> bool:
    if not form.is_valid():
        return False
    answer, key = page.here.answer, str(page.question.id)
    try:
        if form.only:
            words = form.words if form.asks_words else None
            answering.keep_set(page.here.code, answer, key, form.sets, form.only - 1, form.said,
                               words)  # fmt: skip
        else:
            answering.keep(page.here.code, answer, key, form.said, form.words)
    except Refused as refused:  # closed meanwhile: what was typed stays on the page
        form.add_error(None, refused.sentence)
    return not form.errors


def _question(request: HttpRequest, page: Page, form: StepForm) -> HttpResponse:
    survey, question = page.here.survey, page.question
    context = {
        "survey": survey, "question": question, "form": form, "rules": rules, "page": page,
        "progress": (page.nth, len(page.questions)), "labels": question.labels,
        "what": "Question",
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
    step = _small(request.POST.get("step", ""), rules.MOST_QUESTIONS)
    code = survey_codes.read(request.POST.get("code", ""))
    if queries.answer_of(survey, code) is None:
        return _back_page(request, survey, carried, step, _UNKNOWN)
    request.session[survey_here.place(survey)] = code
    here = here_of(request, survey)
    assert here is not None
    return _go_on(request, here, carried, step)


def _small(typed: str, most: int) -> int:
    """Return a number from 1 to `most`; 0 for anything else."""
    return int(typed) if typed in map(str, range(1, most + 1)) else 0


def _go_on(request: HttpRequest, here: Here, carried: dict[str, str], step: int) -> HttpResponse:
    """Keep what was carried along, or show it again with what is wrong; else go where one was."""
    questions = list(here.survey.questions.select_related("survey"))
    if here.answer.stage == rules.SENT:
        return redirect("consultation:answer_done", here.survey.link)
    if not carried or not 1 <= step <= len(questions):
        return redirect(_where_one_was(here, questions))
    data = QueryDict(mutable=True)
    data.update({name.removeprefix(_CARRIED): value for name, value in carried.items()})
    at = _small(data.get("set", ""), rules.MOST_ITEMS * rules.MOST_ITEMS)
    return _asked(request, Page(here, questions, step, at), data)


def _where_one_was(here: Here, questions: list[Question]) -> str:
    """Return the page after the last that was kept: the next set, the next question, the check."""
    chosen = here.draft["chosen"]
    last = max((n for n, row in enumerate(questions, 1) if str(row.id) in chosen), default=0)
    if not last:
        return reverse("consultation:answer_step", args=[here.survey.link, 1])
    page = Page(here, questions, last)
    passed = rules.sets_passed(chosen[str(page.question.id)])
    return Page(here, questions, last, passed).onward if passed else page.next_question
