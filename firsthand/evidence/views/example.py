"""The scoping review of 2023 as the worked example: what a finished review looks like here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firsthand.evidence.drawing import as_svg
from firsthand.evidence.example import review_2023
from firsthand.methods.flow import table
from firsthand.methods.flow.cells import unreported


@require_safe
def example(request: HttpRequest) -> HttpResponse:
    """Show its protocol, its flow, its studies by attribute, and what no study reported."""
    found = review_2023()
    context = {
        "example": found,
        "rows": [each.texts[2:] for each in table.rows(found.flow)],
        "unreported": unreported(found.flow),
        "attributes": [
            (f"{group}: {label}", many, which or "none")
            for group, label, many, which in found.studies.by_attribute()
        ],
        "gaps": found.studies.gaps(),
    }
    return render(request, "evidence/example.html", context)


@require_safe
def picture(request: HttpRequest, narrow: bool = False) -> HttpResponse:
    """Draw its flow as SVG."""
    found = review_2023()
    return HttpResponse(as_svg(found.flow, found.title, narrow=narrow), "image/svg+xml")
