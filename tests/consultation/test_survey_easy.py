"""What people are told before they answer: in Easy Read in short sentences, on paper too."""

import re

import pytest
from django.template.loader import render_to_string

from firsthand.consultation import survey_rules as rules
from firsthand.consultation.models import Survey
from tests.consultation.test_surveys import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
SHORT = 15  # words: the longest sentence of an Easy Read page


def test_easy_read_says_the_same_in_short_sentences():
    world = World(layout=rules.EASY)
    page = world.get("who", "answer")
    lines = re.findall(r"<li>([^<]+)</li>", page.partition('<ul class="spaced">')[2])
    said = " ".join(lines[:9])
    for each in re.split(r"[.?!]\s*", said):
        assert len(each.split()) <= SHORT, each
    for promise in ("skip any", "no name", "nobody looks", "at least 10 people", "locked",
                    "come back later", "delete your answer"):  # fmt: skip
        assert promise in said
    Survey.objects.update(layout=rules.PLAIN)
    assert "put together, and only if" in world.get("who", "answer")


def test_whoever_answers_on_paper_is_told_that_it_is_read_and_cannot_be_taken_back():
    context = {"survey": World().survey, "steps": [], "rules": rules}
    told = render_to_string("consultation/survey_paper.html", context)
    assert "reads this paper and types it in" in told
    assert "cannot take it back once you have handed it in" in told
