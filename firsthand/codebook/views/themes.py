"""Themes and findings: the pages, their downloads, and the themes of 2023 as an example."""

import json
import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firsthand.access.downloads import attachment
from firsthand.access.refused import Refused
from firsthand.codebook import example_themes, policies, queries, rules, theming
from firsthand.codebook.actions import themes as actions
from firsthand.codebook.forms.themes import FindingForm, MapForm, ThemeForm
from firsthand.codebook.models import Coder, Finding, Theme
from firsthand.codebook.views.agreement import CSV, JSON
from firsthand.harms import queries as harms
from firsthand.methods.spreadsheets import as_csv as table_csv

_BOTH = ["GET", "HEAD", "POST"]
_PER_PAGE = 100
COLUMNS = ("theme", "part_of", "kind", "study", "passages", "sources")


@require_safe
def example(request: HttpRequest) -> HttpResponse:
    """Show the six themes of 2023, their findings, papers and what they are mapped to."""
    told = example_themes.themes_2023()
    version = harms.version(told.model)
    entries = {each.code: each for each in version.entries.all()} if version else {}
    return render(request, "codebook/example_themes.html", {"told": told, "entries": entries})


@require_safe
def listing(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Show the themes, what stands beneath each, and the table by kind of source and study."""
    coder = policies.check_coder(request.user, project)
    lines, cells = theming.table(coder)
    found = theming.findings(coder.project)
    context = {
        "project": coder.project, "lines": lines, "cells": cells,
        "left": sum(stands == theming.OPEN for _, stands, _ in found), "findings": len(found),
        "gone": coder.project.themes.exclude(removed_on=None),
    }  # fmt: skip
    return render(request, "codebook/themes.html", context)


@require_POST
def begin(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Take the themes of 2023 as a beginning."""
    made = actions.begin_with_2023(policies.check_coder(request.user, project))
    messages.success(request, f"{len(made)} themes are here, with their findings and papers.")
    return redirect("codebook:themes", project)


@require_http_methods(_BOTH)
def add(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Make a theme."""
    coder = policies.check_coder(request.user, project)
    form = ThemeForm(_posted(request), **_offered(coder))
    if form.is_valid():
        actions.add(coder, form.wanted)
        messages.success(request, "The theme is made.")
        return redirect("codebook:themes", project)
    context = {"project": coder.project, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "codebook/theme_add.html", context, status=status)


@require_http_methods(_BOTH)
def theme(request: HttpRequest, project: uuid.UUID, theme: uuid.UUID) -> HttpResponse:
    """Show a theme, what it is mapped to, its findings; change it."""
    coder, row = _theme(request, project, theme)
    offered = _offered(coder, row)
    posted = _posted(request)
    form = ThemeForm(posted, **offered) if posted is not None else ThemeForm.of(row, **offered)
    if form.is_valid():
        actions.change(coder, row, form.wanted)
        messages.success(request, "The theme is changed.")
        return redirect("codebook:theme", project, theme)
    return _themed(request, coder, row, form=form)


@require_http_methods(_BOTH)
def map_(request: HttpRequest, project: uuid.UUID, theme: uuid.UUID) -> HttpResponse:
    """Say which line of the model a theme has to do with, and who says so."""
    coder, row = _theme(request, project, theme)
    form = MapForm(_posted(request), entries=theming.entries(coder.project), by=coder)
    if form.is_valid():
        said = form.cleaned_data
        actions.map_to(coder, row, form.chosen("entry")[0], said["says_who"], said["why"])
        messages.success(request, "That is kept, with who says so.")
        return redirect("codebook:theme", project, theme)
    context = {"project": coder.project, "theme": row, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "codebook/theme_map.html", context, status=status)


@require_POST
def unmap(
    request: HttpRequest, project: uuid.UUID, theme: uuid.UUID, mapping: uuid.UUID
) -> HttpResponse:
    """Take a mapping away."""
    coder, row = _theme(request, project, theme)
    actions.unmap(coder, actions.mapping(coder, row, mapping))
    messages.success(request, "That is taken away. The history keeps it.")
    return redirect("codebook:theme", project, theme)


@require_POST
def away(request: HttpRequest, project: uuid.UUID, theme: uuid.UUID) -> HttpResponse:
    """Take a theme away."""
    coder, row = _theme(request, project, theme)
    actions.take_away(coder, row)
    messages.success(request, f"\u201c{row.name}\u201d is taken away. You can put it back below.")
    return redirect("codebook:themes", project)


@require_POST
def back(request: HttpRequest, project: uuid.UUID, theme: uuid.UUID) -> HttpResponse:
    """Put a theme back."""
    coder, row = _theme(request, project, theme)
    actions.put_back(coder, row)
    messages.success(request, f"\u201c{row.name}\u201d is back.")
    return redirect("codebook:themes", project)


@require_safe
def passages(request: HttpRequest, project: uuid.UUID, theme: uuid.UUID) -> HttpResponse:
    """Show the passages beneath a theme, of one kind of source and one study or of all."""
    coder, row = _theme(request, project, theme)
    kind, study = request.GET.get("kind"), request.GET.get("study")
    if kind is not None and kind not in rules.KINDS:
        raise Refused
    study = study.replace("\0", "") if study else study  # PostgreSQL holds none
    rows = theming.passages(coder, row, kind, study)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    only = [rules.KINDS[kind]] if kind else []
    only += [study or theming.NO_STUDY] if study is not None else []
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "project": coder.project, "theme": row, "page": page, "only": ", ".join(only),
        "base": f"?{asked.urlencode()}&page=" if asked else "?page=", "rules": rules,
    }  # fmt: skip
    return render(request, "codebook/theme_passages.html", context)


@require_safe
def themes_file(request: HttpRequest, project: uuid.UUID, form: str) -> HttpResponse:
    """Give the table of themes as CSV, or all of it as JSON."""
    coder = policies.check_coder(request.user, project)
    if form == "json":
        said = json.dumps(theming.as_plain(coder), ensure_ascii=False, indent=2)
        return attachment(said, "themes.json", JSON)
    return attachment(as_csv(coder), "themes.csv", CSV)


def as_csv(coder: Coder) -> str:
    """Write how many passages of each theme come from which kind of source and study."""
    rows: list[Sequence[object]] = [COLUMNS]
    for each in theming.table(coder, leaves=True)[1]:
        above = each.theme.parent.name if each.theme.parent else ""
        words = (each.theme.name, above, each.kind_words, each.study)
        rows.append((*words, each.passages, each.sources))
    return table_csv(rows)


# -- findings ------------------------------------------------------------------------------------


@require_safe
def findings(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Show the list to check again: is every finding in a theme, or set aside with a reason?"""
    coder = policies.check_coder(request.user, project)
    found = theming.findings(coder.project)
    context = {
        "project": coder.project, "found": found, "theming": theming,
        "left": [each for each, stands, _ in found if stands == theming.OPEN],
        "unnamed": theming.without_finding(coder),
        "gone": coder.project.findings.exclude(removed_on=None),
    }  # fmt: skip
    return render(request, "codebook/findings.html", context)


@require_http_methods(_BOTH)
def finding_add(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """Write a finding."""
    coder = policies.check_coder(request.user, project)
    form = FindingForm(_posted(request), **_named(coder))
    if form.is_valid():
        actions.add_finding(coder, form.wanted)
        messages.success(request, "The finding is kept.")
        return redirect("codebook:findings", project)
    return _finding_page(request, coder, form, None)


@require_http_methods(_BOTH)
def finding(request: HttpRequest, project: uuid.UUID, finding: uuid.UUID) -> HttpResponse:
    """Change a finding, place it in themes, or set it aside with a reason."""
    coder = policies.check_coder(request.user, project)
    row = theming.finding(coder.project, finding)
    posted, named = _posted(request), _named(coder)
    form = FindingForm(posted, **named) if posted is not None else FindingForm.of(row, **named)
    if form.is_valid():
        actions.change_finding(coder, row, form.wanted)
        messages.success(request, "The finding is changed.")
        return redirect("codebook:findings", project)
    return _finding_page(request, coder, form, row)


@require_POST
def finding_away(request: HttpRequest, project: uuid.UUID, finding: uuid.UUID) -> HttpResponse:
    """Take a finding off the list."""
    coder = policies.check_coder(request.user, project)
    actions.finding_away(coder, theming.finding(coder.project, finding))
    messages.success(request, "The finding is off the list. You can put it back below.")
    return redirect("codebook:findings", project)


@require_POST
def finding_back(request: HttpRequest, project: uuid.UUID, finding: uuid.UUID) -> HttpResponse:
    """Put a finding back on the list."""
    coder = policies.check_coder(request.user, project)
    actions.finding_away(coder, theming.finding(coder.project, finding), back=True)
    messages.success(request, "The finding is back.")
    return redirect("codebook:findings", project)


# -- within these -------------------------------------------------------------------------------


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _theme(request: HttpRequest, project: uuid.UUID, theme: uuid.UUID) -> tuple[Coder, Theme]:
    coder = policies.check_coder(request.user, project)
    return coder, theming.theme(coder.project, theme)


def _offered(coder: Coder, theme: Theme | None = None) -> dict[str, Any]:
    """Return what a theme may stand below, and the codes it may have."""
    rows = list(theming.themes(coder.project))
    below = theming.under(rows).get(theme.id, [theme]) if theme else []
    return {
        "themes": [each for each in rows if each not in below],
        "codes": queries.tree(coder.project),
    }


def _named(coder: Coder) -> dict[str, Any]:
    project = coder.project
    return {
        "themes": [each for _, each in theming.tree(theming.themes(project))],
        "records": list(theming.included(coder)),
    }


def _themed(request: HttpRequest, coder: Coder, row: Theme, form: ThemeForm) -> HttpResponse:
    lines, cells = theming.table(coder)
    context = {
        "project": coder.project, "theme": row, "form": form,
        "line": next((each for each in lines if each.theme == row), None),
        "cells": [each for each in cells if each.theme == row],
        "mappings": row.mappings.select_related("entry", "by__user"),
        "findings": row.findings.filter(removed_on=None).prefetch_related("papers"),
    }  # fmt: skip
    return render(request, "codebook/theme.html", context, status=422 if form.is_bound else 200)


def _finding_page(
    request: HttpRequest, coder: Coder, form: FindingForm, row: Finding | None
) -> HttpResponse:
    context = {"project": coder.project, "form": form, "finding": row}
    status = 422 if form.is_bound else 200
    return render(request, "codebook/finding.html", context, status=status)
