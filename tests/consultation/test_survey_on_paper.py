"""What people are told before they answer on paper."""

import pytest
from django.template.loader import render_to_string

from firsthand.consultation import survey_rules as rules
from tests.consultation.test_surveys import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


def test_whoever_answers_on_paper_is_told_that_it_is_read_and_cannot_be_taken_back():
    context = {"survey": World().survey, "steps": [], "rules": rules}
    told = render_to_string("consultation/survey_paper.html", context)
    assert "reads this paper and types it in" in told
    assert "Once you have handed it in, you cannot take it back" in told
