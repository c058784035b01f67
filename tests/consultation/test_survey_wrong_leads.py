"""In a survey, what went wrong leads to a box that is on the page."""

import re

import pytest

from firsthand.consultation import survey_rules as rules
from tests.consultation.test_surveys import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
WRONG = (
    {"p-i1": "many"}, {"b-0": "nothing"}, {"r-i1": "99"}, {"one": "nobody"},
    {"words": "a" * (rules.MOST_WORDS + 1)},
)  # fmt: skip


def test_every_error_of_every_kind_of_question_leads_to_a_box_of_the_page():
    world = World(rules.ORDER, rules.SETS, rules.RATE, rules.ABOUT, rules.WORDS)
    world.begin()
    for nth, sent in enumerate(WRONG, 1):
        page = world.post("who", "answer_step", nth, status=422, **sent)
        leads = re.findall(r'<a href="#([^"]+)">', page.partition("</h2>")[2])
        assert leads, nth
        for box in leads:
            assert re.search(rf'<(input|textarea)[^>]* id="{box}"', page), box
