"""A member's pages of the draft: what it says, what is said of it, what became of that."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.kept import done
from firsthand.consultation import group_queries
from firsthand.consultation.actions import commenting as actions
from firsthand.consultation.forms.taking_part import CommentForm, fresh_number
from firsthand.consultation.views.group_own import BOTH, own, page

GONE = (
    "This line is in the draft no longer: the editors took it out, moved it or merged it while you "
    "were writing. Your words are still here. Send them as a comment on the whole draft, and they "
    "will be read and answered."
)


@require_safe
def draft(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Show the draft entry by entry, with how many comments there are."""
    member = own(request, group)
    return page(
        request, "own_draft", member, draft=group_queries.draft(member.group, member),
        progress=group_queries.progress(member.group),
    )  # fmt: skip


@require_http_methods(BOTH)
def entry(request: HttpRequest, group: uuid.UUID, code: str = "") -> HttpResponse:
    """Show one entry, or the whole, with what was said of it and done; take a comment."""
    member = own(request, group)
    form = CommentForm(request.POST if request.method == "POST" else None)
    gone = form.is_bound and bool(code) and not group_queries.has_entry(member.group, code)
    row = group_queries.entry(member.group, code) if code and not gone else None
    if gone:
        form.add_error(None, ValidationError(GONE, code="refused"))

    def say() -> None:
        given = form.cleaned_data
        actions.say(member, code, given["kind"], given["text"], given["number"])

    if done(form, say):
        messages.success(request, "Your comment is kept. You will find the answer here.")
        return redirect("consultation:own_draft", group)
    if not form.is_bound:
        form.initial["number"] = fresh_number()
    comments = group_queries.comments(member.group).filter(entry=code)
    return page(request, "own_entry", member, form, row=row, comments=comments, code=code,
                gone=gone)  # fmt: skip


@require_POST
def back(request: HttpRequest, group: uuid.UUID, comment: uuid.UUID) -> HttpResponse:
    """Take one's own comment back."""
    member = own(request, group)
    row = group_queries.comment(member.group, comment)
    actions.take_back(member, row)
    messages.success(request, "Your comment is taken back. Its words are gone.")
    if row.entry:
        return redirect("consultation:own_entry", group, row.entry)
    return redirect("consultation:own_whole", group)
