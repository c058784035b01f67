"""Surveys: answering, what is kept and sealed, versions, codes, paper, files, and who sees what."""

import csv
import io
import json
import re
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from firsthand.access.refused import Refused
from firsthand.consultation import survey_codes, survey_queries
from firsthand.consultation import survey_rules as rules
from firsthand.consultation.actions import answering, surveys
from firsthand.consultation.models import Answer, InvitationCode, Survey, Surveyor, SurveyTrail
from firsthand.people import rules as roles
from tests.consultation import survey_kit as kit
from tests.repair.conftest import someone

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


class World:
    """Ada runs a survey; Eve, another researcher, does not; someone answers it in a browser."""

    def __init__(self, *kinds: str, **more: str) -> None:
        self.ada, self.eve = (someone(roles.RESEARCHER, name) for name in ("Ada", "Eve"))
        self.by = kit.survey(self.ada.user, *kinds, **more)
        self.survey = self.by.survey
        self.browsers = {"Ada": self.ada.browser(), "Eve": self.eve.browser(), "who": Client()}

    def at(self, name: str, *more: object) -> str:
        first = self.survey.link if name.startswith("answer") else self.survey.id
        return reverse(f"consultation:{name}", args=[first, *more])

    def get(self, who: str, name: str, *more: object, status: int = 200) -> str:
        answer = self.browsers[who].get(self.at(name, *more))
        assert answer.status_code == status, answer.content.decode()
        return re.sub(r"\s+", " ", answer.content.decode())

    def post(self, by: str, name: str, /, *more: object, status: int = 302, **sent: object) -> str:
        answer = self.browsers[by].post(self.at(name, *more), sent)
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode() or str(answer["Location"])

    def begin(self, **sent: str) -> str:
        """Begin in the browser of someone; return the code that is shown."""
        self.post("who", "answer", **{"number": "n", **sent})
        return re.search(r'survey-code">([^<]+)<', self.get("who", "answer_code")).group(1)


@pytest.fixture
def world() -> World:
    return World()


# -- answering ------------------------------------------------------------------------------------


def test_someone_answers_checks_sends_and_it_counts_without_leading_to_them():
    world = World(rules.ORDER, rules.SETS, rules.RATE, rules.WORDS, rules.ABOUT)
    code = world.begin()
    page = world.get("who", "answer_step", 1)
    assert "Carrots" in page
    sent = {"p-i3": "1", "p-i1": "2", "p-i2": " 2 ", "a-i5": "on", "words": "Foxes too"}
    assert world.post("who", "answer_step", 1, **sent).endswith("/question/2/")
    row = Answer.objects.get()
    shown = survey_queries.sets_for(kit.asked(world.by, rules.SETS), row)
    world.post("who", "answer_step", 2, **{"b-0": shown[0][0], "w-0": shown[0][1]})
    world.post("who", "answer_step", 3, **{"r-i1": "5", "r-i2": rules.NOT_APPLY})
    world.post("who", "answer_step", 4, words="Ask us first.")
    assert world.post("who", "answer_step", 5, one="i2").endswith("/check/")
    checked = world.get("who", "answer_check")
    for said in ("1. Carrots", "2. Apples", "2. Bread", "Does not apply to me: Eggs", "Foxes too",
                 "Group 1: most", "Apples: 5 of 5", "Ask us first."):  # fmt: skip
        assert said in checked
    assert Answer.objects.get().chosen == {}  # not sent: sealed whole
    world.post("who", "answer_check")
    world.post("who", "answer_check")  # pressed twice
    assert "Thank you" in world.get("who", "answer_done")
    row = Answer.objects.get()
    order = row.chosen[str(kit.asked(world.by).id)]
    assert order == {"places": {"i1": 2, "i2": 2, "i3": 1}, "away": ["i5"]}
    assert (row.stage, bytes(row.draft)) == (rules.SENT, b"")
    assert not SurveyTrail.objects.exclude(by=world.ada.user).exists()
    assert code in world.get("who", "answer_done")


