"""Best-worst sets one a page: nothing lost by going back, twice, away, or to all on one page."""

import re

import pytest
from django.test import Client

from firsthand.consultation import survey_queries
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.models import Answer
from tests.consultation import survey_kit as kit
from tests.consultation.test_surveys import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world() -> World:
    world = World(rules.SETS, rules.RATE, layout=rules.EASY)
    world.code = world.begin()
    return world


def sets_of(world: World) -> list[list[str]]:
    return survey_queries.sets_for(kit.asked(world.by, rules.SETS), Answer.objects.get())


def pick(world: World, at: int, status: int = 302, **more: str) -> str:
    """Choose the first of a set as most, its second as least."""
    shown = sets_of(world)[at - 1]
    sent = {f"b-{at - 1}": shown[0], f"w-{at - 1}": shown[1], "set": str(at)}
    return world.post("who", "answer_set", 1, at, status=status, **sent | more)


def checked(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="([bw]-\d)"[^>]*value="(\w+)" checked', page))


def test_in_easy_read_one_set_comes_after_the_other_and_all_of_them_are_sent(world):
    at = world.browsers["who"].get(world.at("answer_step", 1))["Location"]
    assert at.endswith("/question/1/set/1/")
    many = len(sets_of(world))
    page = world.get("who", "answer_set", 1, 1)
    assert f"Group 1 of {many}." in page
    assert "Group 2 of" not in page
    for n in range(1, many):
        assert pick(world, n).endswith(f"/question/1/set/{n + 1}/")
    assert pick(world, many).endswith("/question/2/")
    back = world.get("who", "answer_step", 2)
    assert f'/question/1/set/{many}/"' in back
    world.post("who", "answer_check")
    said = Answer.objects.get().chosen[str(kit.asked(world.by, rules.SETS).id)]
    assert set(said) == {"sets", "picked"}
    assert said["picked"] == [each[:2] for each in said["sets"]]


def test_back_double_press_and_a_change_of_mind_lose_none_of_the_other_sets(world):
    pick(world, 1)
    pick(world, 2)
    pick(world, 2)
    shown = sets_of(world)
    sent = {"b-0": shown[0][1], "w-0": "", "set": "1"}
    world.post("who", "answer_set", 1, 1, **sent)
    assert checked(world.get("who", "answer_set", 1, 1)) == {"b-0": shown[0][1]}
    assert checked(world.get("who", "answer_set", 1, 2)) == {
        "b-1": shown[1][0], "w-1": shown[1][1]}  # fmt: skip
    page = pick(world, 3, status=422, **{"w-2": shown[2][0]})
    assert "same thing is most and least" in page
    assert len(checked(page)) == 2
    assert checked(world.get("who", "answer_set", 1, 3)) == {}
    world.get("who", "answer_set", 1, 99, status=404)
    world.get("who", "answer_set", 9, 1, status=404)


def test_whoever_comes_back_goes_on_with_the_set_after_the_last(world):
    pick(world, 1)
    world.post("who", "answer_set", 1, 2, set="2")  # passed, and nothing chosen
    world.browsers["who"] = Client()
    assert world.post("who", "answer_back", code=world.code).endswith("/question/1/set/3/")
    assert "/question/1/set/3/" in world.browsers["who"].get(world.at("answer_step", 1))["Location"]
    for n in range(3, len(sets_of(world)) + 1):
        pick(world, n)
    world.browsers["who"] = Client()
    assert world.post("who", "answer_back", code=world.code).endswith("/question/2/")
    assert "/question/1/set/1/" in world.browsers["who"].get(world.at("answer_step", 1))["Location"]


def test_a_set_typed_when_the_sitting_had_ended_is_kept_and_no_other_goes(world):
    pick(world, 1)
    pick(world, 2)
    shown = sets_of(world)
    world.browsers["who"] = Client()
    page = pick(world, 1, status=422, **{"b-0": shown[0][2]})
    assert f'name="kept-b-0" value="{shown[0][2]}"' in page
    carried = {"kept-b-0": shown[0][2], "kept-w-0": shown[0][1], "kept-set": "1", "step": "1"}
    assert world.post("who", "answer_back", code=world.code, **carried).endswith("/set/2/")
    assert checked(world.get("who", "answer_set", 1, 1))["b-0"] == shown[0][2]
    assert len(checked(world.get("who", "answer_set", 1, 2))) == 2


def test_all_on_one_page_and_one_at_a_time_are_a_choice_that_keeps_what_is_there(world):
    assert pick(world, 1, way=rules.ALL_SETS).endswith("/question/1/")
    page = world.get("who", "answer_step", 1)
    assert len(checked(page)) == 2
    assert "Group 2 of" in page
    assert world.browsers["who"].get(world.at("answer_set", 1, 2))["Location"].endswith("/1/")
    shown = sets_of(world)
    sent = {"b-0": shown[0][0], "b-1": shown[1][0]}
    world.post("who", "answer_step", 1, **sent, way=rules.ONE_SET)
    assert len(checked(world.get("who", "answer_set", 1, 2))) == 1
    assert pick(world, 3, leave="1").endswith("/question/2/")  # had enough of them
    assert len(checked(world.get("who", "answer_set", 1, 3))) == 2


def test_as_usual_all_sets_stand_on_one_page_until_someone_chooses_otherwise():
    world = World(rules.SETS)
    world.begin()
    page = world.get("who", "answer_step", 1)
    assert "Group 2 of" in page
    assert "Show one group at a time" in page
    assert world.post("who", "answer_step", 1, way="strange").endswith("/check/")


def test_own_words_beside_sets_are_asked_for_once_at_the_end_and_not_lost_before():
    world = World(layout=rules.EASY)
    world.by = kit.survey(world.ada.user, layout=rules.EASY, opened=False)
    world.survey = world.by.survey
    kit.surveys.ask(world.by, kit.question(rules.SETS, additions=True))
    kit.surveys.put(world.by, rules.OPEN)
    world.survey.refresh_from_db()
    world.begin()
    many = len(sets_of(world))
    world.browsers["who"].get(world.at("answer_step", 2))
    assert "in your own words" not in world.get("who", "answer_set", 2, 1)
    shown = sets_of_last(world)
    world.post("who", "answer_set", 2, many, **{f"b-{many - 1}": shown[0], "words": "Foxes too"})
    world.post("who", "answer_set", 2, 1, **{"b-0": ""})
    assert "Foxes too" in world.get("who", "answer_set", 2, many)


def sets_of_last(world: World) -> list[str]:
    return sets_of(world)[-1]


def test_who_has_answered_nothing_yet_begins_at_the_first_and_who_has_sent_is_thanked(world):
    assert "Your code" in world.get("who", "answer_back")
    world.browsers["who"] = Client()
    assert world.post("who", "answer_back", code=world.code).endswith("/question/1/")
    assert world.post("who", "answer_set", 1, 1, set="1").endswith("/question/1/set/2/")
    world.post("who", "answer_check")
    assert world.browsers["who"].get(world.at("answer_set", 1, 2))["Location"].endswith("/done/")
    world.browsers["who"] = Client()
    assert world.post("who", "answer_back", code=world.code).endswith("/done/")


def test_back_from_the_check_page_leads_to_the_last_page_before_it():
    world = World(rules.SETS, layout=rules.EASY)
    world.begin()
    assert f'/question/1/set/{len(sets_of(world))}/"' in world.get("who", "answer_check")


def test_sets_that_were_drawn_otherwise_begin_anew():
    said = {"sets": [["a", "b"]], "picked": [["a", "b"]], "passed": 1}
    found = rules.with_set(said, [["a", "c"], ["b", "c"]], 1, ["b", ""])
    assert found["picked"] == [["", ""], ["b", ""]]
    assert rules.whole(found) == {"sets": [["a", "c"], ["b", "c"]], "picked": found["picked"]}
