"""Meetings of a group, for those who run it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from firsthand.access.kept import done
from firsthand.codebook import queries as codebook
from firsthand.consultation import from_coding, group_policies, group_queries, rules
from firsthand.consultation.actions import meetings as actions
from firsthand.consultation.forms.meetings import CodingForm, MeetingForm, NotesForm
from firsthand.consultation.models import Facilitator, GroupMeeting

_BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(_BOTH)
def new(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Set a meeting."""
    by = group_policies.check_facilitator(request.user, group)
    form = MeetingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = actions.add(by, form.wanted)
        messages.success(request, "The meeting is set. Members see it on their page.")
        return redirect("consultation:group_meeting", group, made.id)
    context = {"form": form, "group": by.group, "row": None}
    status = 422 if form.is_bound else 200
    return render(request, "consultation/group_meeting_form.html", context, status=status)


@require_http_methods(_BOTH)
def change(request: HttpRequest, group: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """Change a meeting."""
    by = group_policies.check_facilitator(request.user, group)
    row = group_queries.meeting(by.group, meeting)
    form = MeetingForm(request.POST) if request.method == "POST" else MeetingForm.of(row)
    if form.is_valid():
        actions.change(by, row, form.wanted)
        messages.success(request, "The meeting is changed. Members see it on their page.")
        return redirect("consultation:group_meeting", group, meeting)
    context = {"form": form, "group": by.group, "row": row}
    status = 422 if form.is_bound else 200
    return render(request, "consultation/group_meeting_form.html", context, status=status)


@require_http_methods(_BOTH)
def meeting(request: HttpRequest, group: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """Show a meeting: who comes; note who came and was paid."""
    by = group_policies.check_facilitator(request.user, group)
    row = group_queries.meeting(by.group, meeting)
    if request.method == "POST":
        actions.note_who(by, row, _ticked(request, "came"), _ticked(request, "paid"))
        messages.success(request, "It is noted.")
        return redirect("consultation:group_meeting", group, meeting)
    context = {
        "group": by.group, "row": row, "coming": group_queries.coming(row), "rules": rules,
        "turns": _shown(row),
    }  # fmt: skip
    return render(request, "consultation/group_meeting.html", context)


def _ticked(request: HttpRequest, name: str) -> set[uuid.UUID]:
    found = set()
    for each in request.POST.getlist(name):
        try:
            found.add(uuid.UUID(each))
        except ValueError:
            continue  # nobody's: what was sent was not our form
    return found


def _shown(row: GroupMeeting) -> list[tuple[str, str, bool]]:
    """Return who said what in a meeting, and whether it was taken out."""
    turns = row.turns.select_related("member")
    return [
        (
            each.member.called if each.member else rules.FACILITATOR if each.facilitator else "",
            each.text,
            each.taken_out_on is not None,
        )
        for each in turns
    ]


@require_POST
def cancel(request: HttpRequest, group: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """Call a meeting off, or undo that."""
    by = group_policies.check_facilitator(request.user, group)
    back = request.POST.get("back") == "yes"
    actions.cancel(by, group_queries.meeting(by.group, meeting), back=back)
    messages.success(request, "It takes place." if back else "It does not take place.")
    return redirect("consultation:group_meeting", group, meeting)


@require_http_methods(_BOTH)
def notes(request: HttpRequest, group: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """Write down what was said."""
    by = group_policies.check_facilitator(request.user, group)
    row = group_queries.meeting(by.group, meeting)
    names = group_queries.names(by.group)
    form = (NotesForm(request.POST, names=names) if request.method == "POST"
            else NotesForm(names=names, initial=_now(row)))  # fmt: skip
    if done(form, lambda: _keep(by, row, form.cleaned_data)):
        messages.success(request, "The notes are kept.")
        return redirect("consultation:group_meeting", group, meeting)
    if form.is_bound:
        form.look(group_queries.notes_mark(row))
    inside = [name for name, each in names.items() if each.left_on is None]
    context = {"form": form, "group": by.group, "row": row, "names": inside}
    status = 422 if form.is_bound else 200
    return render(request, "consultation/group_notes.html", context, status=status)


def _keep(by: Facilitator, row: GroupMeeting, given: dict[str, Any]) -> None:
    actions.write_notes(
        by, row, given["kind"], given["text"], no_names=given["no_names"], seen=given["seen"]
    )


def _now(row: GroupMeeting) -> dict[str, str]:
    turns = [(who, text) for who, text, out in _shown(row) if not out]
    text = "\n".join(f"{who}: {text}" if who else text for who, text in turns)
    return {"kind": row.notes, "text": text, "seen": group_queries.notes_mark(row)}


@require_http_methods(_BOTH)
def coding(request: HttpRequest, group: uuid.UUID, meeting: uuid.UUID) -> HttpResponse:
    """Hand what may go of the notes on to a coding project, or take it out of there."""
    by = group_policies.check_facilitator(request.user, group)
    row = group_queries.meeting(by.group, meeting)
    if request.method == "POST" and request.POST.get("back") == "yes":
        from_coding.take_back(by, row)
        messages.success(request, "The notes are out of coding.")
        return redirect("consultation:group_meeting", group, meeting)
    projects = list(codebook.projects_of(by.user))
    form = CodingForm(request.POST if request.method == "POST" else None, projects=projects)
    if form.is_valid():
        from_coding.send(by, form.coder, row)
        messages.success(request, "The notes can be coded now, without anybody's name.")
        return redirect("consultation:group_meeting", group, meeting)
    going = from_coding.may_go(row)
    context = {
        "form": form, "group": by.group, "row": row, "projects": projects, "going": len(going),
        "left_out": row.turns.count() - len(going),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "consultation/group_notes_coding.html", context, status=status)
