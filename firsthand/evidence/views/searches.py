"""Search runs, the files under each, and a record as it came."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from firsthand.evidence import (
    duplicates,
    labels,
    policies,
    queries,
    rules,
    screening,
    showing,
    strategies,
)
from firsthand.evidence.actions import importing
from firsthand.evidence.actions import screening as seeing
from firsthand.evidence.actions import searches as actions
from firsthand.evidence.forms.searching import FilesForm, SearchForm
from firsthand.evidence.models import LabelOn, Member, Review, Screening, SearchRun, Strategy
from firsthand.evidence.uploads import OnDisk
from firsthand.methods.typed import whole

_BOTH = ["GET", "HEAD", "POST"]


@require_safe
def listing(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """List the searches: what each said it found, and how many records of it are here."""
    member = policies.check_member(request.user, review)
    context = {"review": member.review, "searches": queries.searches(member.review)}
    return render(request, "evidence/searches.html", context)


@require_http_methods(_BOTH)
def add(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Write a search run down: by itself, or made from a version of the built search."""
    member = policies.check_member(request.user, review)
    built = _built(request, member.review)
    said = strategies.run_of(built, request.GET.get("platform", "")) if built else None
    form = SearchForm(request.POST if request.method == "POST" else None, initial=said)
    if form.is_valid():
        run = actions.add(member, {**form.cleaned_data, "strategy": built})
        messages.success(request, "The search is written down. Add the files it gave you.")
        return redirect("evidence:search", review, run.id)
    context = {"form": form, "review": member.review, "run": None, "built": built}
    return render(
        request, "evidence/search_add.html", context, status=422 if form.is_bound else 200
    )


def _built(request: HttpRequest, review: Review) -> Strategy | None:
    """Return the version of the built search that the address names, if it names one."""
    number = whole(request.GET.get("version", ""), None)
    return None if number is None else strategies.version(review, number)


@require_http_methods(_BOTH)
def change(request: HttpRequest, review: uuid.UUID, run: uuid.UUID) -> HttpResponse:
    """Mend what was written down of a search."""
    member = policies.check_member(request.user, review)
    row = queries.search(member.review, run)
    form = SearchForm(request.POST) if request.method == "POST" else SearchForm.of(row)
    if form.is_valid():
        actions.change(member, row, form.cleaned_data)
        messages.success(request, "The search is saved. The history keeps how it was before.")
        return redirect("evidence:search", review, run)
    context = {"form": form, "review": member.review, "run": row, "built": None}
    return render(
        request, "evidence/search_add.html", context, status=422 if form.is_bound else 200
    )


@csrf_exempt  # asked for in `_search`, once it is known who is sending, and how it is taken in
@require_http_methods(_BOTH)
def search(request: HttpRequest, review: uuid.UUID, run: uuid.UUID) -> HttpResponse:
    """Show one search with its files; take more files, large ones too, from a member alone."""
    member = policies.check_member(request.user, review)
    row = queries.search(member.review, run)
    taking = OnDisk(request)
    request.upload_handlers = [taking]
    return _search(request, member, row, taking)


@csrf_protect
def _search(request: HttpRequest, member: Member, row: SearchRun, taking: OnDisk) -> HttpResponse:
    posted = request.method == "POST"
    form = FilesForm(request.POST, request.FILES) if posted else FilesForm()
    if posted and not taking.is_whole:
        form.add_error("files", "Not all of it arrived: the line broke off. Please send it again.")
    if form.is_valid():
        _say(request, importing.take(member, row, form.cleaned_data["files"]))
        return redirect("evidence:search", member.review_id, row.id)
    files = list(queries.files(row))
    context = {
        "review": member.review,
        "run": row,
        "form": form,
        "files": files,
        "waiting": any(each.stage in rules.UNFINISHED for each in files),
        "rules": rules,
    }
    return render(request, "evidence/search.html", context, status=422 if form.is_bound else 200)


def _say(request: HttpRequest, taken: importing.Taken) -> None:
    if taken.new:
        many = len(taken.new)
        said = "One file is" if many == 1 else f"{many} files are"
        messages.success(request, f"{said} being read. You can go on with something else.")
    for name, before in taken.again:
        messages.warning(
            request,
            f"{name} is here already, as {before.name} under search {before.run.number}. "
            "Nothing was imported again.",
        )


@require_safe
def record(request: HttpRequest, review: uuid.UUID, record: uuid.UUID) -> HttpResponse:
    """Show a record, every field as it came, and what was decided where all have."""
    member = policies.check_member(request.user, review)
    row = queries.record(member.review, record)
    mates = duplicates.mates(row)
    standings = Screening.objects.filter(record__in=[row, *(each.record for each in mates)])
    opened = list(screening.opened(standings))
    seeing.reveal(member, opened)
    on: dict[uuid.UUID, list[LabelOn]] = {}
    for each in labels.seen_by(member).filter(screening__in=opened):
        on.setdefault(each.screening_id, []).append(each)
    context = {
        "labels": on, "member": member, "review": member.review, "record": row,
        "opened": opened, "rules": rules, "mates": mates,
        "fields": showing.fields(row), "around": duplicates.around(row),
    }  # fmt: skip
    return render(request, "evidence/record.html", context)
