"""The published figures: one page, a table and a chart for each, and how they are made."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from firsthand.access import signals
from firsthand.access.downloads import attachment
from firsthand.indicators import downloads, drawing, queries
from firsthand.indicators.promises import VERDICTS
from firsthand.indicators.queries import Figures
from firsthand.indicators.words import symbol_note

CSV = "text/csv; charset=utf-8; header=present"
PERIODS_SHOWN = 4  # on the page; the download has them all


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Every published table with its chart."""
    found = _figures(request, PERIODS_SHOWN)
    newest = [section.newest_first(PERIODS_SHOWN) for section in found.sections]
    shown = [(section, drawing.remember(section)) for section in newest]
    return render(
        request, "indicators/figures.html",
        {"figures": found, "shown": shown, "symbol_note": symbol_note(found.threshold)},
    )  # fmt: skip


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """How the figures are made, what they do not protect, in plain words."""
    found = queries.basis(timezone.localdate())
    context = {"figures": found, "symbol_note": symbol_note(found.threshold), "verdicts": VERDICTS}
    return render(request, "indicators/method.html", context)


@require_safe
@gzip_page
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """A published table as CSV, with its note."""
    found = _figures(request)
    section = found.section(slug)
    if section is None:
        raise Http404
    address = settings.FIRSTHAND_PUBLIC_URL.rstrip("/") + reverse("indicators:figures")
    text = downloads.as_csv(section, found.made_on, found.threshold, address)
    return attachment(text, f"firsthand-{slug}-{found.made_on:%Y-%m-%d}.csv", CSV)


@require_safe
@gzip_page
def chart(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """A chart as SVG, as the page asked for it; made anew where another process made the page."""
    svg = drawing.draw(digest)
    if svg is None:
        section = _figures(request, PERIODS_SHOWN).section(slug)
        svg = drawing.anew(section.newest_first(PERIODS_SHOWN)) if section else None
    if svg is None:
        raise Http404
    return HttpResponse(svg, content_type="image/svg+xml")


def _figures(request: HttpRequest, newest: int | None = None) -> Figures:
    found = queries.figures(timezone.localdate(), newest)
    if found.altered or found.left_out:
        signals.changed_outside.send(Figures, request=request)
    return found
