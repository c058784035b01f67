"""What people are promised before they answer: nobody reads one person's answer, each counts once.

A file of answers, a double press, a survey closed and opened again: none of them breaks it.
"""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from firsthand.access import limits
from firsthand.access.refused import Refused
from firsthand.codebook.actions import projects
from firsthand.codebook.models import Source
from firsthand.consultation import survey_queries, survey_results
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.actions import answering, reading, surveys
from firsthand.consultation.models import Answer, Survey, SurveyTrail
from tests.consultation import survey_kit as kit
from tests.consultation.test_surveys import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world() -> World:
    return World()


def told(world: World) -> int:
    """Return how many answers the outcome of the first question is of."""
    asked = kit.asked(world.by)
    return int(json.loads(world.get_file("survey_json", asked.id))["many"])


# -- nobody reads one person's answer -------------------------------------------------------------


def test_while_it_is_open_no_look_tells_what_someone_chose_or_wrote(world):
    for _ in range(12):
        kit.answered(world.by, {"i3": 1}, "The foxglove was dug up")
        assert told(world) == 0
    page = world.get("Ada", "survey_results")
    assert "12 answers wait." in page
    assert "Chance of top 3" not in page
    world.get("Ada", "survey_chart", kit.asked(world.by).id, status=404)
    page = world.get("Ada", "survey_words")
    assert "The survey is open, so these words stay sealed" in page
    assert "foxglove" not in page
    hands = {world.survey.keyring_id: kit.keys_of(world.by, world.ada.keys)}
    with pytest.raises(Refused, match="Close the survey first"):
        reading.read_words(world.by, hands)
    assert not SurveyTrail.objects.filter(did="words read").exists()
    surveys.put(world.by, rules.CLOSED)
    assert told(world) == 12
    assert "foxglove" in world.get("Ada", "survey_words")


def test_of_too_few_people_nothing_is_told_even_when_it_is_closed(world):
    for _ in range(9):
        kit.answered(world.by, {"i3": 1}, "The foxglove was dug up")
    surveys.put(world.by, rules.CLOSED)
    assert told(world) == 0
    page = world.get("Ada", "survey_results")
    assert "9 answers are not counted." in page
    assert "Carrots" not in page
    page = world.get("Ada", "survey_words")
    assert "Fewer than 10 people" in page
    assert "foxglove" not in page
    world.post("Ada", "survey_stage", stage=rules.OPEN)  # nobody has seen a thing
    kit.answered(kit.fresh(world.by), {"i3": 1})
    surveys.put(kit.fresh(world.by), rules.CLOSED)
    assert told(world) == 10


def test_a_question_that_few_answered_tells_nothing_and_file_and_paper_hide_nobody():
    world = World(rules.ORDER, rules.RATE)
    asked, rate = kit.asked(world.by), kit.asked(world.by, rules.RATE)
    said = {str(asked.id): {"places": {"i1": 1}, "away": []}}
    rated = {str(rate.id): {"ratings": {"i1": 5}, "away": []}}
    answering.bring_in(world.by, [said] * 20, simulated=True)
    answering.enter(world.by, "p1", said | rated, {})
    for _ in range(9):
        kit.answered(world.by, {"i2": 1})
    assert told(world) == 21
    surveys.put(world.by, rules.CLOSED)
    assert told(world) == 21
    surveys.put(kit.fresh(world.by), rules.OPEN)
    kit.answered(kit.fresh(world.by), {"i2": 1})
    surveys.put(kit.fresh(world.by), rules.CLOSED)
    assert told(world) == 31
    row = Answer.objects.filter(came=rules.LINK).first()
    Answer.objects.filter(id=row.id).update(chosen=row.chosen | rated)
    found = dict(survey_results.results(kit.fresh(world.by).survey))
    assert (found[rate].many, found[asked].many) == (1, 31)  # of those who rated, the paper alone


def test_answers_from_a_file_hide_nobody_who_says_something_about_themselves():
    """Who runs it knows the file, and takes it off: two alone among twenty are two."""
    world = World(rules.ORDER, rules.ABOUT)
    asked, about = kit.asked(world.by), kit.asked(world.by, rules.ABOUT)
    said = {str(asked.id): {"places": {"i1": 1}, "away": []}, str(about.id): {"one": "i1"}}
    answering.bring_in(world.by, [said] * 20, simulated=True)
    for number in range(13):
        kit.answered(world.by, {"i2": 1}, about="i1" if number < 2 else "i2")
    surveys.put(world.by, rules.CLOSED)
    found = dict(survey_results.results(kit.fresh(world.by).survey))
    assert found[about].many == 33
    assert [row["people"] for row in found[about].rows if row["people"]] == []
    assert {each.said for each in found[asked].groups} == {"[c]"}
    assert not any(each.ranks or each.moved for each in found[asked].groups)


def test_a_group_large_enough_without_the_file_is_shown_with_it():
    world = World(rules.ORDER, rules.ABOUT)
    asked, about = kit.asked(world.by), kit.asked(world.by, rules.ABOUT)
    said = {str(asked.id): {"places": {"i1": 1}, "away": []}, str(about.id): {"one": "i1"}}
    answering.bring_in(world.by, [said], simulated=True)
    for number in range(20):
        kit.answered(world.by, {"i2": 1}, about="i1" if number < 10 else "i2")
    surveys.put(world.by, rules.CLOSED)
    found = dict(survey_results.results(kit.fresh(world.by).survey))
    assert {row["label"]: row["people"] for row in found[about].rows}["Apples"] == 11
    assert all(each.ranks for each in found[asked].groups)


