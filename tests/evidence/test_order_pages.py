"""The pages of the order: who may choose it, going on and skipping, why a record comes now."""

import re

import pytest

from firsthand.evidence import ranking, rules
from firsthand.evidence.actions import ordering, rounds, stopping
from firsthand.evidence.actions import screening as deciding
from firsthand.evidence.models import Decision, Ordering, Ranked, Trail
from firsthand.evidence.rules import ABSTRACT, CHANCE, EXCLUDE, IMPORTED, INCLUDE, LEARNED
from tests.evidence import kit
from tests.evidence.test_order import CARE, is_care, mixed, work
from tests.evidence.test_pages import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world():
    ranking.forget()
    yield World()
    ranking.forget()


@pytest.fixture
def learned(world):
    """A learned order, with a record included by both and one excluded by both."""
    records = mixed(world.ada)
    ordering.choose(world.ada, ABSTRACT, LEARNED)
    kit.decide(records[1], (world.ada, INCLUDE), (world.ben, INCLUDE))
    kit.decide(records[0], (world.ada, EXCLUDE), (world.ben, EXCLUDE))
    work()
    return records


def test_an_owner_chooses_the_order_and_everyone_sees_which_it_is(world):
    shown = world.get("Ada", "order", ABSTRACT)
    for words in rules.ORDERS.values():
        assert words in shown
    assert f'value="{IMPORTED}" checked' in shown
    world.post("Ada", "order", ABSTRACT, how=CHANCE)
    assert Ordering.objects.get().how == CHANCE
    assert "<strong>By chance</strong>, chosen by Ada" in world.get("Ben", "stopping", ABSTRACT)
    assert "order changed" in world.get("Ben", "history").lower()


def test_who_does_not_own_the_review_and_strangers_cannot_change_the_order(world):
    for who in ("Ben", "Eve"):
        assert world.browsers[who].get(world.at("order", ABSTRACT)).status_code == 404
        answer = world.browsers[who].post(world.at("order", ABSTRACT), {"how": CHANCE})
        assert answer.status_code == 404
    assert not Ordering.objects.exists()
    assert not Trail.objects.filter(did="order changed").exists()
    assert "Change the order" not in world.get("Ben", "stopping", ABSTRACT)


@pytest.mark.parametrize(
    ("sent", "said"), [({}, "Choose an order"), ({"how": "best"}, "Choose one of")]
)
def test_an_order_that_is_none_is_asked_for_again(world, sent, said):
    assert said in world.post("Ada", "order", ABSTRACT, status=422, **sent)
    assert world.browsers["Ada"].get(world.at("order", "hearsay")).status_code == 404


def test_in_a_learned_order_a_decision_leads_to_the_best_of_now_and_what_is_skipped_stays_so(
    world, learned
):
    first = Ranked.objects.get(rank=0).screening
    shown = world.get("Ada", "screen", ABSTRACT)
    assert first.record.called in shown
    assert f"past={first.number}" in shown
    at = world.at("screen_one", ABSTRACT, first.record_id)
    answer = world.browsers["Ada"].post(at + "?past=5.8", {"choice": INCLUDE})
    assert answer["Location"] == world.at("screen", ABSTRACT) + "?past=5.8"
    assert world.browsers["Ada"].get(answer["Location"]).status_code == 200


def test_a_made_up_list_of_skipped_records_does_no_harm(world, learned):
    for typed in ("x", "1.x.-2", "9" * 400, "\u0663"):
        at = world.at("screen", ABSTRACT)
        assert world.browsers["Ada"].get(at, {"past": typed}).status_code == 200


def test_by_chance_one_goes_on_behind_the_last(world):
    kit.imported(world.ada, 5)
    ordering.choose(world.ada, ABSTRACT, CHANCE)
    seen = []
    for _ in range(5):
        sent = {"after": seen[-1]} if seen else {}
        shown = world.browsers["Ada"].get(world.at("screen", ABSTRACT), sent).content.decode()
        seen.append(int(re.search(r"Record (\d) of 5", shown)[1]))
    assert sorted(seen) == [1, 2, 3, 4, 5]


# -- why ----------------------------------------------------------------------------------------


def test_why_a_record_is_near_the_top_is_said_with_words_and_included_records(world, learned):
    row = Ranked.objects.get(rank=0).screening
    shown = world.get("Ada", "why", ABSTRACT, row.record_id)
    assert is_care(row.number)
    spoken = re.findall("<li>([^<]+)</li>", shown.split("speak for it", 1)[1].split("</ul>")[0])
    assert spoken
    assert set(" ".join(spoken).split()) <= set(re.findall(r"\w+", CARE.lower()))
    for words in ("place 1", "learned from settled records only",
                  learned[1].title, "2 settled records"):  # fmt: skip
        assert words in shown, words


def test_whoever_saw_why_keeps_their_decisions_on_settled_records(world, learned):
    """The words come from what the other decided too: a new decision would not be blind."""
    row = Ranked.objects.get(rank=0).screening
    world.get("Ada", "why", ABSTRACT, row.record_id)
    assert "would not be blind" in world.post("Ada", "undo", ABSTRACT, learned[1].id, status=409)
    world.post("Ben", "undo", ABSTRACT, learned[1].id)  # who saw nothing yet
    assert learned[1].title not in world.get("Ada", "why", ABSTRACT, row.record_id)


def test_why_says_the_same_whatever_another_decided_on_that_record(world, learned):
    row = Ranked.objects.get(rank=0).screening
    said = {}
    for choice in (None, INCLUDE, EXCLUDE):
        Decision.objects.filter(screening=row).delete()
        if choice:
            deciding.decide(world.ada, kit.at(row.record), choice, "a note of Ada's")
            ordering.ask(world.ada.review_id)
            work()
        shown = world.get("Ben", "why", ABSTRACT, row.record_id)
        said[choice] = shown.split("<main", 1)[1].split("Ranked ")[0]
        assert "Ada" not in said[choice]
    assert len(set(said.values())) == 1


@pytest.mark.parametrize(
    ("how", "words"), [(IMPORTED, "order of import"), (CHANCE, "It comes by chance")]
)
def test_where_nothing_is_learned_it_is_said_that_words_have_no_part_in_it(world, how, words):
    record = kit.imported(world.ada, 2)[0]
    ordering.choose(world.ada, ABSTRACT, how)
    assert words in world.get("Ben", "why", ABSTRACT, record.id)


def test_what_is_far_down_says_so_and_what_chance_drew_too(world, learned, monkeypatch):
    monkeypatch.setattr(ranking, "TOP", 1)
    ordering.ask(world.ada.review_id)
    work()
    for name, words in (
        ("far", "not among those that are likely"), ("audit", "how much is still unfound"),
        ("round", "calibration round 1"),
    ):  # fmt: skip
        if name == "audit":
            stopping.draw(world.ada, ABSTRACT, 30, seed=1)
        if name == "round":
            rounds.begin(world.ada, ABSTRACT, 30, seed=1)
        far = kit.at(learned[2])
        assert words in world.get("Ada", "why", ABSTRACT, far.record_id)


def test_a_stranger_is_told_nothing_of_why(world, learned):
    at = world.at("why", ABSTRACT, learned[1].id)
    assert world.browsers["Eve"].get(at).status_code == 404


def test_a_share_falls_to_as_many_members_as_decide_a_record():
    for members in range(1, 6):
        for needed in range(1, 6):
            for number in range(1, 20):
                falls = [rules.is_share_of(number, at, members, needed) for at in range(members)]
                assert sum(falls) == min(members, needed)
    assert rules.is_share_of(1, 0, 0, 1)
