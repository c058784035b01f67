"""A member's own pages: their group, what they agree to, their name, needs, payment, leaving."""

import uuid
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.access import refused
from firsthand.access.doer import doer_of, forget
from firsthand.consultation import group_policies, group_queries, needs, rules
from firsthand.consultation.actions import taking_part as actions
from firsthand.consultation.forms.taking_part import (
    AgreeForm,
    ComingForm,
    LeaveForm,
    NameForm,
    NeedsForm,
    PayForm,
    WordsForm,
)
from firsthand.consultation.models import GroupMember
from firsthand.people.sittings import sitting_of

BOTH = ["GET", "HEAD", "POST"]


def own(request: HttpRequest, group: uuid.UUID) -> GroupMember:
    """Return whose page this is. Raises Refused."""
    return group_policies.check_own(doer_of(request), group)


def page(
    request: HttpRequest, template: str, member: GroupMember, form: Form | None = None, **more: Any
) -> HttpResponse:
    """Return a page of a member's; 422 when what was sent has to be looked at again."""
    context = {
        "group": member.group, "member": member, "form": form, "rules": rules,
        "back_url": reverse("consultation:own_group", args=[member.group_id]), **more,
    }  # fmt: skip
    status = 422 if form is not None and form.is_bound else 200
    return render(request, f"consultation/{template}.html", context, status=status)


@require_safe
def group(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Show a member their group: what is next, and everything that is theirs to change."""
    member = own(request, group)
    newest = group_queries.newest_sheet(member.group)
    rows = group_queries.meetings(member.group).filter(starts_at__gt=timezone.now())
    mine = {each.meeting_id: each.says for each in member.coming.all()}
    keys = doer_of(request).hands[member.keyring_id]
    progress = group_queries.progress(member.group)
    return page(
        request, "own_group", member, agreed=group_queries.agreed(member), words=bool(keys.words),
        answered=newest is not None and member.sheet_id == newest.id, meetings=rows, mine=mine,
        progress=progress, now=timezone.now(),
    )  # fmt: skip


@require_http_methods(BOTH)
def words(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Show the nine words that bring a member back, and ask them back once."""
    member = own(request, group)
    keys = doer_of(request).hands[member.keyring_id]
    form = WordsForm(request.POST if request.method == "POST" else None)
    if keys.words and form.is_valid():
        if str(form.cleaned_data["receipt"]) == keys.words:
            sitting_of(request).hold(keys.without_words())
            forget(request)
            messages.success(request, "Those are your nine words. Keep them safe.")
            return redirect("consultation:own_agree", group)
        form.add_error("receipt", "Those are not the nine words you were given. Look again.")
    return page(request, "own_words", member, form, words=keys.words.split())


@require_http_methods(BOTH)
def agree(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Show the information sheet; ask what a member agrees to, each thing on its own."""
    member = own(request, group)
    sheet = refused.found(group_queries.newest_sheet(member.group))
    again = member.sheet_id is not None and member.sheet_id != sheet.id
    held = sorted(group_queries.agreed(member)) if not again else []
    first = {"agreed": held, "sheet": sheet.id}
    form = AgreeForm(request.POST if request.method == "POST" else None, asked=sheet, initial=first)
    if form.is_valid():
        if form.cleaned_data["sheet"] not in (None, sheet.id):
            messages.warning(request, "The sheet was changed just now. Please read the new one.")
            return redirect("consultation:own_agree", group)
        actions.agree(member, sheet, form.cleaned_data["agreed"])
        messages.success(request, "It is kept. You can change it at any time.")
        named = "own_group" if member.name else "own_name"
        return redirect(f"consultation:{named}", group)
    return page(request, "own_agree", member, form, sheet=sheet, again=again)


@require_http_methods(BOTH)
def name(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Ask what a member wants to be called."""
    member = own(request, group)
    form = NameForm(request.POST or None, initial={"name": member.name})
    if form.is_valid():
        try:
            actions.call(member, form.cleaned_data["name"])
        except actions.NameTaken as taken:
            form.add_error("name", str(taken))
        else:
            messages.success(request, "That is your name here.")
            return redirect("consultation:own_group", group)
    return page(request, "own_name", member, form)


@require_http_methods(BOTH)
def say_needs(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Ask what a member needs; show who has read it."""
    member, doer = own(request, group), doer_of(request)
    posted = request.method == "POST"
    said = "" if posted else needs.own(doer, member)
    form = NeedsForm(request.POST if posted else None, initial={"needs": said})
    if form.is_valid():
        actions.say_needs(doer, member, form.cleaned_data["needs"])
        messages.success(request, "It is kept, locked, for those who run the group.")
        return redirect("consultation:own_group", group)
    people = [each.user.name for each in group_queries.facilitators(member.group)]
    return page(
        request, "own_needs", member, form, people=people, readings=needs.readings(member)
    )  # fmt: skip


@require_http_methods(BOTH)
def pay(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Say what is offered for coming; ask whether they want it."""
    member = own(request, group)
    chosen = "" if member.pay == rules.OFFERED else member.pay
    form = PayForm(request.POST if request.method == "POST" else None, initial={"pay": chosen})
    if form.is_valid():
        actions.say_pay(member, form.cleaned_data["pay"])
        messages.success(request, "It is noted.")
        return redirect("consultation:own_group", group)
    paid = member.coming.filter(paid_on__isnull=False).select_related("meeting")
    return page(request, "own_pay", member, form, paid=paid)


@require_http_methods(BOTH)
def meeting(request: HttpRequest, group: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """Show a meeting; ask whether they come."""
    member = own(request, group)
    row = group_queries.meeting(member.group, meeting)
    said = member.coming.filter(meeting=row).first()
    chosen = said.says if said and said.says != rules.NOT_SAID else ""
    form = ComingForm(request.POST if request.method == "POST" else None, initial={"says": chosen})
    if form.is_valid():
        actions.say_coming(member, row, form.cleaned_data["says"])
        messages.success(request, "It is noted. You can change it until the meeting begins.")
        return redirect("consultation:own_group", group)
    over = row.starts_at <= timezone.now() or row.cancelled_on is not None
    turns = row.turns.filter(member=member, taken_out_on=None)
    return page(request, "own_meeting", member, form, row=row, over=over, turns=turns)


@require_http_methods(BOTH)
def leave(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Leave a group: what happens is told before, and nobody asks why."""
    member = own(request, group)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.leave(doer_of(request), member, form.cleaned_data["what"])
        messages.success(request, "You have left the group. Thank you for what you gave.")
        return redirect("consultation:own_groups")
    return page(request, "own_leave", member, form)