def test_words_stand_nowhere_in_the_clear_and_open_to_those_who_run_it_alone(world):
    kit.answered(world.by, {"i1": 1}, "The foxglove was dug up")
    with connection.cursor() as cursor:
        cursor.execute("select * from consultation_answer")
        assert "foxglove" not in str([[bytes(c) if isinstance(c, memoryview) else c for c in row]
                                      for row in cursor.fetchall()])  # fmt: skip
    kit.closed_with_enough(world.by)
    assert "The foxglove was dug up" in world.get("Ada", "survey_words")
    assert SurveyTrail.objects.filter(did="words read", about={"many": 1}).count() == 1
    world.get("Eve", "survey_words", status=404)
    closed = Client()
    closed.force_login(world.ada.user)  # signed in, and no keys in hand
    answer = closed.get(world.at("survey_words"))
    assert answer.status_code == 409
    assert "foxglove" not in answer.content.decode()


def test_what_is_kept_comes_back_with_the_code_in_another_browser(world):
    code = world.begin()
    world.post("who", "answer_step", 1, **{"p-i1": "1", "words": "Half a sentence"})
    world.browsers["who"] = Client()
    assert "/come-back/" in world.browsers["who"].get(world.at("answer_step", 1))["Location"]
    world.post("who", "answer_back", status=422, code="nonsense")
    world.post("who", "answer_back", status=422, code=survey_codes.draw())
    typed = code.upper().replace("-", " ").replace("0", "o")
    assert world.post("who", "answer_back", code=typed).endswith("/check/")
    assert "Half a sentence" in world.get("who", "answer_step", 1)


def test_what_was_typed_when_the_sitting_had_ended_is_kept_once_the_code_is_typed(world):
    code = world.begin()
    world.browsers["who"] = Client()
    page = world.post("who", "answer_step", 1, status=422, **{"p-i1": "1", "words": "Still here"})
    assert 'name="kept-words" value="Still here"' in page
    sent = {"code": code, "step": "1", "kept-p-i1": "1", "kept-words": "Still here"}
    assert world.post("who", "answer_back", **sent).endswith("/check/")
    assert "Still here" in world.get("who", "answer_check")
    wrong = world.post("who", "answer_back", status=422, **sent | {"kept-p-i1": "99999"})
    assert "Still here" in wrong
    assert 'value="99999"' in wrong


@pytest.mark.parametrize(
    ("sent", "said"),
    [({"p-i1": "1" * 400}, "200"), ({"p-i1": "0"}, "1, 2, 3 and so"), ({"p-i1": "x"}, "as numbers"),
     ({"p-i1": "1", "a-i1": "on"}, "Choose one of the two"), ({"p-i1": "-3"}, "as numbers"),
     ({"words": "a" * 10_001}, "10,000")],
)  # fmt: skip
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(world, sent, said):
    world.begin()
    page = world.post("who", "answer_step", 1, status=422, **{"p-i2": "7", **sent})
    assert said in page
    assert 'value="7"' in page
    assert all(each in page for each in sent.values())


def test_more_than_asked_for_and_strange_items_are_refused_by_the_rules():
    with pytest.raises(rules.Wrong, match="Choose 2 at most"):
        rules.ordered({"a": 1, "b": 2, "c": 3}, [], ["a", "b", "c"], 2, 6)
    with pytest.raises(rules.Wrong, match="share a place"):
        rules.ordered(dict.fromkeys("abc", 1), [], list("abc"), 5, 2)
    with pytest.raises(rules.Wrong, match="not on the list"):
        rules.ordered({"z": 1}, [], ["a"], 5, 6)
    with pytest.raises(rules.Wrong, match="two, or leave it"):
        rules.picked([["a", "b"]], ["a"], ["a"])
    with pytest.raises(rules.Wrong, match="not in its group"):
        rules.picked([["a", "b"]], ["c"], [""])
    for given in ({"z": "1"}, {"a": "9"}):
        with pytest.raises(rules.Wrong):
            rules.rated(given, ["a"], 5)
    with pytest.raises(rules.Wrong, match="or none"):
        rules.one_of("z", ["a"])


