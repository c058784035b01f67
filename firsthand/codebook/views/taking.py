"""Taking what was coded away as files: what is in them is what the coder who asks may see."""

import uuid
from collections import Counter

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from firsthand.access.downloads import attachment, disposition
from firsthand.codebook import policies, queries, rules
from firsthand.codebook.exports import annotations, marked, table, word
from firsthand.codebook.exports.seen import Seen, every, numbers, seen

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def take_away(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """List what can be taken away."""
    coder = policies.check_coder(request.user, project)
    rows = queries.visible_passages(coder).exclude(source__kind=rules.TESTIMONY)
    context = {
        "coder": coder, "project": coder.project, "sources": queries.sources(coder.project),
        "coders": coder.project.coders.select_related("user").order_by("since", "id"),
        "numbers": numbers(coder), "longest_pdf": marked.LONGEST_PDF,
        "seen": Counter(rows.order_by().values_list("source", flat=True)),
    }  # fmt: skip
    return render(request, "codebook/take_away.html", context)


@require_safe
def passages_csv(request: HttpRequest, project: uuid.UUID) -> StreamingHttpResponse:
    """Give all passages as a table."""
    coder = policies.check_coder(request.user, project)
    answer = StreamingHttpResponse(
        table.write(every(coder)), content_type="text/csv; charset=utf-8"
    )
    name = slugify(coder.project.title)[:60] or "project"
    answer["Content-Disposition"] = disposition(f"{name}-passages.csv")
    return answer


@require_safe
def annotated(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponse:
    """Give a source's passages as web annotations."""
    found = _seen(request, project, source)
    address = request.build_absolute_uri(reverse("codebook:text", args=[project, source]))
    said = annotations.write(found, address)
    return attachment(said, f"{_stem(found)}.jsonld", annotations.KIND)


@require_safe
def html(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponse:
    """Give a source with its codes marked, as a web page."""
    found = _seen(request, project, source)
    said = marked.write_html(found)
    return attachment(said, f"{_stem(found)}.html", "text/html; charset=utf-8")


@require_safe
def docx(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponse:
    """Give a source with its codes as comments, as a Word document."""
    found = _seen(request, project, source)
    return attachment(word.write(found), f"{_stem(found)}.docx", _WORD)


@require_safe
def pdf(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> HttpResponse:
    """Give a source with its codes marked, to print."""
    found = _seen(request, project, source)
    return attachment(marked.write_pdf(found), f"{_stem(found)}.pdf", "application/pdf")


def _seen(request: HttpRequest, project: uuid.UUID, source: uuid.UUID) -> Seen:
    coder = policies.check_coder(request.user, project)
    return seen(coder, queries.source(coder.project, source))


def _stem(found: Seen) -> str:
    title = slugify(found.source.title)[:60]
    return f"source-{found.source.number}-{title}" if title else f"source-{found.source.number}"
