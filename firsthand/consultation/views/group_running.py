"""Pages of those who run a group: theirs, one at a glance, its sheet, who runs it, its history."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.doer import doer_of
from firsthand.access.refused import Refused
from firsthand.consultation import group_policies, group_queries, needs, rules
from firsthand.consultation.actions import groups as actions
from firsthand.consultation.forms.groups import FacilitatorForm, GroupForm, SheetForm
from firsthand.people.models import User

BOTH = ["GET", "HEAD", "POST"]
_NEWEST = 200


def user_of(request: HttpRequest) -> User:
    """Return who is signed in: the permission table has asked before."""
    if not isinstance(request.user, User):
        raise Refused
    return request.user


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """List the groups that someone runs."""
    context = {"rows": group_queries.run_by(user_of(request))}
    return render(request, "consultation/groups.html", context)


@require_http_methods(BOTH)
def new(request: HttpRequest) -> HttpResponse:
    """Make a group."""
    drafts = group_queries.drafts()
    form = GroupForm(request.POST if request.method == "POST" else None, drafts=drafts)
    if form.is_valid():
        made = actions.make(user_of(request), form.cleaned_data)
        messages.success(request, "The group is made. Write its information sheet next.")
        return redirect("consultation:group_sheet", made.group_id)
    context = {"form": form, "group": None}
    status = 422 if form.is_bound else 200
    return render(request, "consultation/group_form.html", context, status=status)


@require_safe
def group(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Show a group: who has answered and agreed, needs, payments, meetings, comments."""
    by = group_policies.check_facilitator(request.user, group)
    people = list(group_queries.members(by.group))
    context = {
        "group": by.group, "people": people, "agreed": group_queries.agreements(people),
        "sheet": group_queries.newest_sheet(by.group), "rules": rules,
        "invited": list(group_queries.invited(by.group)),
        "meetings": list(group_queries.meetings(by.group)),
        "progress": group_queries.progress(by.group),
    }  # fmt: skip
    return render(request, "consultation/group.html", context)


@require_http_methods(BOTH)
def change(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Change what a group is."""
    by = group_policies.check_facilitator(request.user, group)
    drafts = [*group_queries.drafts()]
    if by.group.version and by.group.version.published:
        drafts.append(by.group.version)  # published since: it stays what was commented on
    posted = request.method == "POST"
    form = GroupForm(request.POST, drafts=drafts) if posted else GroupForm.of(by.group, drafts)
    if form.is_valid():
        actions.change(by, form.cleaned_data)
        messages.success(request, "It is saved. The history keeps how it was before.")
        return redirect("consultation:group", group)
    context = {"form": form, "group": by.group}
    status = 422 if form.is_bound else 200
    return render(request, "consultation/group_form.html", context, status=status)


@require_http_methods(BOTH)
def sheet(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Write the information sheet, or a new version of it, which asks everybody anew."""
    by = group_policies.check_facilitator(request.user, group)
    newest = group_queries.newest_sheet(by.group)
    form = SheetForm(request.POST) if request.method == "POST" else SheetForm.of(newest)
    if form.is_valid():
        made = actions.write_sheet(by, form.cleaned_data["text"], form.statements)
        fresh = made.version > 1 and newest and made.id != newest.id
        said = "Every member is asked again." if fresh else "Now you can invite people."
        messages.success(request, f"Version {made.version} of the sheet is in force. {said}")
        return redirect("consultation:group", group)
    context = {"form": form, "group": by.group, "newest": newest}
    status = 422 if form.is_bound else 200
    return render(request, "consultation/group_sheet.html", context, status=status)


@require_http_methods(BOTH)
def people(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """List who runs a group; add someone."""
    by = group_policies.check_facilitator(request.user, group)
    could = group_queries.could_run(by.group)
    form = FacilitatorForm(request.POST if request.method == "POST" else None, people=could)
    if form.is_valid():
        added = actions.add_facilitator(by, doer_of(request), form.user)
        messages.success(request, f"{added.user.name} runs this group too now.")
        return redirect("consultation:group_people", group)
    context = {"form": form, "group": by.group, "people": group_queries.facilitators(by.group)}
    status = 422 if form.is_bound else 200
    return render(request, "consultation/group_people.html", context, status=status)


@require_POST
def end(request: HttpRequest, group: uuid.UUID, facilitator: uuid.UUID) -> HttpResponse:
    """Someone runs the group no longer."""
    by = group_policies.check_facilitator(request.user, group)
    leaving = group_queries.facilitator(by.group, facilitator)
    actions.end_facilitator(by, doer_of(request), leaving)
    messages.success(request, f"{leaving.user.name} runs this group no longer.")
    if leaving.id == by.id:
        return redirect("consultation:groups")
    return redirect("consultation:group_people", group)


@require_safe
def member(request: HttpRequest, group: uuid.UUID, who: uuid.UUID) -> HttpResponse:
    """Show one member: what they need, agree to, come to, and are to be paid."""
    by = group_policies.check_facilitator(request.user, group)
    row = group_queries.member(by.group, who)
    context = {
        "group": by.group, "row": row, "rules": rules, "agreed": group_queries.agreed(row),
        "needs": needs.read(doer_of(request), row) if request.GET.get("needs") else "",
        "opened": bool(request.GET.get("needs")), "newest": group_queries.newest_sheet(by.group),
        "coming": row.coming.select_related("meeting").order_by("meeting__starts_at"),
    }  # fmt: skip
    return render(request, "consultation/group_member.html", context)


@require_POST
def close(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """End a group, or undo that."""
    by = group_policies.check_facilitator(request.user, group)
    back = request.POST.get("back") == "yes"
    (actions.open_again if back else actions.close)(by)
    messages.success(request, "The group is open again." if back else "The group is over now.")
    return redirect("consultation:group", group)


@require_safe
def history(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Show what was done, the newest first, without a word of a member's."""
    by = group_policies.check_facilitator(request.user, group)
    rows = by.group.trail.select_related("by", "member").order_by("-at", "id")
    words = {**rules.DONE_TAGS, **rules.LEAVING, **rules.GROUP_KINDS, **rules.HOW_MET}
    context = {"group": by.group, "lines": rows[:_NEWEST], "newest": _NEWEST, "words": words}
    return render(request, "consultation/group_history.html", context)
