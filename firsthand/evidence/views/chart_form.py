"""The charting form: its fields, adding, changing, moving and retiring them; publishing."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.refused import Refused, not_now
from firsthand.evidence import charts, policies
from firsthand.evidence.actions import chart_forms as actions
from firsthand.evidence.forms.chart_form import FieldForm
from firsthand.evidence.forms.charting import AnswerForm
from firsthand.evidence.models import ChartForm, Member, Review
from firsthand.methods.charting import designing
from firsthand.methods.charting.values import GROUP, KINDS, Field, Form

_BOTH = ["GET", "HEAD", "POST"]


def _today(review: Review) -> ChartForm | None:
    """The draft, where there is one: else the version published last."""
    return charts.draft(review) or charts.published(review)


def _fields(review: Review) -> Form:
    found = _today(review)
    return charts.fields(found) if found else ()


@require_safe
def listing(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Show what the form asks; to owners, how to change it."""
    member = policies.check_member(request.user, review)
    row = member.review
    asks = _fields(row) if member.is_owner else _published(row)
    context = {
        "member": member, "review": row, "fields": asks, "draft": charts.draft(row),
        "published": charts.published(row), "versions": charts.versions(row), "kinds": KINDS,
    }  # fmt: skip
    return render(request, "evidence/chart_form.html", context)


def _published(review: Review) -> Form:
    found = charts.published(review)
    return charts.fields(found) if found else ()


@require_safe
def preview(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Show the draft as whoever charts will see it."""
    member = policies.check_owner(request.user, review)
    form = AnswerForm(asks=_fields(member.review), answers={}, reports=[], began=0)
    context = {"review": member.review, "form": form, "before": {}}
    return render(request, "evidence/chart_preview.html", context)


@require_http_methods(_BOTH)
def add(request: HttpRequest, review: uuid.UUID, into: str = "") -> HttpResponse:
    """Add a field, or a part to a group."""
    member = policies.check_owner(request.user, review)
    group = _group(member, into) if into else None
    data = request.POST if request.method == "POST" else None
    form = FieldForm(data, others=_labels(member, group), part=group is not None)
    if form.is_valid():
        made = actions.add(member, form.field, form.labels, into)
        messages.success(request, f"\u201c{made.label}\u201d is added to the draft.")
        return redirect("evidence:chart_form", review)
    return _ask(request, member, form, group=group, row=None)


@require_http_methods(_BOTH)
def change(request: HttpRequest, review: uuid.UUID, key: str) -> HttpResponse:
    """Change a field, in the draft."""
    member = policies.check_owner(request.user, review)
    row, group = _found(member, key)
    form = FieldForm(
        request.POST if request.method == "POST" else None, initial=FieldForm.initial_of(row),
        others=[each for each in _labels(member, group) if each != row.label], kind=row.kind,
        part=group is not None,
    )  # fmt: skip
    if form.is_valid():
        actions.change(member, key, form.field, form.labels)
        messages.success(request, f"\u201c{form.field.label}\u201d is changed in the draft.")
        return redirect("evidence:chart_form", review)
    return _ask(request, member, form, group=group, row=row)


@require_POST
def do(request: HttpRequest, review: uuid.UUID, key: str) -> HttpResponse:
    """Move a field up or down, retire it, use it again: by the button that was pressed."""
    member = policies.check_owner(request.user, review)
    row, _ = _found(member, key)
    how = request.POST.get("do", "")
    if how in ("up", "down"):
        actions.move(member, key, -1 if how == "up" else 1)
    elif how == "retire":
        actions.retire(member, key)
    elif how == "again":
        actions.use_again(member, key)
    else:
        raise not_now("Press one of the buttons beside the field.")
    said = {
        "up": "moved up",
        "down": "moved down",
        "retire": "asked no more",
        "again": "asked again",
    }
    messages.success(request, f"\u201c{row.label}\u201d is {said[how]}, in the draft.")
    return redirect("evidence:chart_form", review)


@require_POST
def publish(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Publish the draft."""
    member = policies.check_owner(request.user, review)
    row = actions.publish(member)
    messages.success(request, f"Version {row.version} is published. Studies are charted with it.")
    return redirect("evidence:chart_form", review)


@require_POST
def drop(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Throw the draft away."""
    member = policies.check_owner(request.user, review)
    actions.drop(member)
    messages.success(request, "The draft is gone. The history keeps what was in it.")
    return redirect("evidence:chart_form", review)


def _found(member: Member, key: str) -> tuple[Field, Field | None]:
    try:
        return designing.find(_fields(member.review), key)
    except KeyError:
        raise Refused from None


def _group(member: Member, key: str) -> Field:
    found, _ = _found(member, key)
    if found.kind != GROUP:
        raise Refused
    return found


def _labels(member: Member, group: Field | None) -> list[str]:
    return [each.label for each in (group.parts if group else _fields(member.review))]


def _ask(
    request: HttpRequest, member: Member, form: FieldForm, *, group: Field | None, row: Field | None
) -> HttpResponse:
    context = {"form": form, "review": member.review, "group": group, "row": row, "kinds": KINDS}
    return render(
        request, "evidence/chart_field.html", context, status=422 if form.is_bound else 200
    )
