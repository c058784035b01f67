"""Charting a study: the form, saving half-way, finishing, taking it up again."""

import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from firsthand.access.refused import not_now
from firsthand.evidence import charting_policies as charting
from firsthand.evidence import charts, policies, studying
from firsthand.evidence.actions import charting as actions
from firsthand.evidence.forms.charting import AnswerForm
from firsthand.evidence.models import Chart, ChartForm, Member
from firsthand.evidence.studying import StudyLine
from firsthand.evidence.views.entering import enter
from firsthand.methods.charting.plain import read_answers
from firsthand.methods.charting.values import Answer, words

SHOWN_MORE = "More is shown. What you typed is saved."


@require_http_methods(["GET", "HEAD", "POST"])
def chart(request: HttpRequest, review: uuid.UUID, study: uuid.UUID) -> HttpResponse:
    """Show one's own chart of a study; keep what was charted."""
    member = enter(request, review)
    line = studying.line(member.review, study)
    version = charts.published(member.review)
    if version is None:
        raise not_now("There is no charting form yet. An owner of this review publishes one first.")
    charting.check_may_chart(member, line.row)
    page = Page(request, member, line, version)
    return page.post() if request.method == "POST" else page.get()


class Page:
    """One chart on one page."""

    def __init__(
        self, request: HttpRequest, member: Member, line: StudyLine, version: ChartForm
    ) -> None:
        self.request, self.member, self.line, self.version = request, member, line, version
        self.own = charts.own(member, line.row, version)
        self.asks = charts.fields(version)

    def get(self) -> HttpResponse:
        if self.own is not None and self.own.finished_at:
            return redirect("evidence:study", self.member.review_id, self.line.row.id)
        return self._show(self._form(*self._now()))

    def post(self) -> HttpResponse:
        sent = self.request.POST
        answers, _ = self._now()
        form = self._form(answers, None, more=sent.get("more", ""), less=sent.get("less", ""))
        if not form.is_valid():
            return self._show(form, status=422)
        finish = "finish" in sent
        saved = actions.save(
            self.member, self.line.row, self.version, form.answers,
            form.cleaned_data["began"], finish=finish,
        )  # fmt: skip
        if saved.clashes:
            return self._clashed(saved)
        return self._saved(form, saved, finish, shown="more" in sent or "less" in sent)

    # -- the parts ----------------------------------------------------------------------------

    def _now(self) -> tuple[dict[str, Answer], int]:
        if self.own is None:
            return charts.begins_with(self.member, self.line.row, self.version), 0
        return read_answers(self.own.answers), self.own.revision

    def _form(
        self, answers: Mapping[str, Answer], began: int | None, more: str = "", less: str = ""
    ) -> AnswerForm:
        reports = [
            (each.record.number, f"{each.record.number}. {each.record.called}")
            for each in (*self.line.reports, *self.line.aside)
        ]
        return AnswerForm(
            self.request.POST if began is None else None, asks=self.asks, answers=answers,
            reports=reports, began=began or 0, more=more, less=less,
        )  # fmt: skip

    def _saved(
        self, form: AnswerForm, saved: actions.Saved, finish: bool, shown: bool
    ) -> HttpResponse:
        if shown:
            messages.success(self.request, SHOWN_MORE)
            form.begin_from(saved.revision)
            return self._show(form)
        for key in saved.missing:
            name = next(each.name for each in form.sections if each.field.key == key)
            form.add_error(f"{name}-none", "Chart this, or tick \u201cNot reported\u201d.")
        if saved.missing:
            form.begin_from(saved.revision)
            messages.warning(self.request, "It is saved, but not finished: something is needed.")
            return self._show(form, status=422)
        if finish:
            messages.success(self.request, f"{self.line.row.name} is charted.")
            return redirect("evidence:study", self.member.review_id, self.line.row.id)
        messages.success(self.request, "Saved. Come back to it whenever you like.")
        return redirect("evidence:chart", self.member.review_id, self.line.row.id)

    def _clashed(self, saved: actions.Saved) -> HttpResponse:
        """Show mine in the boxes, and what the other window saved beside it; nothing is lost."""
        theirs = saved.theirs or {}
        told = [
            (each, words(each, theirs[each.key]) if each.key in theirs else "Not charted yet")
            for each in self.asks
            if each.key in saved.clashes
        ]
        form = self._form(saved.answers, saved.revision)
        return self._show(form, status=409, clashes=told)

    def _show(self, form: AnswerForm, status: int = 200, **more: object) -> HttpResponse:
        last = charts.before(self.member, self.line.row, self.version) if not self.own else None
        context = {
            "member": self.member, "review": self.member.review, "line": self.line,
            "version": self.version, "form": form, "before": _before(last, self.version),
            "last": last, "clashes": [], **more,
        }  # fmt: skip
        return render(self.request, "evidence/chart.html", context, status=status)


def _before(last: Chart | None, version: ChartForm) -> dict[str, str]:
    """Say, of each field that changed, what was charted under the version before."""
    if last is None:
        return {}
    was, answers = charts.fields(last.form), read_answers(last.answers)
    held = charts.begins_with(last.member, last.study, version)
    return {
        each.key: words(each, answers[each.key])
        for each in was
        if each.key in answers and each.key not in held
    }


@require_POST
def take_up(request: HttpRequest, review: uuid.UUID, chart: uuid.UUID) -> HttpResponse:
    """Go on with one's own finished chart."""
    member = policies.check_member(request.user, review)
    row = charts.chart(member.review, chart)
    charting.check_own(member, row)
    actions.take_up(member, row)
    messages.success(request, "Go on with it. It counts again once you finish it.")
    return redirect("evidence:chart", review, row.study_id)