def test_pressing_begin_twice_is_one_answer_and_a_used_form_is_no_way_in(world):
    code = world.begin()
    assert world.begin() == code
    assert Answer.objects.count() == 1
    world.post("who", "answer_step", 1, **{"p-i1": "1"})
    world.browsers["who"] = Client()  # someone who finds the form later
    assert world.begin() != code
    assert Answer.objects.count() == 2


def test_an_invitations_code_lets_one_person_in_once():
    world = World(ways_in=rules.INVITED)
    (invitation,) = surveys.make_codes(world.by, 1)
    assert "Twenty letters" in world.get("who", "answer")
    page = world.post("who", "answer", status=422, invitation_code="wrong", number="a")
    assert "We do not know this code" in page
    world.begin(invitation_code=invitation.upper())
    world.browsers["who"] = Client()
    world.post("who", "answer", status=422, invitation_code=invitation, number="other")
    assert Answer.objects.count() == 1
    row = InvitationCode.objects.get()
    assert row.used
    assert invitation not in str(row.__dict__)
    held = {field.name for model in (InvitationCode, Answer) for field in model._meta.fields}
    assert not held & {"user", "invitation", "answer", "at", "address"}


def test_a_survey_closed_meanwhile_keeps_what_was_typed_on_the_page_and_counts_nothing(world):
    world.begin()
    world.post("who", "answer_step", 1, **{"p-i1": "1"})
    surveys.put(world.by, rules.CLOSED)
    page = world.post("who", "answer_step", 1, status=422, **{"p-i1": "1", "words": "So late"})
    assert "So late" in page
    assert "closed now" in page
    assert "closed now" in world.post("who", "answer_check", status=409)
    assert survey_queries.sent(world.survey).count() == 0
    world.browsers["who"] = Client()
    assert "It takes no more answers" in world.get("who", "answer")
    world.post("who", "answer", status=422, number="x")


def test_an_answer_is_taken_back_whole_until_the_survey_is_closed(world):
    world.begin()
    world.post("who", "answer_step", 1, **{"p-i1": "1"})
    world.post("who", "answer_check")
    assert "Delete my answer" in world.get("who", "answer_take_back")
    surveys.put(world.by, rules.CLOSED)
    world.post("who", "answer_take_back", status=409)
    surveys.put(kit.fresh(world.by), rules.OPEN)
    world.post("who", "answer_take_back")
    assert not Answer.objects.exists()


def test_a_browser_that_sent_an_answer_is_asked_whether_it_is_someone_else(world):
    world.begin()
    assert "already" not in world.get("who", "answer")
    world.post("who", "answer_check")
    assert "An answer was sent from this browser already" in world.get("who", "answer")
    cookie = world.browsers["who"].cookies["survey-sent"]
    assert not cookie["max-age"]
    world.browsers["who"].cookies["survey-sent"] = "forged"
    assert "already." not in world.get("who", "answer")


def test_without_an_answer_in_hand_every_page_asks_for_the_code(world):
    for name in ("answer_code", "answer_check", "answer_done", "answer_take_back"):
        answer = world.browsers["who"].get(world.at(name))
        assert answer["Location"] == world.at("answer_back")
    world.get("who", "answer_step", 9, status=404)


# -- making a survey ------------------------------------------------------------------------------


def test_a_survey_that_can_be_answered_does_not_change_and_a_new_version_does(world):
    asked = kit.asked(world.by)
    for name, more in (("question_add", ()), ("question", (asked.id,)), ("survey_change", ()),
                       ("question_drop", (asked.id,)), ("question_move", (asked.id,))):  # fmt: skip
        page = world.post("Ada", name, *more, status=409, **kit.question())
        assert "Make a new version" in page.replace("\n", " ")
    kit.answered(world.by, {"i1": 1})
    where = world.post("Ada", "survey_version")
    new = Survey.objects.get(version=2)
    assert str(new.id) in where
    assert (new.stage, new.questions.count(), new.first) == (rules.DRAFT, 1, world.survey)
    assert new.link != world.survey.link
    assert survey_queries.sent(world.survey).count() == 1
    assert "Version 2" in world.get("Ada", "survey")
    assert "new version made" in world.get("Ada", "survey_history")


