"""Calibration rounds: beginning one, how it went."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.access.downloads import attachment
from firsthand.access.refused import Refused, not_now
from firsthand.evidence import agreeing, policies, queries, rules
from firsthand.evidence.actions import rounds as actions
from firsthand.evidence.actions import screening as seeing
from firsthand.evidence.calibration import Calibration, calibration
from firsthand.evidence.forms.screening import RoundForm
from firsthand.evidence.models import Member, Round


@require_safe
def listing(request: HttpRequest, review: uuid.UUID, stage: str) -> HttpResponse:
    """List the rounds, each with how far it is and how much everyone agreed."""
    member = policies.check_member(request.user, review)
    rows = queries.rounds(member.review, policies.check_stage(stage))
    seeing.reveal_all(member)
    context = {
        "member": member,
        "review": member.review,
        "stage": stage,
        "rounds": [(row, calibration(row)) for row in rows],
        "shown": agreeing.shown,
        "running": queries.open_round(member.review, stage),
        "rules": rules,
    }
    return render(request, "evidence/rounds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, review: uuid.UUID, stage: str) -> HttpResponse:
    """Begin a round."""
    member = policies.check_owner(request.user, review)
    policies.check_stage(stage)
    form = RoundForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        row = actions.begin(member, stage, form.cleaned_data["size"])
        messages.success(request, f"Round {row.number} has begun. Everyone sees its records first.")
        return redirect("evidence:round", review, stage, row.id)
    context = {"form": form, "review": member.review, "stage": stage, "rules": rules}
    status = 422 if form.is_bound else 200
    return render(request, "evidence/round_begin.html", context, status=status)


@require_safe
def one(request: HttpRequest, review: uuid.UUID, stage: str, round: uuid.UUID) -> HttpResponse:
    """Show how a round went: agreement, and where people differed, once all have decided."""
    member, row, went = _round(request, review, stage, round)
    context = {
        "review": member.review,
        "round": row,
        "went": went,
        "told": agreeing.told(went) if went.is_over else None,
        "rules": rules,
    }
    return render(request, "evidence/round.html", context)


@require_safe
def agreement(
    request: HttpRequest, review: uuid.UUID, stage: str, round: uuid.UUID
) -> HttpResponse:
    """Give the figures of a round that is over, as CSV."""
    _, row, went = _round(request, review, stage, round)
    if not went.is_over:
        raise not_now("This round is under way. Its figures are here once all have decided.")
    name = f"calibration-{row.stage}-round-{row.number}.csv"
    return attachment(agreeing.as_csv(went), name, "text/csv; charset=utf-8")


def _round(
    request: HttpRequest, review: uuid.UUID, stage: str, round: uuid.UUID
) -> tuple[Member, Round, Calibration]:
    """Return a round and how it went. Figures tell of the others: so their own decisions stay."""
    member = policies.check_member(request.user, review)
    row = queries.round_(member.review, round)
    if row.stage != stage:
        raise Refused
    went = calibration(row)
    if went.is_over:
        seeing.reveal(member, row.screenings.all())
    return member, row, went
