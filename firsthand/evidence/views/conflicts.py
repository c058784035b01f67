"""What reviewers differ on, and settling it."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.access.refused import Refused
from firsthand.evidence import policies, queries, rules, screening, showing, talking
from firsthand.evidence.actions import screening as actions
from firsthand.evidence.forms.screening import ResolutionForm

_A_PAGE = 25


@require_safe
def listing(request: HttpRequest, review: uuid.UUID, stage: str) -> HttpResponse:
    """List what is to be settled, with what each decided."""
    member = policies.check_member(request.user, review)
    show = request.GET.get("show", "")
    show = show if show in (talking.DISCUSSED, talking.FOR_MEETING) else ""
    rows = talking.conflicts(member.review, policies.check_stage(stage), show)
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    actions.reveal(member, page.object_list)
    context = {
        "review": member.review, "stage": stage, "page": page, "rules": rules, "show": show,
    }  # fmt: skip
    return render(request, "evidence/conflicts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def resolve(request: HttpRequest, review: uuid.UUID, stage: str, record: uuid.UUID) -> HttpResponse:
    """Show a record with what each decided; settle it."""
    member = policies.check_member(request.user, review)
    row = screening.found(member.review, policies.check_stage(stage), record)
    opened = screening.conflicts(member.review, stage).filter(id=row.id).first()
    if opened is None:
        raise Refused
    actions.reveal(member, [opened])
    form = ResolutionForm(
        request.POST if request.method == "POST" else None,
        criteria=queries.criteria(member.review), stage=stage,
    )  # fmt: skip
    if form.is_valid():
        said = form.cleaned_data
        actions.resolve(member, row, said["choice"], said["note"], form.named)
        messages.success(request, f"Settled: {rules.CHOICES[said['choice']].lower()}.")
        return redirect("evidence:conflicts", review, stage)
    context = {
        "member": member, "review": member.review, "stage": stage, "row": opened,
        "record": showing.as_shown(row.record),
        "form": form, "criteria": queries.criteria(member.review), "rules": rules,
    }  # fmt: skip
    return render(request, "evidence/resolve.html", context, status=422 if form.is_bound else 200)
