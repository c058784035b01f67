"""Labels, and the list of records that they can be found by."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.refused import Refused
from firsthand.evidence import labels, policies, rules, screening
from firsthand.evidence.actions import labels as actions
from firsthand.evidence.actions.screening import reveal
from firsthand.evidence.forms.labels import LabelForm
from firsthand.evidence.models import Label, Member

_BOTH = ["GET", "HEAD", "POST"]
_A_PAGE = 50


@require_http_methods(_BOTH)
def listing(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """List the labels; make one."""
    member = policies.check_member(request.user, review)
    form = LabelForm(request.POST if request.method == "POST" else None)
    if done(form, lambda said: actions.make(member, said)):
        messages.success(request, "The label is made.")
        return redirect("evidence:labels", review)
    context = {
        "review": member.review, "form": form, "labels": labels.labels(member.review),
        "removed": labels.removed(member.review),
    }  # fmt: skip
    return render(request, "evidence/labels.html", context, status=422 if form.errors else 200)


@require_http_methods(_BOTH)
def change(request: HttpRequest, review: uuid.UUID, label: uuid.UUID) -> HttpResponse:
    """Rename a label, or give it another look."""
    member, row = _label(request, review, label)
    form = LabelForm(request.POST) if request.method == "POST" else LabelForm.of(row)
    if done(form, lambda said: actions.change(member, row, said)):
        messages.success(request, "The label is changed, wherever it is.")
        return redirect("evidence:labels", review)
    context = {"review": member.review, "form": form, "label": row}
    return render(request, "evidence/label.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, review: uuid.UUID, label: uuid.UUID) -> HttpResponse:
    """Take a label off every page."""
    actions.remove(*_label(request, review, label))
    messages.success(request, "The label is removed. You can put it back, wherever it was.")
    return redirect("evidence:labels", review)


@require_POST
def put_back(request: HttpRequest, review: uuid.UUID, label: uuid.UUID) -> HttpResponse:
    """Have a removed label back."""
    actions.put_back(*_label(request, review, label))
    messages.success(request, "The label is back, wherever it was.")
    return redirect("evidence:labels", review)


@require_POST
def put(request: HttpRequest, review: uuid.UUID, stage: str, record: uuid.UUID) -> HttpResponse:
    """Keep which labels someone has on a record."""
    member = policies.check_member(request.user, review)
    row = screening.found(member.review, policies.check_stage(stage), record)
    actions.put(member, row, chosen(request, member))
    messages.success(request, "Your labels are kept.")
    return redirect("evidence:screen_one", review, stage, record)


@require_safe
def records(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """List the records: all, those with a label, those with some words."""
    member = policies.check_member(request.user, review)
    known = list(labels.labels(member.review))
    label = next((each for each in known if str(each.id) == request.GET.get("label")), None)
    words = request.GET.get("find", "")
    rows = labels.records(member, label, words)
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    on = labels.on_records(member, page.object_list)
    reveal(member, [each.screening for some in on.values() for each in some
                    if each.member_id != member.id])  # fmt: skip
    context = {
        "review": member.review, "page": page, "on": on, "labels": known, "label": label,
        "words": words, "rules": rules, "member": member,
    }  # fmt: skip
    return render(request, "evidence/records.html", context)


def chosen(request: HttpRequest, member: Member) -> list[Label]:
    """Return the labels that were ticked; one that was removed meanwhile is left out."""
    ticked = set(request.POST.getlist("labels"))
    known = labels.labels(member.review) if ticked else ()
    return [each for each in known if str(each.id) in ticked]


def _label(request: HttpRequest, review: uuid.UUID, label: uuid.UUID) -> tuple[Member, Label]:
    member = policies.check_member(request.user, review)
    return member, labels.label(member.review, label)


def done(form: LabelForm, do: Callable[[dict[str, str]], object]) -> bool:
    """Do it with what was typed; a refusal is told beside the name, and nothing typed is lost."""
    if not form.is_valid():
        return False
    try:
        do(form.cleaned_data)
    except Refused as refused:
        if refused.hidden:
            raise
        form.add_error("name", refused.sentence)
    return not form.errors
