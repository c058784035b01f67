"""Choosing the order of a stage; why a record comes where it does."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.evidence import ordering, policies, rules, screening
from firsthand.evidence.actions import ordering as actions
from firsthand.evidence.actions.screening import reveal_all
from firsthand.evidence.forms.ordering import OrderForm

_MEANS = {
    rules.IMPORTED: "One after the other, as your searches brought them. Simple, and the same each "
    "time. What belongs in the review may stand anywhere.",
    rules.CHANCE: "Each record had a random key from the day it came; they are read by that key. "
    "It is the same for everyone. What you have read so far is a fair sample of all.",
    rules.LEARNED: "Starts from your question and learns from what was included and excluded. What "
    "belongs in the review is usually found sooner. Nothing is left out: the rest comes later. It "
    "decides nothing, and all of it happens on this machine.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, review: uuid.UUID, stage: str) -> HttpResponse:
    """Choose an order: each as good as the others, and changed at any time."""
    member = policies.check_owner(request.user, review)
    order = ordering.current(member.review, policies.check_stage(stage))
    posted = request.POST if request.method == "POST" else None
    form = OrderForm(posted, initial={"how": ordering.how(order)})
    if form.is_valid():
        actions.choose(member, stage, form.cleaned_data["how"])
        chosen = rules.ORDERS[form.cleaned_data["how"]]
        messages.success(request, f"From now on: {chosen[0].lower()}{chosen[1:]}.")
        return redirect("evidence:stopping", review, stage)
    context = {"form": form, "review": member.review, "stage": stage, "order": order,
               "means": _MEANS, "rules": rules}  # fmt: skip
    return render(request, "evidence/order.html", context, status=422 if form.is_bound else 200)


@require_safe
def why(request: HttpRequest, review: uuid.UUID, stage: str, record: uuid.UUID) -> HttpResponse:
    """Say why a record comes where it does.

    The words are learned from records that others decided too: whoever is shown them keeps their
    own decisions on settled records, as with every page that tells of what all decided.
    """
    member = policies.check_member(request.user, review)
    row = screening.found(member.review, policies.check_stage(stage), record)
    reveal_all(member)
    order = ordering.current(member.review, stage)
    context = {
        "review": member.review, "stage": stage, "row": row, "order": order, "rules": rules,
        "how": ordering.how(order), "why": ordering.why(row, order),
        "drawn": row.draws.filter(audit__ended_at=None).exists(),
    }  # fmt: skip
    return render(request, "evidence/why.html", context)
