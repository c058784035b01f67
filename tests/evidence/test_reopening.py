"""An owner opens a settled record again, for a reason; nothing that was decided is lost by it."""

import pytest

from firsthand.access.refused import Refused
from firsthand.evidence import flow, queries, rules
from firsthand.evidence.actions import criteria, reviews
from firsthand.evidence.actions import screening as actions
from firsthand.evidence.models import Decision, Reopening, Resolution, Screening, Trail
from firsthand.evidence.rules import ABSTRACT, EXCLUDE, FULL_TEXT, INCLUDE
from tests.evidence import kit
from tests.evidence.test_pages import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world():
    return World()


def settled(world, choice=EXCLUDE, reasons=()):
    record = kit.imported(world.ada, 1)[0]
    kit.decide(record, (world.ada, INCLUDE), (world.ben, EXCLUDE))
    actions.resolve(world.ben, kit.at(record), choice, "By its title", reasons)
    return record


def test_what_settled_it_and_both_first_decisions_stay_and_it_waits_to_be_settled_anew(world):
    row = criteria.add(world.ada, EXCLUDE, "About animals")
    record = settled(world, reasons=[row])
    assert "Open it again" in world.get("Ada", "record", record.id)
    assert "Open it again" not in world.get("Ben", "record", record.id)
    said = world.post("Ada", "reopen", ABSTRACT, record.id, status=422, reason="")
    assert "Say why it is opened again" in said
    assert "By its title" not in world.get("Ada", "reopen", ABSTRACT, record.id)
    world.post("Ada", "reopen", ABSTRACT, record.id, reason="A new criterion")
    assert kit.at(record).state == rules.CONFLICT
    assert Decision.objects.filter(screening__record=record).count() == 2
    assert not Resolution.objects.exists()
    shown = world.get("Ben", "resolve", ABSTRACT, record.id)
    for words in (
        "Opened again by Ada", "A new criterion", "settled by Ben as exclude, criterion 1",
        "By its title", "under version 1",
    ):  # fmt: skip
        assert words in shown, words
    actions.resolve(world.ada, kit.at(record), INCLUDE)
    assert kit.at(record).state == rules.INCLUDED
    assert Screening.objects.filter(record=record, stage=FULL_TEXT).exists()
    shown = world.get("Ben", "record", record.id)
    assert "Settled by Ada" in shown
    assert "settled by Ben as exclude" in shown
    line = Trail.objects.get(did="opened again").about
    assert (line["reason"], line["was"]) == ("A new criterion", "Exclude")


def test_where_all_agreed_an_owner_may_open_it_too_and_only_a_further_decision_settles_it(world):
    record = kit.imported(world.ada, 1)[0]
    kit.decide(record, (world.ada, EXCLUDE), (world.ben, EXCLUDE))
    row = actions.reopen(world.ada, kit.at(record), "New criteria")
    assert kit.at(record).state == rules.CONFLICT
    assert "all agreed" in world.get("Ben", "record", record.id)
    with pytest.raises(Refused, match="opened again by an owner"):
        actions.undo(world.ben, kit.at(record))
    actions.resolve(world.ada, kit.at(record), EXCLUDE)
    assert kit.at(record).state == rules.EXCLUDED
    assert str(row).endswith("opened again")
    assert row.said == ""


def test_what_is_included_and_not_read_in_full_leaves_the_full_texts(world):
    record = settled(world, INCLUDE)
    actions.reopen(world.ada, kit.at(record), "Not sure")
    assert not Screening.objects.filter(record=record, stage=FULL_TEXT).exists()


def test_what_is_being_read_in_full_or_is_open_cannot_be_opened_again(world):
    record = settled(world, INCLUDE)
    kit.decide(record, (world.ben, INCLUDE), stage=FULL_TEXT)
    shown = world.browsers["Ada"].get(world.at("reopen", ABSTRACT, record.id))
    assert shown.status_code == 409
    assert "being read in full already" in shown.content.decode()
    fresh = kit.imported(world.ada, 1)[0]
    with pytest.raises(Refused, match="is not settled"):
        actions.reopen(world.ada, kit.at(fresh), "Why not")
    assert not Reopening.objects.exists()


def test_a_criterion_that_a_settlement_was_made_under_stays_in_use(world):
    row = criteria.add(world.ada, EXCLUDE, "About animals")
    record = settled(world, reasons=[row])
    assert queries.decided_under(row) == 3
    actions.reopen(world.ada, kit.at(record), "Again")
    assert queries.decided_under(row) == 3


def test_the_flow_counts_it_as_open_again(world):
    record = settled(world)
    assert flow.flow(world.ada.review).abstract[rules.EXCLUDED] == 1
    actions.reopen(world.ada, kit.at(record), "Again")
    counted = flow.flow(world.ada.review).abstract
    assert (counted[rules.EXCLUDED], counted[rules.CONFLICT]) == (0, 1)


def test_only_owners_open_again_and_to_strangers_nothing_is_there(world):
    record = settled(world)
    reviews.add_member(world.ada, world.people["Eve"].user, rules.REVIEWER)
    for who in ("Ben", "Eve"):
        at = world.at("reopen", ABSTRACT, record.id)
        assert world.browsers[who].get(at).status_code == 404
        assert world.browsers[who].post(at, {"reason": "x"}).status_code == 404
    assert kit.at(record).state == rules.EXCLUDED


@pytest.mark.parametrize("state", [rules.INCLUDED, rules.EXCLUDED])
def test_the_table_of_moves_leads_from_settled_back_to_conflict(state):
    both = [INCLUDE, INCLUDE]
    assert rules.after(state, rules.REOPEN, both, 2, reopened=True) == rules.CONFLICT
    with pytest.raises(rules.NotAllowed):
        rules.after(rules.UNSEEN, rules.REOPEN, both, 2, reopened=True)


def test_a_report_that_could_not_be_got_is_in_the_table_of_moves():
    assert rules.after(rules.UNSEEN, rules.GIVE_UP, [], 2, missing=True) == rules.NOT_GOT
    assert rules.after(rules.NOT_GOT, rules.FIND, [], 2) == rules.UNSEEN
    assert rules.stands([INCLUDE], 2, missing=True) == rules.PARTLY
    with pytest.raises(rules.NotAllowed):
        rules.after(rules.NOT_GOT, rules.DECIDE, [INCLUDE], 2)