def test_a_researcher_makes_a_survey_with_lists_and_moves_its_questions(world):
    ada = world.browsers["Ada"]
    answer = ada.post(reverse("consultation:survey_new"), {"title": "Mine"})
    assert answer.status_code == 422
    assert "Say what the survey is for" in answer.content.decode()
    where = ada.post(reverse("consultation:survey_new"), kit.WANTED | {"title": "Mine"})["Location"]
    world.survey = Survey.objects.get(title="Mine")
    assert str(world.survey.id) in where
    assert "Mine" in ada.get(reverse("consultation:surveys")).content.decode()
    numbers = {"most": 3, "size": 3, "times": 2, "steps": 5}
    wrong = world.post("Ada", "question_add", status=422, kind=rules.ABOUT, text="Age?", **numbers)
    assert "Say why you ask" in wrong
    assert "two lines at least" in wrong
    world.post("Ada", "survey_stage", stage=rules.OPEN, status=409)  # asks nothing yet
    own = "One\nTwo\n Two \n"
    world.post("Ada", "question_add", kind=rules.ORDER, text="First?", own=own, **numbers)
    world.post("Ada", "question_add", kind=rules.WORDS, text="Second?", **numbers)
    first, second = world.survey.questions.all()
    assert first.labels == {"i1": "One", "i2": "Two"}
    world.post("Ada", "question_move", first.id, to="down")
    world.post("Ada", "question_move", first.id, to="down")  # is last already
    assert [each.text for each in world.survey.questions.all()] == ["Second?", "First?"]
    world.post("Ada", "question", first.id, kind=rules.ORDER, text="Now?", own=own, **numbers)
    assert 'value="Now?"' in world.get("Ada", "question", first.id)
    world.post("Ada", "question_drop", second.id)
    world.post("Ada", "survey_change", **kit.WANTED | {"title": "Ours", "layout": rules.EASY})
    assert "Ours" in world.get("Ada", "survey_change")
    world.post("Ada", "survey_stage", stage="strange", status=409)
    world.post("Ada", "survey_stage", stage=rules.OPEN)
    assert "easy" in world.get("who", "answer")
    world.post("Ada", "survey_stage", stage=rules.OPEN, status=409)


def test_a_draft_is_nowhere_for_others(world):
    Survey.objects.update(stage=rules.DRAFT)
    world.get("who", "answer", status=404)
    assert Client().get("/survey/nothing/").status_code == 404


def test_a_second_person_runs_it_and_opens_words_until_they_are_taken_out(world):
    kit.answered(world.by, {"i1": 1}, "A word")
    kit.closed_with_enough(world.by)
    eve = world.eve.user
    world.post("Ada", "survey_people", status=422, who="nobody")
    world.post("Ada", "survey_people", who=str(eve.id))
    world.browsers["Eve"] = world.eve.browser()
    assert "A word" in world.get("Eve", "survey_words")
    with pytest.raises(Refused, match="already"):
        surveys.admit(world.by, eve, kit.keys_of(world.by, world.ada.keys))
    row = Surveyor.objects.get(user=eve)
    world.post("Ada", "survey_people_end", row.id)
    world.post("Ada", "survey_people_end", row.id)  # pressed twice
    world.get("Eve", "survey_words", status=404)
    with pytest.raises(StopIteration):
        kit.keys_of(world.by, world.eve.keys)
    world.post("Ada", "survey_people_end", world.by.id, status=409)  # the last one
    world.post("Ada", "survey_people_end", world.survey.id, status=404)


def test_whoever_has_no_keys_cannot_make_a_survey_whose_words_nobody_could_open(world):
    bare = SimpleNamespace(keyring=None, name="Bare")
    with pytest.raises(Refused, match="no keys"):
        surveys.make(bare, kit.WANTED)


