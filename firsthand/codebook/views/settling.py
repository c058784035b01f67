"""Side by side: where coders of a source differ, settling it, and the agreed coding."""

import json
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.doer import doer_of
from firsthand.access.downloads import attachment
from firsthand.access.kept import done, status_of
from firsthand.access.refused import Refused
from firsthand.codebook import policies, queries, rules, settling
from firsthand.codebook.actions import double as actions
from firsthand.codebook.actions import passages
from firsthand.codebook.forms.double import SettleForm
from firsthand.codebook.models import Coder, Source
from firsthand.codebook.opening import text_of
from firsthand.codebook.settling import AgreedSpan, Compared
from firsthand.codebook.views.agreement import CSV, JSON
from firsthand.methods.spreadsheets import as_csv as table_csv

_NEAR = 200  # characters that are shown around a difference
COLUMNS = ("code", "start", "end", "words", "how", "choice", "reason", "settled_by")


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponse:
    """Show what each coded, differences marked. POST: read it as a third person, never to code."""
    coder, row, text = _opened(request, project, source)
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
    found = settling.compared(row, _digest(row, text))
    context = {
        "coder": coder, "project": coder.project, "source": row, "found": found,
        "coders": settling.coders_of(row), "open": sum(each.is_open for each in found),
        "agreed": settling.agreed(found), "words": text, "rules": rules,
    }  # fmt: skip
    return render(request, "codebook/compare.html", context)


def _opened(
    request: HttpRequest, project: uuid.UUID, source: uuid.UUID
) -> tuple[Coder, Source, str]:
    """Return a source with its text: where a person told it, whoever may not read it sees nothing.

    Their grant is asked again each time, for it may have ended since the source was coded.
    """
    coder = policies.check_coder(request.user, project)
    row = queries.source(coder.project, source)
    return coder, row, text_of(doer_of(request), row)


def _digest(row: Source, text: str) -> str:
    return passages.sealed_digest(text) if row.sealed else ""


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
    coder, row, text = _opened(request, project, source)
    settling.check_settler(coder, row)
    digest = _digest(row, text)
    place = settling.place(row, queries.code(coder.project, code_id), [passage], digest)
    if place is None:
        raise Refused
    form = SettleForm(
        request.POST if request.method == "POST" else None, place=place,
        around=_around(text, place), mine=coder in [each.coder for each in place.sides],
    )  # fmt: skip
    now = {"digest": digest, "opened": text}
    if done(form, lambda: actions.settle(coder, row, place.code, form.wanted, **now)):
        messages.success(request, "Settled. What each coded stays as it is.")
        return redirect("codebook:compare", project, source)
    context = {
        "project": coder.project, "source": row, "place": place, "form": form, "rules": rules,
        "words": text, "near": _near(text, place),
    }  # fmt: skip
    return render(request, "codebook/settle.html", context, status=status_of(form))


def _around(text: str, place: Compared) -> tuple[int, str]:
    begins = max(place.start - _NEAR, 0)
    return begins, text[begins : place.end + _NEAR]


def _near(text: str, place: Compared) -> tuple[str, str, str]:
    """Return the words of a difference, with what stands before and behind."""
    before = text[max(place.start - _NEAR, 0) : place.start]
    return before, text[place.start : place.end], text[place.end : place.end + _NEAR]


@require_POST
def undo(request: HttpRequest, project: uuid.UUID, settlement: uuid.UUID) -> HttpResponse:
    """Take a settlement back."""
    coder = policies.check_coder(request.user, project)
    row = actions.settlement(coder, settlement)
    text_of(doer_of(request), row.source)
    actions.undo(coder, row)
    messages.success(request, "Taken back. The difference is open again.")
    return redirect("codebook:compare", project, row.source_id)


@require_safe
def agreed_file(
    request: HttpRequest, project: uuid.UUID, source: uuid.UUID, form: str
) -> HttpResponse:
    """Give the agreed coding of a source as CSV or JSON; of what a person told us, no file."""
    coder = policies.check_coder(request.user, project)
    row = queries.source(coder.project, source)
    if row.sealed:
        raise Refused
    settling.check_settler(coder, row)
    rows = [_plain(row, each) for each in settling.agreed(settling.compared(row))]
    name = f"agreed-coding-{row.number}.{'json' if form == 'json' else 'csv'}"
    if form == "json":
        said = [dict(zip(COLUMNS, each, strict=True)) for each in rows]
        return attachment(json.dumps(said, ensure_ascii=False, indent=2), name, JSON)
    return attachment(table_csv([COLUMNS, *rows]), name, CSV)


def _plain(row: Source, each: AgreedSpan) -> tuple[str | int, ...]:
    settled = each.settled
    told = (settled.choice, settled.reason, settled.by.user.name) if settled else ("", "", "")
    return (each.code.name, each.start, each.end, row.text[each.start : each.end], each.how, *told)
