"""The survey on paper: a PDF in large letters, with boxes for numbers and crosses."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from firsthand.consultation import survey_queries as queries
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.models import Question, Survey


def paper_form(request: HttpRequest, survey: Survey) -> bytes:
    """Return the form as PDF/UA."""
    from weasyprint import HTML  # slow to load

    steps = [_step(row) for row in survey.questions.all()]
    context = {"survey": survey, "steps": steps, "rules": rules}
    html = render_to_string("consultation/survey_paper.html", context, request)
    return bytes(HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"))


def _step(row: Question) -> dict[str, Any]:
    sets = queries.sets_for(row, None) if row.kind == rules.SETS else []
    return {"question": row, "sets": [[row.labels[key] for key in one] for one in sets]}
