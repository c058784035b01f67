"""The checklist fills in charting by itself: items 10 and 11 by the form, 15 and 17 by charts."""

import pytest

from firsthand.evidence import checklist
from firsthand.evidence.checklist_items import BY_NUMBER
from tests.evidence import charting_kit
from tests.evidence.test_pages import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


def held(review):
    return {
        number: [(each.words, each.page) for each in checklist.line(review, BY_NUMBER[number]).held]
        for number in (10, 11, 15, 17)
    }


def test_charting_is_filled_in_once_it_is_there_and_not_before():
    world = World()
    ada = world.ada
    studies = charting_kit.placed(ada, 2)
    assert not any(held(ada.review).values())
    charting_kit.form(ada)
    said = held(ada.review)
    assert said[10] == [("The charting form, version 1; every version is kept (1).", "chart_form")]
    assert said[11][0][0].startswith("6 fields: Methods, Participants")
    assert not said[15]
    assert not said[17]
    charting_kit.chart(ada, studies[0], finish=False)
    assert not held(ada.review)[15]  # what is not finished is blind
    charting_kit.chart(ada, studies[0])
    said = held(ada.review)
    assert said[15][0] == (
        "1 of 2 studies charted; the table has the characteristics of each.", "characteristics"
    )  # fmt: skip
    assert said[17][0][1] == "chart_table"
    shown = world.get("Ada", "checklist")
    assert "1 of 2 studies charted" in shown
    assert "Methods, Participants" in shown
