"""What studies reported and what none did; the evidence and gap map; characteristics of studies."""

import math
import uuid
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firsthand.access.downloads import attachment
from firsthand.evidence import charts, tabling
from firsthand.evidence.models import Review
from firsthand.evidence.views.chart_table import CSV
from firsthand.evidence.views.entering import enter
from firsthand.methods.charting import gaps as counting
from firsthand.methods.charting.choosing import Question, askable
from firsthand.methods.charting.mapping import Map, crossed
from firsthand.methods.charting.values import WITH_CHOICES, Form

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_AXES = ("down", "across", "by")


@require_safe
def gaps(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Say of each choice how many studies reported it, and what none did."""
    member = enter(request, review)
    form, studies = charts.studies_of(member.review)
    found = counting.counted(form, studies)
    context = {
        "review": member.review, "counted": found, "all": len(studies),
        "sentences": counting.sentences(found), "form_": form,
    }  # fmt: skip
    return render(request, "evidence/gaps.html", context)


@require_safe
def gaps_file(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Give the counts as CSV."""
    member = enter(request, review)
    form, studies = charts.studies_of(member.review)
    rows = tabling.counts(counting.counted(form, studies))
    return attachment(tabling.as_csv(rows), "gaps.csv", CSV)


# -- the map --------------------------------------------------------------------------------------


def could_cross(form: Form) -> dict[str, Question]:
    """Return the fields with choices, by key."""
    return {key: each for key, each in askable(form).items() if each[0].kind in WITH_CHOICES}


def axes_of(form: Form, sent: QueryDict) -> list[str]:
    """Return the two or three fields that are crossed: those asked for, else the first two."""
    known = could_cross(form)
    asked = [sent.get(each, "") for each in _AXES]
    first = asked[0] if asked[0] in known else next(iter(known), "")
    rest = (each for each in known if each != first)
    second = asked[1] if asked[1] in known and asked[1] != first else next(rest, "")
    third = asked[2] if asked[2] in known and asked[2] not in (first, second) else ""
    return [each for each in (first, second, third) if each]


@require_safe
def map_(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Show how many studies there are where choices cross."""
    member = enter(request, review)
    form, studies = charts.studies_of(member.review)
    known, axes = could_cross(form), axes_of(form, request.GET)
    found = crossed([known[each] for each in axes], studies) if len(axes) > 1 else None
    context = {
        "review": member.review, "known": known, "axes": axes, "map": found,
        "fields": [known[each][0] for each in axes], "query": _query(axes),
        "cells": _cells(found, axes) if found else [], "all": len(studies),
    }  # fmt: skip
    return render(request, "evidence/map.html", context)


@require_safe
def map_file(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Give the map as CSV, one row a cell."""
    member = enter(request, review)
    form, studies = charts.studies_of(member.review)
    known, axes = could_cross(form), axes_of(form, request.GET)
    asks = [known[each] for each in axes]
    return attachment(tabling.as_csv(tabling.cells(asks, crossed(asks, studies))), "map.csv", CSV)


def _query(axes: list[str]) -> str:
    return urlencode(list(zip(_AXES, axes, strict=False)))


def _cells(found: Map, axes: list[str]) -> list[tuple[object, list[dict[str, object]]]]:
    """Return the rows of the map, each cell with its number, its bubble and its address."""
    return [
        (row, [_cell(found, axes, row.key, column.key) for column in found.axes[1]])
        for row in found.axes[0]
    ]


def _cell(found: Map, axes: list[str], row: str, column: str) -> dict[str, object]:
    studies = found.studies(row, column)
    layers = found.axes[2] if len(found.axes) > 2 else ()
    by = [(each.label, len(found.studies(row, column, each.key))) for each in layers]
    return {
        "many": len(studies), "by": [each for each in by if each[1]],
        "radius": round(3 + 14 * math.sqrt(len(studies) / max(found.most, 1)), 1),
        "query": urlencode({axes[0]: row, axes[1]: column}),
    }  # fmt: skip


# -- characteristics of included studies ----------------------------------------------------------


@require_safe
def characteristics(request: HttpRequest, review: uuid.UUID) -> HttpResponse:
    """Show the table of included studies as reports of reviews have it."""
    member = enter(request, review)
    rows = tabling.characteristics(member.review)
    context = {"review": member.review, "columns": rows[0], "rows": rows[1:]}
    return render(request, "evidence/characteristics.html", context)


@require_safe
def characteristics_file(request: HttpRequest, review: uuid.UUID, kind: str) -> HttpResponse:
    """Give the table as Word or CSV."""
    member = enter(request, review)
    rows = tabling.characteristics(member.review)
    if kind == "docx":
        return attachment(_document(member.review, rows), "characteristics.docx", DOCX)
    return attachment(tabling.as_csv(rows), "characteristics.csv", CSV)


def _document(review: Review, rows: list[list[str]]) -> bytes:
    return tabling.as_docx(f"Characteristics of included studies: {review.title}", rows)
