"""Talking over what reviewers differ on: never before all have decided, and nothing is lost."""

import pytest

from firsthand.access.refused import Refused
from firsthand.evidence import rules, talking
from firsthand.evidence.actions import reviews, rounds
from firsthand.evidence.actions import screening as deciding
from firsthand.evidence.actions import talking as actions
from firsthand.evidence.models import Decision, Meeting, Note, Trail
from firsthand.evidence.rules import ABSTRACT, EXCLUDE, FULL_TEXT, INCLUDE
from tests.evidence import kit
from tests.evidence.test_pages import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world():
    return World()


def conflict(world, title="Record"):
    record = kit.imported(world.ada, 1, title)[0]
    kit.decide(record, (world.ada, INCLUDE), (world.ben, EXCLUDE))
    return record


def test_nothing_is_said_before_all_have_decided(world):
    record = kit.imported(world.ada, 1)[0]
    kit.decide(record, (world.ada, INCLUDE))
    assert world.browsers["Ben"].get(world.at("thread", ABSTRACT, record.id)).status_code == 404
    for name in ("thread", "listed"):
        at = world.at(name, ABSTRACT, record.id)
        assert world.browsers["Ada"].post(at, {"text": "hm", "on": "yes"}).status_code == 404
    with pytest.raises(Refused):
        actions.write(world.ada, kit.at(record), "hm")
    assert not Note.objects.exists()


def test_members_write_notes_and_whoever_reads_them_is_no_longer_blind(world):
    record = conflict(world)
    assert "Nobody has written anything yet" in world.get("Ada", "thread", ABSTRACT, record.id)
    world.post("Ada", "thread", ABSTRACT, record.id, text="Page 3 <says> so")
    shown = world.get("Ben", "thread", ABSTRACT, record.id)
    assert "Page 3 &lt;says&gt; so" in shown
    assert "Take my note back" not in shown  # it is Ada's
    assert Decision.objects.get(member=world.ben).revealed
    for name in ("resolve", "conflicts", "record"):
        more = {"resolve": (ABSTRACT, record.id), "conflicts": (ABSTRACT,), "record": (record.id,)}
        assert "Talk it over" in world.get("Ben", name, *more[name])
    assert Trail.objects.get(did="note written").about["record"] == record.number
    assert "Note written" not in world.get("Ben", "history")  # whoever is blind still, stays so


def test_a_note_without_a_word_is_given_back(world):
    record = conflict(world)
    said = world.post("Ada", "thread", ABSTRACT, record.id, status=422, text=" ")
    assert "Write something first" in said


def test_a_note_taken_back_leaves_its_trace(world):
    record = conflict(world)
    note = actions.write(world.ada, kit.at(record), "Too hasty")
    assert "Only whoever wrote" in world.post("Ben", "note_back", note.id, status=409)
    for _ in range(2):
        world.post("Ada", "note_back", note.id)
    shown = world.get("Ben", "thread", ABSTRACT, record.id)
    assert "Too hasty" not in shown
    assert "Taken back," in shown
    assert Trail.objects.filter(did="note taken back").count() == 1
    assert str(note).startswith("a note on")


def test_what_was_discussed_and_waits_is_a_list_of_its_own(world):
    one, two = conflict(world, "First"), conflict(world, "Second")
    note = actions.write(world.ada, kit.at(one), "Hm")
    there = world.at("conflicts", ABSTRACT) + "?show=discussed"
    shown = world.browsers["Ben"].get(there).content.decode()
    assert one.title in shown
    assert two.title not in shown
    actions.take_back(world.ada, note)
    assert "Nothing is so" in world.browsers["Ben"].get(there).content.decode()
    actions.write(world.ben, kit.at(one), "Yes")
    deciding.resolve(world.ada, kit.at(one), INCLUDE)
    assert not talking.conflicts(world.ada.review, ABSTRACT, talking.DISCUSSED).exists()
    odd = world.browsers["Ben"].get(world.at("conflicts", ABSTRACT) + "?show=odd").content.decode()
    assert two.title in odd


def test_conflicts_are_put_on_a_list_for_the_meeting_and_leave_it_when_settled(world):
    one, two = conflict(world, "First"), conflict(world, "Second")
    assert "Nothing is on the list" in world.get("Ada", "meeting")
    actions.write(world.ada, kit.at(one), "See page 4")
    for _ in range(2):
        world.post("Ada", "listed", ABSTRACT, one.id, on="yes")
    shown = world.get("Ben", "meeting")
    assert one.title in shown
    assert "See page 4" in shown
    assert two.title not in shown
    assert "Take it off the meeting list" in world.get("Ben", "thread", ABSTRACT, one.id)
    listed = world.browsers["Ben"].get(world.at("conflicts", ABSTRACT) + "?show=meeting")
    assert one.title in listed.content.decode()
    for _ in range(2):
        world.post("Ben", "listed", ABSTRACT, one.id, on="no")
    assert not Meeting.objects.exists()
    world.post("Ben", "listed", ABSTRACT, one.id, on="yes")
    assert str(one.id) in str(Meeting.objects.get().screening.record_id)
    deciding.resolve(world.ada, kit.at(one), INCLUDE)
    assert "Nothing is on the list" in world.get("Ada", "meeting")
    assert str(Meeting.objects.get()).endswith("for the meeting")
    assert Trail.objects.filter(did__contains="meeting list").count() == 3


def test_a_rounds_disagreements_lead_to_their_threads(world):
    one = kit.imported(world.ada, 1)[0]
    row = rounds.begin(world.ada, ABSTRACT, 1)
    kit.decide(one, (world.ada, INCLUDE), (world.ben, EXCLUDE))
    actions.write(world.ben, kit.at(one), "Hm")
    shown = world.get("Ada", "round", ABSTRACT, row.id)
    assert world.at("thread", ABSTRACT, one.id) in shown
    assert ", 1 note" in shown


def test_strangers_and_former_members_hear_nothing(world):
    record = conflict(world)
    note = actions.write(world.ada, kit.at(record), "Secret")
    reviews.end_member(world.ada, world.ben)
    for who in ("Eve", "Ben"):
        window = world.browsers[who]
        for name, more in (("thread", (ABSTRACT, record.id)), ("meeting", ())):
            assert window.get(world.at(name, *more)).status_code == 404
        for name, more in (
            ("thread", (ABSTRACT, record.id)), ("listed", (ABSTRACT, record.id)),
            ("note_back", (note.id,)),
        ):  # fmt: skip
            assert window.post(world.at(name, *more), {"text": "x", "on": "yes"}).status_code == 404
    assert Note.objects.count() == 1


def test_a_thread_of_another_review_or_stage_is_not_there(world):
    zed, yan = kit.review("Zed", "Yan")
    record = kit.imported(zed, 1)[0]
    kit.decide(record, (zed, INCLUDE), (yan, EXCLUDE))
    note = actions.write(zed, kit.at(record), "Theirs")
    ada = world.browsers["Ada"]
    for name, more in (("thread", (ABSTRACT, record.id)), ("thread", ("odd", record.id))):
        assert ada.get(world.at(name, *more)).status_code == 404
    assert ada.post(world.at("note_back", note.id)).status_code == 404
    with pytest.raises(Refused):
        actions.write(world.ada, kit.at(record), "Mine")
    mine = conflict(world)
    assert ada.get(world.at("thread", FULL_TEXT, mine.id)).status_code == 404
    assert kit.at(mine).state == rules.CONFLICT
