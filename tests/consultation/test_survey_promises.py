"""What people are promised before they answer: nobody reads one person's answer, each counts once.

A file of answers, a double press, a survey closed and opened again: none of them breaks it.
"""

import json

import pytest

from firsthand.access.refused import Refused
from firsthand.codebook.actions import projects
from firsthand.codebook.models import Source
from firsthand.consultation import survey_queries, survey_results
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.actions import answering, reading, surveys
from firsthand.consultation.models import Answer, SurveyTrail
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
