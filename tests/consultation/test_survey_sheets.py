"""Sheets of paper typed in one after the other: none twice by mistake, the last one taken out."""

import re

import pytest

from firsthand.access.refused import Refused
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.actions import answering, surveys
from firsthand.consultation.models import Answer, SurveyTrail
from tests.consultation import survey_kit as kit
from tests.consultation.test_surveys import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world() -> World:
    return World(rules.ORDER)


def press(world: World, sheet: str, number: str = "", status: int = 302, first: str = "1") -> str:
    sent = {"sheet": sheet, "number": number or f"press {sheet}", "q1-p-i1": first}
    return world.post("Ada", "survey_enter", status=status, **sent)


def proposed(page: str) -> str:
    return re.search(r'name="sheet"[^>]*value="(\d*)"|value="(\d*)"[^>]*name="sheet"', page)[1]


def test_ten_sheets_are_typed_in_and_the_next_number_stands_there_each_time(world):
    assert proposed(world.get("Ada", "survey_enter")) == "1"
    for n in range(1, 11):
        where = press(world, str(n))
        page = world.browsers["Ada"].get(where).content.decode()
        assert f"Sheet {n} is saved. Here is the form for the next one." in page
        assert proposed(page) == str(n + 1)
    assert Answer.objects.filter(came="paper").count() == 10
    assert proposed(world.get("Ada", "survey_enter")) == "11"  # another day
    press(world, "12")
    page = world.browsers["Ada"].get(world.at("survey_enter") + "?after=10").content.decode()
    assert proposed(page) == "11"


def test_a_sheet_entered_again_is_noticed_with_nothing_typed_lost(world):
    press(world, "7")
    press(world, "7")  # the same press twice
    page = press(world, "7", "another day", status=422, first="4")
    assert "Sheet 7 is entered already" in page
    assert 'value="4"' in page
    assert "Take sheet 7 out again" in page
    assert Answer.objects.count() == 1
    assert "Write a number from 1 to 99,999" in press(world, "0", status=422)
    for typed in ("seven", "-1", "100000", "٣x"):
        assert "from 1 to" in press(world, typed, status=422)
    press(world, "", "no number")  # sheets without numbers are entered too
    press(world, "", "no number, another")
    assert Answer.objects.count() == 3


def test_a_sheet_is_taken_out_and_entered_anew_and_leaves_a_line(world):
    press(world, "3")
    where = world.post("Ada", "survey_enter", out="3")
    page = world.browsers["Ada"].get(where).content.decode()
    assert "Sheet 3 is taken out" in page
    assert proposed(page) == "3"
    world.post("Ada", "survey_enter", status=409, out="3")
    world.post("Ada", "survey_enter", status=409, out="nonsense")
    press(world, "3", "anew")
    assert list(SurveyTrail.objects.filter(did__startswith="paper").values_list("did", flat=True)
                .order_by("at")) == ["paper answer entered", "paper answer taken out",
                                     "paper answer entered"]  # fmt: skip
    assert not SurveyTrail.objects.filter(did__startswith="paper").exclude(about={}).exists()
    world.post("Eve", "survey_enter", status=404, out="3")
    surveys.put(world.by, rules.CLOSED)
    world.post("Ada", "survey_enter", status=409, out="3")
    assert Answer.objects.count() == 1


def test_what_people_sent_themselves_is_never_taken_out_as_a_sheet(world):
    row = kit.answered(world.by, {"i1": 1})
    Answer.objects.filter(id=row.id).update(id=answering._sheet(world.survey, 5))
    with pytest.raises(Refused, match="not entered"):
        answering.take_out(world.by, 5)


def test_no_number_is_proposed_where_all_are_used(world, monkeypatch):
    monkeypatch.setattr(answering, "MOST_SHEETS", 3)
    monkeypatch.setattr(answering, "_LOOKED", 2)
    press(world, "1")
    press(world, "2")
    assert answering.next_sheet(world.survey) == 0