def test_codes_are_shown_once_as_a_page_or_a_file_and_only_so_many():
    world = World(ways_in=rules.INVITED)
    page = world.post("Ada", "survey_codes", status=200, many="3")
    assert len(re.findall(r"<li>[0-9a-z]{4}(?:-[0-9a-z]{4}){4}</li>", page)) == 3
    answer = world.browsers["Ada"].post(world.at("survey_codes"), {"many": "2", "file": "1"})
    assert answer.content.decode().count("-") == 8
    world.post("Ada", "survey_codes", status=422, many="2000")
    world.post("Ada", "survey_codes", status=422, many="99999999999999999999")
    assert InvitationCode.objects.count() == 5


# -- paper and files ------------------------------------------------------------------------------


def test_the_paper_form_is_a_pdf_and_its_answers_are_entered_once():
    world = World(rules.ORDER, rules.SETS, rules.RATE, rules.ABOUT)
    answer = world.browsers["Ada"].get(world.at("survey_paper"))
    assert answer.content.startswith(b"%PDF")
    assert "Carrots" in world.get("Ada", "survey_enter")
    sent = {"number": "paper1", "q1-p-i1": "1", "q1-words": "On paper", "q3-r-i1": "2",
            "q4-one": "i1"}  # fmt: skip
    wrong = world.post("Ada", "survey_enter", status=422, **sent | {"q1-p-i1": "many"})
    assert "On paper" in wrong
    for _ in range(2):
        world.post("Ada", "survey_enter", **sent)
    row = Answer.objects.get()
    assert (row.came, row.chosen[str(kit.asked(world.by).id)]["places"]) == ("paper", {"i1": 1})
    surveys.put(world.by, rules.CLOSED)
    assert "closed" in world.post("Ada", "survey_enter", status=422, **sent | {"number": "p2"})


def test_ballots_come_in_from_a_file_all_or_none_with_the_lines_that_are_wrong(world):
    asked = str(kit.asked(world.by).id)

    def bring(text: str | bytes, status: int = 302, **more: str) -> str:
        content = text.encode() if isinstance(text, str) else text
        file = SimpleUploadedFile("ballots.csv", content)
        return world.post(
            "Ada", "survey_bring_in", status=status, file=file, **{"question": asked, **more}
        )

    fine = "Apples,Bread,Carrots\n1,2,\nn/a,1,1\n"
    bring(fine, simulated="on")
    said = [row.chosen[asked] for row in Answer.objects.all()]
    assert {"places": {"i2": 1, "i3": 1}, "away": ["i1"]} in said
    assert Answer.objects.filter(simulated=True).count() == 2
    bring("Apples,Bread\nBread,Apples=Dates\n")  # orders
    for text, why in (
        ("Apples,Bread\n1,2\nx,2\n1,99999\n", "Line 3"), ("Apples,Apples\n1,2\n", "stands twice"),
        ("Zebras,Apples\n1,2\n", "no items of the question"), ("", "empty"), (" \n", "nothing in"),
        ("Apples,Bread,Apples\n", "stands twice"), (b"\xff\xfe\x00", "UTF-8"),
        ("Apples,Bread,Carrots,Dates,Eggs\n1,1,1,1,1\n" + "1,2,3,4,5,6\n", "more cells"),
        ("Apples,Bread\n", "only headings"),
    ):  # fmt: skip
        assert why in bring(text, status=422), text
    assert Answer.objects.count() == 4
    bring("Apples\n1\n", status=422, question="strange")


# -- results --------------------------------------------------------------------------------------