def test_what_can_be_read_stays_closed_and_says_so(world):
    kit.closed_with_enough(world.by)
    assert "It stays closed" in world.get("Ada", "survey")
    page = world.post("Ada", "survey_stage", stage=rules.OPEN, status=409)
    assert "stays closed" in page
    assert survey_queries.waiting(kit.fresh(world.by).survey) == 0


def test_people_are_told_before_they_begin_who_sees_what_and_when(world):
    page = world.get("who", "answer")
    assert "only if at least 10 people have answered" in page
    assert "Until it is closed you can delete your answer" in page


def test_words_go_to_coding_only_when_nobody_can_take_theirs_back_any_more(world):
    project = projects.make(world.ada.user, {"title": "Coding", "question": "?"})
    world.begin()
    world.post("who", "answer_step", 1, **{"p-i1": "1", "words": "The foxglove was dug up"})
    world.post("who", "answer_check")
    world.post("Ada", "survey_words", coder=str(project.id), status=409)
    assert not Source.objects.exists()
    world.post("who", "answer_take_back")
    kit.answered(world.by, {"i2": 1}, "Foxes too")
    kit.closed_with_enough(world.by)
    world.post("Ada", "survey_words", coder=str(project.id))
    (source,) = Source.objects.all()
    assert source.text == "Foxes too"
    world.post("Ada", "survey_stage", stage=rules.OPEN, status=409)


# -- each counts once -----------------------------------------------------------------------------


def test_a_file_that_is_brought_in_twice_counts_once_and_says_so(world):
    sent = {"question": str(kit.asked(world.by).id)}
    for _ in range(2):
        file = SimpleUploadedFile("ballots.csv", b"Apples,Bread\n1,2\n1,2\n")
        world.post("Ada", "survey_bring_in", file=file, **sent)
    assert Answer.objects.count() == 2
    assert "Nothing was brought in a second time" in world.get("Ada", "survey")
    assert SurveyTrail.objects.filter(did="answers brought in").count() == 1
    file = SimpleUploadedFile("ballots.csv", b"Apples,Bread\n1,2\n1,2\n2,1\n")
    world.post("Ada", "survey_bring_in", file=file, **sent)
    assert Answer.objects.count() == 5


def test_one_machine_cannot_begin_thousands_of_answers_by_the_link(world):
    browser = world.browsers["who"]
    near = limits.near(browser.get(world.at("answer")).wsgi_request)
    limits.make_room(limits.ANSWERING, near, 300)
    answer = browser.post(world.at("answer"), {"number": "n"})
    assert answer.status_code == 429
    assert not Answer.objects.exists()
    Survey.objects.update(ways_in=rules.INVITED)
    (code,) = surveys.make_codes(world.by, 1)
    world.begin(invitation_code=code)  # a code is limit enough


@pytest.fixture
def looked_too_early(monkeypatch):
    """Let the first look find nothing: as if both halves of a double press looked at once."""

    def early(name: str) -> None:
        real, seen = getattr(answering, name), []
        monkeypatch.setattr(answering, name, lambda key: real(key) if seen else seen.append(key))

    return early


@pytest.mark.parametrize("way", [rules.INVITED, rules.LINK])
def test_two_presses_of_begin_at_the_same_moment_are_one_answer(looked_too_early, way):
    world = World(ways_in=way)
    invitation = surveys.make_codes(world.by, 1)[0] if way == rules.INVITED else ""
    code = answering.begin(world.survey, "n", invitation)
    looked_too_early("_row")
    assert answering.begin(world.survey, "n", invitation) == code
    assert Answer.objects.count() == 1
    if way == rules.INVITED:
        with pytest.raises(Refused, match="do not know this code"):
            answering.begin(world.survey, "another form", invitation)


def test_two_presses_of_enter_at_the_same_moment_are_one_answer(world, looked_too_early):
    said = {str(kit.asked(world.by).id): {"places": {"i1": 1}, "away": []}}
    row = answering.enter(world.by, "p", said, {})
    looked_too_early("_entered")
    assert answering.enter(world.by, "p", said, {}) == row
    assert Answer.objects.count() == 1
    assert SurveyTrail.objects.filter(did="paper answer entered").count() == 1


# -- a question that is mended --------------------------------------------------------------------


def test_mending_a_question_leaves_its_lines_with_the_model_and_their_keys(world):
    by = kit.survey(world.ada.user, opened=False, title="Mended")
    items = [{"key": "S1_1", "label": "Not  asked", "entry": "S1.1"},
             {"key": "i1", "label": "Tea"}]  # fmt: skip
    row = surveys.ask(by, kit.question(items=items, text="Wich?"))
    world.survey = by.survey
    numbers = {"kind": rules.ORDER, "most": 3, "size": 3, "times": 2, "steps": 5}
    world.post("Ada", "question", row.id, text="Which?", own="Not asked\nTea", **numbers)
    row.refresh_from_db()
    assert (row.text, row.items) == ("Which?", items)
    world.post("Ada", "question", row.id, text="Which?", own="Milk\nNot asked", **numbers)
    row.refresh_from_db()
    assert row.items == [{"key": "i2", "label": "Milk"}, items[0]]
