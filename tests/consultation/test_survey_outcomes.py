"""Results of many answers are worked out in the background: the same, said when, never in part."""

import re

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from firsthand.consultation import survey_outcomes, survey_results
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.actions import answering, surveys, working_out
from firsthand.consultation.models import Outcome
from tests.consultation import survey_kit as kit
from tests.consultation.test_surveys import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
KINDS = (rules.ORDER, rules.SETS, rules.RATE, rules.ABOUT, rules.WORDS)


@pytest.fixture
def world(monkeypatch) -> World:
    monkeypatch.setattr(survey_outcomes, "MANY", 12)
    return World(*KINDS)


def bring(world: World, many: int, first: str = "i1", about: str = "i1") -> None:
    sets = [["i1", "i2"], ["i2", "i3"]]
    asked = {kind: str(kit.asked(world.by, kind).id) for kind in KINDS}
    said = {
        asked[rules.ORDER]: {"places": {first: 1, "i2": 2}, "away": ["i5"]},
        asked[rules.SETS]: {"sets": sets, "picked": [["i1", "i2"], ["", ""]]},
        asked[rules.RATE]: {"ratings": {"i1": 3, "i2": many % 5 + 1}, "away": ["i4"]},
        asked[rules.ABOUT]: {"one": about},
    }
    answering.bring_in(world.by, [said] * many, simulated=True)


def work(most: int = 9) -> int:
    """Do the jobs that wait, as the worker does; return how many there were."""
    done = 0
    while (row := DBTaskResult.objects.ready().first()) and done < most:
        row.delete()
        working_out.work_out.call(*row.args_kwargs["args"])
        done += 1
    return done


def page(world: World) -> str:
    return re.sub(r"<[^>]+>", "", world.get("Ada", "survey_results"))


def test_what_the_background_work_finds_is_the_same_to_the_last_digit(world):
    bring(world, 14)
    bring(world, 15, "i3", "i2")
    work()
    kept = survey_outcomes.look(world.survey)
    assert not kept.late
    now = survey_results.results(world.survey)
    assert kept.found == now
    assert [list(row) for _, one in kept.found if one for row in one.rows] == [
        list(row) for _, one in now if one for row in one.rows]  # fmt: skip
    assert survey_outcomes.written([one for _, one in now]) == kept.kept.found
    assert any(one.groups for _, one in now if one)
    assert survey_outcomes.results(world.survey) == now


def test_few_answers_are_worked_out_at_once_and_many_say_how_far_they_are(world):
    bring(world, 12)
    assert "Chance of top 3" in page(world)
    assert not Outcome.objects.exists()
    bring(world, 13)
    said = page(world)
    assert "The results are being worked out" in said
    assert "0 of 5 questions are done" in said
    assert "Chance of top 3" not in said
    world.get("Ada", "survey_csv", kit.asked(world.by).id, status=404)
    assert len(survey_outcomes.results(world.survey)) == len(KINDS)  # who cannot wait need not
    assert work() == 1  # asked for twice, once by the file and once by the look: one job
    said = page(world)
    assert "Worked out" in said
    assert "Chance of top 3" in said
    assert "Item" in world.get_file("survey_csv", kit.asked(world.by).id)


def test_answers_since_are_counted_and_worked_in(world):
    bring(world, 20)
    work()
    ballot = {str(kit.asked(world.by).id): {"places": {"i3": 1}, "away": []}}
    answering.enter(world.by, "p1", ballot, {})
    said = page(world)
    assert "1 answer has come since" in said
    assert "20 answers" in said
    assert work() == 1
    assert "come since" not in page(world)
    assert Outcome.objects.get().many == 21


def test_answers_that_come_while_it_works_are_worked_in_afterwards(world, monkeypatch):
    bring(world, 20)
    real = survey_results.shown

    def slow(*args):
        if Outcome.objects.get().done == 0 and args[2].__len__() == 20:
            bring(world, 3, "i3")
        return real(*args)

    monkeypatch.setattr(survey_results, "shown", slow)
    assert work() == 2
    assert Outcome.objects.get().many == 23


def test_closing_a_large_survey_has_its_results_worked_out(world):
    for _ in range(13):
        kit.answered(world.by, {"i3": 1})
    assert not DBTaskResult.objects.ready().exists()
    surveys.put(world.by, rules.CLOSED)
    assert work() == 1
    assert survey_outcomes.look(kit.fresh(world.by).survey).found[0][1].many == 13


def test_what_goes_wrong_is_said_and_tried_again(world, monkeypatch):
    bring(world, 20)
    with monkeypatch.context() as broken:
        broken.setattr(survey_results, "shown", lambda *_: 1 / 0)
        work()
    said = page(world)
    assert "Something went wrong on this site while these results" in said
    work()
    said = page(world)
    assert "Something went wrong" not in said
    assert "Chance of top 3" in said


def test_work_that_was_killed_is_picked_up_and_work_for_nothing_is_none(world):
    bring(world, 20)
    DBTaskResult.objects.all().delete()
    working_out.pick_up()
    assert work() == 0
    Outcome.objects.update(asked_at=timezone.now() - working_out.STUCK)
    working_out.pick_up()
    assert work() == 1
    row = Outcome.objects.get()
    working_out.work_out.call(str(row.id))  # asked for by nobody
    Outcome.objects.all().delete()
    working_out.work_out.call(str(row.id))
    assert not Outcome.objects.exists()


# -- too few to be shown ---------------------------------------------------------------------------


def test_of_too_few_answers_the_page_says_what_can_be_done_and_shows_no_empty_part():
    world = World(rules.ORDER, rules.RATE)
    assert "Give people the address" in page(world)
    for _ in range(9):
        kit.answered(world.by, {"i3": 1})
    said = page(world)
    assert "1 more answer is needed" in said
    assert "nothing to look at or to download" in said
    surveys.put(world.by, rules.CLOSED)
    whole = world.get("Ada", "survey_results")
    assert "so that 1 more person or more can answer" in re.sub(r"<[^>]+>", "", whole)
    for part in ('class="result"', "<img", ".csv", ".json", "beneath"):
        assert part not in whole
    world.get("Ada", "survey_chart", kit.asked(world.by).id, status=404)
    ballot = {str(kit.asked(world.by).id): {"places": {"i3": 1}, "away": []}}
    surveys.put(kit.fresh(world.by), rules.OPEN)
    answering.enter(kit.fresh(world.by), "p1", ballot, {})
    assert "Answers from paper and from files are counted already" in page(world)