def test_results_rank_with_intervals_beside_other_ways_with_charts_and_files(world):
    assert "There is no answer yet" in world.get("Ada", "survey_results")
    ballots = [{"places": {"i3": 1, "i1": 2}, "away": []}] * 8 + [
        {"places": {"i1": 1, "i3": 1}, "away": ["i2"]}] * 4  # fmt: skip
    asked = kit.asked(world.by)
    answering.bring_in(world.by, [{str(asked.id): each} for each in ballots], simulated=True)
    page = world.get("Ada", "survey_results")
    for said in ("12 answers", "12 of these are simulated", "Chance of top 3", "is proven"):
        assert said in page
    rows = list(csv.DictReader(io.StringIO(world.get_file("survey_csv", asked.id))))
    assert [row["Item"] for row in rows[:2]] == ["Carrots", "Apples"]
    assert rows[0]["Rank"] == rows[0]["Rank, low"] == rows[0]["Kemeny rank"] == "1"
    found = json.loads(world.get_file("survey_json", asked.id))
    assert found["many"] == 12
    drawn = world.get_file("survey_chart", asked.id)
    assert drawn.startswith("<svg")
    assert "12 of 12 answers simulated" in drawn
    assert drawn.count(", simulated") == len(rows)  # beside each line, for whoever sees it
    assert {row["Simulated answers"] for row in rows} == {"12"}
    assert list(rows[0])[-1] == "Simulated answers"
    assert found["simulated"] == 12
    assert "12 of these answers are simulated: made up, said by nobody." in found["notes"]
    for name in ("survey_csv", "survey_json", "survey_chart"):
        world.get("Eve", name, asked.id, status=404)
        world.get("Ada", name, world.survey.id, status=404)


def get_file(self: World, name: str, *more: object) -> str:
    answer = self.browsers["Ada"].get(self.at(name, *more))
    assert answer.status_code == 200
    return answer.content.decode()


World.get_file = get_file


def test_groups_are_compared_only_where_none_can_be_picked_out():
    world = World(rules.ORDER, rules.ABOUT, rules.SETS, rules.RATE)
    asked, about = kit.asked(world.by), kit.asked(world.by, rules.ABOUT)
    sets, rate = kit.asked(world.by, rules.SETS), kit.asked(world.by, rules.RATE)

    def bring(many: int, one: str, first: str) -> None:
        said = {
            str(asked.id): {"places": {first: 1, "i2": 2}, "away": []},
            str(about.id): {"one": one},
            str(sets.id): {"sets": [["i1", "i2"]], "picked": [[first, ""]] if first == "i1" else [
                ["", ""]]},
            str(rate.id): {"ratings": {"i1": 3}, "away": ["i2"]},
        }  # fmt: skip
        answering.bring_in(world.by, [said] * many, simulated=True)

    bring(20, "i1", "i1")
    bring(12, "i2", "i3")
    bring(3, "i3", "i3")
    found = json.loads(world.get_file("survey_json", asked.id))
    groups = {each["name"].rpartition(" ")[2]: each for each in found["groups"]}
    assert groups["Apples"]["ranks"]["i1"] == 1
    assert groups["Apples"]["moved"]["i1"] > 0  # without them it is lower
    assert groups["Carrots"] == {"name": groups["Carrots"]["name"], "said": "[c]", "ranks": {},
                                 "moved": {}}  # fmt: skip
    people = {row["Item"]: row["People"] for row in csv.DictReader(io.StringIO(
        world.get_file("survey_csv", about.id)))}  # fmt: skip
    assert people["Carrots"] == "[c]"
    assert list(people.values()).count("[c]") > 1  # one alone would be told by the total
    page = world.get("Ada", "survey_results")
    assert "If one group had not answered" in page
    assert "Does not apply" in page
    assert world.get_file("survey_chart", sets.id).startswith("<svg")
    assert world.browsers["Ada"].get(world.at("survey_chart", about.id)).status_code == 404


def test_nothing_is_told_to_strangers_on_any_page(world):
    kit.answered(world.by, {"i1": 1}, "A word")
    for name in ("survey", "survey_results", "survey_words", "survey_codes", "survey_people",
                 "survey_history", "survey_enter", "survey_bring_in", "survey_paper"):  # fmt: skip
        world.get("Eve", name, status=404)
        assert world.browsers["who"].get(world.at(name)).status_code == 302
