"""The scoping review of 2023 as the worked example: what a finished review looks like here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firsthand.evidence.drawing import as_svg
from firsthand.evidence.example import review_2023
from firsthand.evidence.example_charting import form_of, studies_of
from firsthand.methods.charting.choosing import askable
from firsthand.methods.charting.gaps import counted, sentences
from firsthand.methods.charting.mapping import crossed
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
def charting(request: HttpRequest) -> HttpResponse:
    """Show its table of studies as a charting form, what was counted with it, and a map."""
    table_ = review_2023().studies
    form, studies = form_of(table_), studies_of(table_)
    found = counted(form, studies)
    known = askable(form)
    crossing = [known["topic"], known["kind-of-study"]]
    context = {
        "example": review_2023(), "fields": form, "counted": found, "all": len(studies),
        "sentences": sentences(found, so_far=False), "map": crossed(crossing, studies),
        "crossing": [field for field, _ in crossing],
    }  # fmt: skip
    return render(request, "evidence/example_charting.html", context)


@require_safe
def picture(request: HttpRequest, narrow: bool = False) -> HttpResponse:
    """Draw its flow as SVG."""
    found = review_2023()
    return HttpResponse(as_svg(found.flow, found.title, narrow=narrow), "image/svg+xml")
