"""Side by side: where coders of a source differ, settling it, and the agreed coding."""

import csv
import io
import json
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.downloads import attachment
from firsthand.access.refused import Refused
from firsthand.codebook import policies, queries, rules, settling
from firsthand.codebook.actions import double as actions
from firsthand.codebook.actions import passages
from firsthand.codebook.forms.double import SettleForm
from firsthand.codebook.models import Coder, Source
from firsthand.codebook.settling import AgreedSpan, Compared
from firsthand.codebook.views.agreement import CSV, JSON
from firsthand.codebook.views.kept import done, status_of
from firsthand.methods.spreadsheets import safe

_NEAR = 200  # characters that are shown around a difference
COLUMNS = ("code", "start", "end", "words", "how", "choice", "reason", "settled_by")


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponse:
    """Show what each coded, differences marked. POST: read it as a third person, never to code."""
    coder = policies.check_coder(request.user, project)
    row = queries.source(coder.project, source)
    if request.method == "POST":
        passages.read_only(coder, row)
        return redirect("codebook:compare", project, source)
    if reason := _not_yet(coder, row):
        context = {
            "project": coder.project,
            "source": row,
            "reason": reason,
            "may_read": _may_read(coder, row),
        }
        return render(request, "codebook/compare_not_yet.html", context)
    found = settling.compared(row)
    context = {
        "coder": coder, "project": coder.project, "source": row, "found": found,
        "coders": settling.coders_of(row), "open": sum(each.is_open for each in found),
        "agreed": settling.agreed(found), "words": row.text, "rules": rules,
    }  # fmt: skip
    return render(request, "codebook/compare.html", context)


def _not_yet(coder: Coder, row: Source) -> str:
    try:
        settling.check_settler(coder, row)
    except Refused as refused:
        return refused.sentence
    return ""


def _may_read(coder: Coder, row: Source) -> bool:
    """Say whether they could choose to read and settle: both have finished, they coded nothing."""
    stand = [each.stands for each in queries.workings_that_count(row)]
    return queries.working(coder, row) is None and rules.may_settle(rules.READS, stand)


@require_http_methods(["GET", "HEAD", "POST"])
def settle(
    request: HttpRequest, project: uuid.UUID, source: uuid.UUID, code_id: uuid.UUID,
    passage: uuid.UUID,
) -> HttpResponse:  # fmt: skip
    """Settle one difference, with the reason."""
    coder = policies.check_coder(request.user, project)
    row = queries.source(coder.project, source)
    settling.check_settler(coder, row)
    place = settling.place(row, queries.code(coder.project, code_id), [passage])
    if place is None:
        raise Refused
    form = SettleForm(
        request.POST if request.method == "POST" else None, place=place, around=_around(row, place),
        mine=coder in [each.coder for each in place.sides],
    )  # fmt: skip
    if form.is_valid() and done(form, lambda: actions.settle(coder, row, place.code, form.wanted)):
        messages.success(request, "Settled. What each coded stays as it is.")
        return redirect("codebook:compare", project, source)
    context = {
        "project": coder.project, "source": row, "place": place, "form": form, "rules": rules,
        "words": row.text, "near": _near(row, place),
    }  # fmt: skip
    return render(request, "codebook/settle.html", context, status=status_of(form))


def _around(row: Source, place: Compared) -> tuple[int, str]:
    begins = max(place.start - _NEAR, 0)
    return begins, row.text[begins : place.end + _NEAR]


def _near(row: Source, place: Compared) -> tuple[str, str, str]:
    """Return the words of a difference, with what stands before and behind."""
    before = row.text[max(place.start - _NEAR, 0) : place.start]
    return before, row.text[place.start : place.end], row.text[place.end : place.end + _NEAR]


@require_POST
def undo(request: HttpRequest, project: uuid.UUID, settlement: uuid.UUID) -> HttpResponse:
    """Take a settlement back."""
    coder = policies.check_coder(request.user, project)
    row = actions.settlement(coder, settlement)
    actions.undo(coder, row)
    messages.success(request, "Taken back. The difference is open again.")
    return redirect("codebook:compare", project, row.source_id)


@require_safe
def agreed_file(
    request: HttpRequest, project: uuid.UUID, source: uuid.UUID, form: str
) -> HttpResponse:
    """Give the agreed coding of a source as CSV or JSON."""
    coder = policies.check_coder(request.user, project)
    row = queries.source(coder.project, source)
    settling.check_settler(coder, row)
    rows = [_plain(row, each) for each in settling.agreed(settling.compared(row))]
    name = f"agreed-coding-{row.number}.{'json' if form == 'json' else 'csv'}"
    if form == "json":
        said = [dict(zip(COLUMNS, each, strict=True)) for each in rows]
        return attachment(json.dumps(said, ensure_ascii=False, indent=2), name, JSON)
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(COLUMNS)
    lines.writerows([safe(it) if isinstance(it, str) else it for it in each] for each in rows)
    return attachment("\ufeff" + out.getvalue(), name, CSV)


def _plain(row: Source, each: AgreedSpan) -> tuple[str | int, ...]:
    settled = each.settled
    told = (settled.choice, settled.reason, settled.by.user.name) if settled else ("", "", "")
    return (each.code.name, each.start, each.end, row.text[each.start : each.end], each.how, *told)
