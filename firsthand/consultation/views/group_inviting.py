"""Inviting people to a group: codes shown once, sign-ins, questions."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from firsthand.consultation import group_policies, group_queries, rules
from firsthand.consultation.actions import inviting as actions
from firsthand.consultation.forms.groups import InvitingForm, ReplyForm

_BOTH = ["GET", "HEAD", "POST"]
_SLOT = "codes of {}"


@require_http_methods(_BOTH)
def invitations(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """List the invitations; make more."""
    by = group_policies.check_facilitator(request.user, group)
    form = InvitingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        if given["sign_in_name"]:
            actions.to_sign_in(by, given["text"], given["sign_in_name"])
            messages.success(request, "If there is such a sign-in, the invitation waits for it.")
            return redirect("consultation:group_invitations", group)
        request.session[_SLOT.format(group)] = actions.by_codes(by, given["text"], given["many"])
        return redirect("consultation:group_codes", group)
    context = {
        "form": form, "group": by.group, "rows": list(group_queries.invited(by.group)),
        "rules": rules, "sheet": group_queries.newest_sheet(by.group),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "consultation/group_invitations.html", context, status=status)


@require_http_methods(_BOTH)
def codes(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Show codes that were made just now, until they are written down."""
    by = group_policies.check_facilitator(request.user, group)
    if request.method == "POST":
        request.session.pop(_SLOT.format(group), None)
        return redirect("consultation:group_invitations", group)
    context = {"group": by.group, "codes": request.session.get(_SLOT.format(group), [])}
    return render(request, "consultation/group_codes.html", context)


@require_http_methods(_BOTH)
def invitation(request: HttpRequest, group: uuid.UUID, invited: uuid.UUID) -> HttpResponse:
    """Show one invitation; answer what was asked."""
    by = group_policies.check_facilitator(request.user, group)
    row = group_queries.invitation(by.group, invited)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.reply(by, row, form.cleaned_data["reply"])
        messages.success(request, "They read it when they come back with their invitation.")
        return redirect("consultation:group_invitations", group)
    context = {"form": form, "group": by.group, "row": row, "rules": rules}
    status = 422 if form.is_bound else 200
    return render(request, "consultation/group_invitation.html", context, status=status)


@require_POST
def cancel(request: HttpRequest, group: uuid.UUID, invited: uuid.UUID) -> HttpResponse:
    """Take an invitation back."""
    by = group_policies.check_facilitator(request.user, group)
    actions.cancel(by, group_queries.invitation(by.group, invited))
    messages.success(request, "The invitation opens nothing any more.")
    return redirect("consultation:group_invitations", group)
