"""The log: a chain that cannot be edited, cut or added to unseen, told in plain words."""

from datetime import UTC, datetime

import pytest

from firsthand.access import door, grants, log
from firsthand.access.doer import Doer
from firsthand.access.models import LogHead, LogLine
from firsthand.access.refused import Refused
from firsthand.access.story import story
from firsthand.people.models import User
from firsthand.vault.models import Item, Keyring
from firsthand.vault.seal import Tampered
from tests.access.conftest import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(world) -> World:
    grants.make(world.owner, world.item, world.team, "help")
    door.enter(world.member, world.item.id)
    with pytest.raises(Refused):
        door.enter(world.outsider, world.item.id)
    door.change(world.owner, world.item.id, {"when": b"spring"})
    return world


def test_a_whole_log_is_given_in_order(busy):
    lines = log.verify(busy.item.id)
    assert [line.place for line in lines] == [1, 2, 3, 4, 5]
    assert [line.done for line in lines] == ["told", "shared", "read", "read", "changed"]
    assert log.tampered([busy.item.id]) == []


CHANGES = {
    "done": "closed", "refused": True, "at": datetime(2020, 1, 1, tzinfo=UTC), "by": None,
    "team": None, "digest": b"x" * 32, "chained": b"x" * 32, "place": 9,
}  # fmt: skip


@pytest.mark.parametrize("column", CHANGES)
def test_an_edited_line_is_noticed(busy, column):
    LogLine.objects.filter(place=3).update(**{column: CHANGES[column]})
    with pytest.raises(Tampered):
        log.verify(busy.item.id)
    assert log.tampered([busy.item.id]) == [busy.item.id]


def test_a_line_that_names_another_part_is_noticed(busy):
    LogLine.objects.filter(place=3).update(about=busy.item.owner)
    with pytest.raises(Tampered):
        log.verify(busy.item.id)


def test_a_line_that_names_another_reader_is_noticed(busy):
    LogLine.objects.filter(place=3).update(by=busy.outsider.user)
    with pytest.raises(Tampered):
        log.verify(busy.item.id)


@pytest.mark.parametrize("place", [1, 3, 5])
def test_a_line_taken_out_is_noticed(busy, place):
    LogLine.objects.filter(place=place).delete()
    with pytest.raises(Tampered):
        log.verify(busy.item.id)


def test_a_line_taken_out_of_the_end_with_the_head_set_back_by_hand_is_noticed(busy):
    LogLine.objects.filter(place=5).delete()
    last = LogLine.objects.get(place=4)
    LogHead.objects.update(count=4, last=last.chained)
    with pytest.raises(Tampered):
        door.enter(busy.owner, busy.item.id)


def test_a_line_added_by_hand_is_noticed(busy):
    LogLine.objects.create(
        item_id=busy.item.id, place=6, about=busy.item.id, at=log.today(), done="read",
        chained=b"x" * 32,
    )  # fmt: skip
    with pytest.raises(Tampered):
        log.verify(busy.item.id)


def test_a_head_that_ends_elsewhere_is_noticed(busy):
    LogHead.objects.update(last=b"x" * 32)
    with pytest.raises(Tampered):
        log.verify(busy.item.id)


def test_a_head_without_lines_and_lines_without_a_head_are_noticed(busy):
    LogHead.objects.all().delete()
    with pytest.raises(Tampered):
        log.verify(busy.item.id)


def test_nothing_is_appended_to_a_log_whose_head_was_touched(busy):
    LogHead.objects.update(count=3)
    with pytest.raises(Tampered):
        log.append(busy.item.id, busy.owner, "read")


def test_an_item_with_no_log_has_an_empty_one(busy):
    ring = Keyring.objects.get(id=busy.item.owner)
    bare = Item.objects.create(owner=ring)
    assert log.verify(bare.id) == []


def test_the_owner_is_kept_to_the_day_and_a_reader_to_the_moment(busy):
    lines = log.verify(busy.item.id)
    assert {line.at.time().isoformat() for line in lines if line.by is None} == {"12:00:00"}
    assert all(line.at != log.today() for line in lines if line.by is not None)
    assert log.today().tzinfo is UTC


def test_the_log_says_who_in_words_newest_first(busy):
    told, ada = story(log.verify(busy.item.id)), "Made-up Advocate"
    assert [(line.who, line.what, line.to_the_day, line.refused) for line in told] == [
        ("You", "changed it", True, False),
        (
            "Made-up Advocate, Other, Other (made up)",
            "tried to open this and was refused",
            False,
            True,
        ),
        (f"{ada}, Chosen, Chosen (made up)", "opened it", False, False),
        ("You", "shared with Chosen, Chosen (made up)", True, False),
        ("You", "told us", True, False),
    ]  # fmt: skip


def test_what_the_owner_did_ten_times_a_day_is_told_once(busy):
    for _ in range(3):
        door.change(busy.owner, busy.item.id, {"when": b"autumn"})
    assert [line.what for line in story(log.verify(busy.item.id))].count("changed it") == 1


def test_someone_without_a_name_or_team_is_still_somebody(busy):
    person = User.objects.create(username="mark", role="person")
    log.append(busy.item.id, Doer(person), "wrote", about=busy.item.owner)
    newest = story(log.verify(busy.item.id))[0]
    assert newest.who == "Another person"
    assert newest.what == "wrote a message"


def test_a_person_who_is_refused_is_not_named_for_they_may_be_the_owner(busy):
    person = User.objects.create(username="mark", role="person")
    with pytest.raises(Refused):
        door.enter(Doer(person), busy.item.id)
    line = log.verify(busy.item.id)[-1]
    assert (line.by, line.refused) == (None, True)
    newest = story([line])[0]
    assert newest.who == "Someone with a sign-in (it may have been you)"
    assert (newest.to_the_day, newest.refused) == (True, True)


def test_rows_say_what_they_are(busy):
    assert str(LogHead.objects.get()) == f"log of {busy.item.id}"
    assert str(LogLine.objects.get(place=2)) == f"line 2 of {busy.item.id}"
