"""Comments on the draft, for the editors: list, filter, answer, table to take away."""

import uuid
from collections.abc import Iterator, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.access.downloads import attachment
from firsthand.access.kept import done
from firsthand.consultation import group_policies, group_queries, rules
from firsthand.consultation.actions import commenting as actions
from firsthand.consultation.forms.taking_part import DoneForm
from firsthand.consultation.models import Group
from firsthand.methods.spreadsheets import as_csv

_BOTH = ["GET", "HEAD", "POST"]
_STATES = {"": "All", "open": "Not answered", **rules.DONE_TAGS}


@require_safe
def comments(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """List the comments, those that wait first to be seen; filter by kind, entry and state."""
    by = group_policies.check_facilitator(request.user, group)
    asked = {name: request.GET.get(name, "") for name in ("kind", "entry", "state")}
    want = {name: said.replace("\x00", "?")[:20] for name, said in asked.items()}
    rows = list(group_queries.filtered(group_queries.comments(by.group), want))
    context = {
        "group": by.group, "rows": rows, "want": want, "states": _STATES, "rules": rules,
        "progress": group_queries.progress(by.group), "draft": group_queries.draft(by.group),
    }  # fmt: skip
    return render(request, "consultation/group_comments.html", context)


@require_http_methods(_BOTH)
def comment(request: HttpRequest, group: uuid.UUID, comment: uuid.UUID) -> HttpResponse:
    """Show one comment; say what was done with it, and why."""
    by = group_policies.check_facilitator(request.user, group)
    row = group_queries.comment(by.group, comment)
    form = DoneForm(request.POST if request.method == "POST" else None)

    def answer() -> None:
        given = form.cleaned_data
        actions.answer(by, row, given["done"], given["why"], given["seen"])

    if done(form, answer):
        messages.success(request, "Your answer is there for the members to read.")
        return redirect("consultation:group_comments", group)
    row = group_queries.comment(by.group, comment)  # with what a colleague answered meanwhile
    form.look(max((each.place for each in row.replies.all()), default=0))
    context = {"form": form, "group": by.group, "row": row, "rules": rules}
    status = 422 if form.is_bound else 200
    return render(request, "consultation/group_comment.html", context, status=status)


@require_safe
def table(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Give the comments as a table, with nobody's name: neither of members nor of editors."""
    by = group_policies.check_facilitator(request.user, group)
    return attachment(as_csv(_rows(by.group)), "comments.csv", "text/csv; charset=utf-8")


def _rows(group: Group) -> Iterator[Sequence[object]]:
    yield "Number", "Entry", "Said of", "Kind", "Comment", "Month", "Done", "Why"
    for row in group_queries.comments(group).filter(taken_back_on=None):
        last = next(iter(row.replies.all()), None)
        done = (rules.DONE_TAGS[last.done], last.why) if last else ("", "")
        kind = rules.COMMENT_TAGS[row.kind]
        yield row.number, row.entry, row.said_of, kind, row.text, f"{row.on:%Y-%m}", *done
