"""Any two records are put to a person as one report, compared, merged, undone like any merge."""

import pytest

from firsthand.access.refused import Refused
from firsthand.evidence import duplicates, rules
from firsthand.evidence.actions import duplicates as actions
from firsthand.evidence.models import Grouped, Pair, Record, Trail
from tests.evidence import kit
from tests.evidence.test_pages import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world():
    return World()


def test_the_other_record_is_found_compared_merged_and_the_merge_undone(world):
    one, two, three = kit.imported(world.ada, 3)
    Record.objects.filter(id=three.id).update(title="Crisis houses", authors=["Fell, Sam"])
    assert world.at("same", one.id) in world.get("Ben", "record", one.id)
    there = world.at("same", one.id)
    assert "Compare them" not in world.get("Ben", "same", one.id)
    for words, found in (
        ("crisis", 1),
        ("fell", 1),
        ("3", 1),
        ("record", 1),
        ("1", 0),
        ("zebra", 0),
    ):
        shown = world.browsers["Ben"].get(there, {"find": words}).content.decode()
        assert shown.count('aria-label="Record ') == found, words
    at = world.post("Ben", "same", one.id, other=three.id)
    row = Pair.objects.get()
    assert at.endswith(f"/pairs/{row.id}/")
    assert "Ben asked whether they are one report" in world.get("Ada", "pair", row.id)
    world.post("Ada", "pair", row.id, says="same")
    assert Grouped.objects.count() == 2
    merged = Pair.objects.get(ended_at=None)
    world.post("Ben", "pair_undo", merged.id)
    assert not Grouped.objects.exists()
    assert Trail.objects.get(did="pair put to people").about["records"] == [1, 3]
    assert two.number == 2


def test_what_holds_between_two_already_is_shown_and_nothing_new_is_made(world):
    one, two, three = kit.imported(world.ada, 3)
    known = kit.pair(one, two, rules.VERSIONS)
    assert actions.put_to_people(world.ben, two, one) == known
    kit.pair(two, three, rules.SAME)
    known = duplicates.around(three)[0]
    assert actions.put_to_people(world.ben, two, three) == known


def test_two_that_are_one_report_by_way_of_a_third_are_told_so(world):
    one, two, three = kit.imported(world.ada, 3)
    kit.pair(one, two, rules.SAME)
    kit.pair(two, three, rules.SAME)
    said = world.post("Ben", "same", one.id, status=409, other=three.id)
    assert "one report already" in said
    assert Pair.objects.count() == 2


def test_a_record_is_not_its_own_duplicate_nor_one_of_another_review(world):
    one = kit.imported(world.ada, 1)[0]
    theirs = kit.imported(kit.review("Zed", "Yan")[0], 1)[0]
    assert "the same record" in world.post("Ben", "same", one.id, status=409, other=one.id)
    for other in (theirs.id, "odd", ""):
        said = world.post("Ben", "same", one.id, status=422, other=other)
        assert "Find the other record first" in said
    with pytest.raises(Refused):
        actions.put_to_people(world.ben, one, theirs)
    for who in ("Eve",):
        assert world.browsers[who].get(world.at("same", one.id)).status_code == 404
    assert not Pair.objects.exists()


def test_when_many_are_found_the_first_are_shown(world):
    one = kit.imported(world.ada, 25)[0]
    shown = world.browsers["Ada"].get(world.at("same", one.id), {"find": "record"}).content.decode()
    assert "The first 20 are shown" in shown
