"""Coming to a group: by the code of an invitation, or by one that waits for a sign-in."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access import limits, refused
from firsthand.access.doer import doer_of, forget
from firsthand.consultation import group_queries, rules
from firsthand.consultation.actions import inviting as actions
from firsthand.consultation.forms.taking_part import AnswerForm, CodeForm, fresh_number
from firsthand.consultation.models import GroupMember, Invited
from firsthand.people.models import User
from firsthand.vault.sessions import SessionStore

_BOTH = ["GET", "HEAD", "POST"]
_SLOT = "invited to a group"
NO_SUCH = "These five words open no invitation. Check each word and try again."


@require_safe
def own_groups(request: HttpRequest) -> HttpResponse:
    """List the groups that the keys in hand are in, and the invitations for this sign-in."""
    user = request.user if isinstance(request.user, User) else None
    waiting = group_queries.for_sign_in(user) if user and not user.is_staff_role else []
    context = {"rows": group_queries.own(doer_of(request)), "waiting": waiting}
    return render(request, "consultation/own_groups.html", context)


@require_http_methods(_BOTH)
def code(request: HttpRequest) -> HttpResponse:
    """Take the five words of an invitation."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (found := _found(request, form.cleaned_data["code"])):
        _fresh(request)
        request.session[_SLOT] = str(found.id)
        return redirect("consultation:group_invited")
    if form.is_valid():
        form.add_error("code", NO_SUCH)
    context = {"form": form, "continue_text": "Continue"}
    status = 422 if form.is_bound else 200
    return render(request, "consultation/group_code.html", context, status=status)


def _found(request: HttpRequest, mark: bytes) -> Invited | None:
    """Look for a code, its tries counted. Raises SlowDown."""
    near = limits.near(request)
    limits.check(limits.INVITATION, mark, near=near)
    found = group_queries.by_code(mark)
    if found is not None:
        limits.passed(limits.INVITATION, mark, near=near)
    return found


@require_POST
def open_invitation(request: HttpRequest, invited: uuid.UUID) -> HttpResponse:
    """Open an invitation that waits for this sign-in."""
    rows = group_queries.for_sign_in(request.user) if isinstance(request.user, User) else None
    found = refused.found(rows.filter(id=invited).first() if rows is not None else None)
    request.session[_SLOT] = str(found.id)
    return redirect("consultation:group_invited")


@require_http_methods(_BOTH)
def invited(request: HttpRequest) -> HttpResponse:
    """Show what someone is invited to; take yes, no, or a question."""
    row = refused.found(_brought(request))
    if not actions.is_open(row):
        return _spent(request, row)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _answered(request, row, form)
        except actions.Spent:
            return _spent(request, row)
    if not form.is_bound:
        form.initial["number"] = fresh_number()
    context = {
        "form": form, "row": row, "group": row.group, "rules": rules,
        "sheet": group_queries.newest_sheet(row.group),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "consultation/group_invited.html", context, status=status)


def _brought(request: HttpRequest) -> Invited | None:
    found = request.session.get(_SLOT)
    return Invited.objects.select_related("group").filter(id=found).first() if found else None


def _answered(request: HttpRequest, row: Invited, form: AnswerForm) -> HttpResponse:
    given = form.cleaned_data
    if given["answer"] == rules.YES:
        return _joined(request, row, given["number"])
    if given["answer"] == rules.NO:
        actions.decline(row)
        return render(request, "consultation/group_declined.html", {"group": row.group})
    actions.ask(row, given["question"])
    messages.success(
        request, "Your question is kept. Come back with your five words for an answer."
    )
    return redirect("consultation:group_invited")


def _joined(request: HttpRequest, row: Invited, number: str) -> HttpResponse:
    sitting = _begun(request)
    member = actions.accept(doer_of(request), sitting, row, number)
    forget(request)
    return redirect(_after(request, member), member.group_id)


def _after(request: HttpRequest, member: GroupMember) -> str:
    keys = doer_of(request).hands.get(member.keyring_id)
    return "consultation:own_words" if keys and keys.words else "consultation:own_agree"


def _spent(request: HttpRequest, row: Invited) -> HttpResponse:
    """An invitation that is over; whoever pressed twice goes on to their group."""
    if request.method == "POST" and row.code_mark is not None:
        number = request.POST.get("number", "")[:100]
        try:
            return _joined(request, row, number) if number else _over(request, row)
        except actions.Spent:
            pass
    return _over(request, row)


def _over(request: HttpRequest, row: Invited) -> HttpResponse:
    own = group_queries.own(doer_of(request)).filter(group=row.group).first()
    if own is not None:
        return redirect("consultation:own_group", own.group_id)
    context = {"row": row, "group": row.group}
    return render(request, "consultation/group_spent.html", context, status=409)


def _fresh(request: HttpRequest) -> None:
    """Give the sitting a secret that nobody can have known before; a sign-in has done so."""
    brought = request.session.session_key is not None and not request.user.is_authenticated
    sitting = _begun(request)
    if brought:
        sitting.renew()
        forget(request)


def _begun(request: HttpRequest) -> SessionStore:
    """Return this browser's sitting, begun: keys need somewhere to be held."""
    session = request.session
    if not isinstance(session, SessionStore):
        raise TypeError("Sittings are off: see SESSION_ENGINE.")
    session["begun"] = True
    if session.session_key is None:
        session.save()
    return session
