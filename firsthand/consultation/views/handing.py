"""Putting the ranks of a survey, and counts of people's accounts, beneath a draft of the model."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from firsthand.consultation import (
    accounts_to_the_model,
    group_policies,
    ranks_to_the_model,
    survey_policies,
)
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.models import Question
from firsthand.harms.views import handing

_BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(_BOTH)
def ranks(request: HttpRequest, survey: uuid.UUID) -> HttpResponse:
    """Choose a question and a draft, look at the ranks that would be put there, put them."""
    by = survey_policies.check_surveyor(request.user, survey)
    rows = Question.objects.filter(survey=by.survey, kind=rules.ORDER).select_related("survey")
    found = {str(each.id): each for each in rows}
    return handing.page(
        request, "consultation/survey_beneath.html", {"survey": by.survey},
        lambda editor, key: ranks_to_the_model.preview(by, found[key], editor.version),
        lambda editor, key: ranks_to_the_model.survey_down(by, found[key], editor.version),
        [(key, each.text) for key, each in found.items()],
    )  # fmt: skip


@require_http_methods(_BOTH)
def accounts(request: HttpRequest, group: uuid.UUID) -> HttpResponse:
    """Choose a draft, look at the counts of accounts that would be put there, put them."""
    run = group_policies.check_facilitator(request.user, group)
    return handing.page(
        request, "consultation/group_accounts.html", {"group": run.group},
        lambda by, _: accounts_to_the_model.preview(by),
        lambda by, _: accounts_to_the_model.accounts_down(by),
    )  # fmt: skip
