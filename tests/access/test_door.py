"""The one door: who asks is checked, the log is written, then it opens."""

import uuid

import pytest

from firsthand.access import door, grants, log
from firsthand.access.doer import Doer
from firsthand.access.models import LogHead, LogLine
from firsthand.access.refused import NOTHING, Refused, not_now
from firsthand.people.queries import current_keyring
from firsthand.vault import items
from firsthand.vault.models import Item, Keyring, Sealed, Wrap
from firsthand.vault.rules import CONTENTS
from firsthand.vault.seal import Tampered
from tests.access.conftest import SAID, World

pytestmark = pytest.mark.django_db


def lines(world: World) -> list[tuple[str, bool, bool]]:
    """What the log says: what was done, whether refused, whether by the owner."""
    return [(line.done, line.refused, line.by is None) for line in log.verify(world.item.id)]


def part_of(world: World, **kwargs: object) -> items.OpenItem:
    ring = Keyring.objects.get(id=world.item.owner)
    return door.create(
        world.owner, ring, {"text": b"part"}, whole=world.item.id, under=world.item.id,
        done="changed", **kwargs,
    )  # fmt: skip


def test_telling_is_the_first_line_of_the_log(world):
    assert lines(world) == [("told", False, True)]


def test_a_team_with_a_grant_reads_and_the_log_says_who(world):
    grants.make(world.owner, world.item, world.team, "help")
    assert items.read(door.enter(world.member, world.item.id), "happened") == SAID
    assert lines(world)[-1] == ("read", False, False)
    last = log.verify(world.item.id)[-1]
    assert (last.by, last.team) == (world.member.user, world.team)


def test_no_log_no_read(world, monkeypatch):
    grants.make(world.owner, world.item, world.team, "help")

    def full(*args, **kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(log, "append", full)
    with pytest.raises(OSError, match="disk"):
        door.enter(world.member, world.item.id)


def test_a_team_without_a_grant_is_refused_and_the_log_says_so(world):
    with pytest.raises(Refused) as refused:
        door.enter(world.outsider, world.item.id)
    assert refused.value.sentence == NOTHING
    assert refused.value.hidden
    assert lines(world)[-1] == ("read", True, False)
    assert log.verify(world.item.id)[-1].by == world.outsider.user


def test_someone_in_no_team_is_refused_and_the_log_says_so(world):
    alone = Doer(world.outsider.user, world.outsider.hands, ())
    with pytest.raises(Refused):
        door.enter(alone, world.item.id)
    assert log.verify(world.item.id)[-1].team is None


def test_a_stranger_is_refused_without_a_line(world):
    for stranger in (Doer(),):
        with pytest.raises(Refused):
            door.enter(stranger, world.item.id)
    assert lines(world) == [("told", False, True)]


def test_what_is_not_there_is_refused_in_the_same_words(world):
    with pytest.raises(Refused) as refused:
        door.enter(world.member, uuid.uuid4())
    assert refused.value.sentence == NOTHING


def test_a_grant_without_a_wrap_opens_nothing(world):
    grants.make(world.owner, world.item, world.team, "help")
    Wrap.objects.filter(item_id=world.item.id).exclude(keyring_id=world.item.owner).delete()
    with pytest.raises(Refused):
        door.enter(world.member, world.item.id)
    assert lines(world)[-1] == ("read", True, False)


def test_a_wrap_without_a_grant_opens_nothing(world):
    items.share(world.item, current_keyring(world.team))
    with pytest.raises(Refused):
        door.enter(world.member, world.item.id)


def test_a_part_opens_with_the_grant_of_the_whole_and_its_own_wrap(world):
    grants.make(world.owner, world.item, world.team, "help")
    shared = part_of(world, to=[current_keyring(world.team)])
    kept = part_of(world)
    assert items.read(door.enter(world.member, shared.id), "text") == b"part"
    assert log.verify(world.item.id)[-1].about == shared.id
    with pytest.raises(Refused):
        door.enter(world.member, kept.id)
    assert (LogLine.objects.last().about, LogLine.objects.last().refused) == (kept.id, True)


def test_the_second_of_two_teams_may_be_the_one_with_the_grant(world):
    grants.make(world.owner, world.item, world.team, "help")
    both = Doer(world.member.user, world.member.hands, (world.other_team, world.team))
    door.enter(both, world.item.id)
    assert LogLine.objects.last().team == world.team


# -- the owner --------------------------------------------------------------------------------


def test_the_owner_reads_and_it_is_logged_once_a_day(world):
    for _ in range(3):
        assert items.read(door.enter(world.owner, world.item.id), "happened") == SAID
    assert lines(world) == [("told", False, True), ("read", False, True)]


def test_the_owner_opening_a_part_adds_no_line(world):
    part = part_of(world)
    before = lines(world)
    assert items.read(door.enter(world.owner, part.id), "text") == b"part"
    assert lines(world) == before


def test_only_the_owner_looks_without_a_line(world):
    assert items.read(door.look(world.owner, world.item.id), "happened") == SAID
    grants.make(world.owner, world.item, world.team, "help")
    for other in (world.member, world.outsider, Doer()):
        with pytest.raises(Refused):
            door.look(other, world.item.id)


def test_only_the_owner_sees_every_field_at_once(world):
    opened, fields = door.look_all(world.owner, world.item.id)
    assert (opened.id, fields) == (world.item.id, {"happened": SAID})
    grants.make(world.owner, world.item, world.team, "help")
    for other in (world.member, world.outsider, Doer()):
        with pytest.raises(Refused):
            door.look_all(other, world.item.id)


def test_a_field_changed_from_outside_is_said_however_the_owner_looks(world):
    Sealed.objects.filter(item_id=world.item.id, field="happened").update(body=b"not ours at all")
    with pytest.raises(Tampered):
        door.look_all(world.owner, world.item.id)
    Sealed.objects.filter(item_id=world.item.id, field=CONTENTS).update(body=b"nor is this")
    with pytest.raises(Tampered):
        door.look(world.owner, world.item.id)


def test_a_change_moves_the_log_with_it(world):
    door.change(world.owner, world.item.id, {"happened": b"more"})
    assert lines(world)[-1] == ("changed", False, True)
    assert items.read(door.enter(world.owner, world.item.id), "happened") == b"more"


def test_a_change_by_someone_without_keys_is_refused(world):
    with pytest.raises(Refused):
        door.change(world.outsider, world.item.id, {"happened": b"other words"})
    assert items.read(door.look(world.owner, world.item.id), "happened") == SAID


def test_a_team_may_write_into_what_is_shared_and_is_named_for_it(world):
    grants.make(world.owner, world.item, world.team, "help")
    door.change(world.member, world.item.id, {"note": b"ours"}, done="wrote", team=world.team)
    last = log.verify(world.item.id)[-1]
    assert (last.done, last.by, last.team) == ("wrote", world.member.user, world.team)


# -- erasing ----------------------------------------------------------------------------------


def test_withdrawing_leaves_the_log_and_nothing_else(world):
    grants.make(world.owner, world.item, world.team, "help")
    part_of(world)
    door.erase(world.owner, world.item.id)
    assert not Sealed.objects.exists()
    assert grants.standing(world.item.id) == []
    assert lines(world)[-1] == ("withdrew", False, True)
    for doer in (world.owner, world.member):
        with pytest.raises(Refused):
            door.enter(doer, world.item.id)


def test_only_the_owner_withdraws(world):
    grants.make(world.owner, world.item, world.team, "help")
    with pytest.raises(Refused):
        door.erase(world.member, world.item.id)
    assert Sealed.objects.exists()


def test_a_part_taken_away_leaves_the_whole(world):
    part = part_of(world)
    door.discard(world.owner, part.id)
    assert Item.objects.get(id=part.id).erased
    assert items.read(door.enter(world.owner, world.item.id), "happened") == SAID
    assert ("changed", False, True) in lines(world)
    with pytest.raises(Refused):
        door.discard(world.member, world.item.id)


# -- tampering --------------------------------------------------------------------------------


def test_the_whole_item_put_back_from_yesterday_is_noticed(world):
    before = {row.field: (row.version, bytes(row.body)) for row in Sealed.objects.all()}
    door.change(world.owner, world.item.id, {"happened": b"new"})
    for field, (version, body) in before.items():
        Sealed.objects.filter(field=field).update(version=version, body=body)
    Item.objects.filter(id=world.item.id).update(revision=1)
    grants.make(world.owner, items.unlock(world.item.id, world.owner.keys), world.team, "help")
    for doer in (world.owner, world.member):
        with pytest.raises(Tampered):
            door.enter(doer, world.item.id)
    with pytest.raises(Tampered):
        door.change(world.owner, world.item.id, {"happened": b"newer"})


@pytest.mark.parametrize("what", ["head gone", "no write logged", "head short", "proof"])
def test_a_log_that_does_not_hold_together_closes_the_door(world, what):
    heads = LogHead.objects.filter(item_id=world.item.id)
    if what == "head gone":
        heads.delete()
    elif what == "no write logged":
        LogLine.objects.update(digest=b"")
    elif what == "head short":
        heads.update(count=0)
    else:
        heads.update(proof=bytes(32))
    with pytest.raises(Tampered):
        door.enter(world.owner, world.item.id)


def test_a_list_of_contents_from_elsewhere_is_noticed(world):
    Sealed.objects.filter(field=CONTENTS).update(body=b"\x01" + bytes(300))
    with pytest.raises(Tampered):
        door.enter(world.owner, world.item.id)


def test_a_refusal_of_what_is_known_is_not_hidden():
    refusal = not_now("This is closed.")
    assert (refusal.sentence, refusal.hidden, str(refusal)) == (
        "This is closed.", False, "This is closed.",
    )  # fmt: skip


# -- turned away before the door --------------------------------------------------------------


def test_who_is_turned_away_by_a_page_is_in_the_log_and_has_read_nothing(world):
    grants.make(world.owner, world.item, world.team, "help")
    for other in (world.outsider, world.member):
        with pytest.raises(Refused) as refused:
            door.refuse(other, world.item.id)
        assert refused.value.sentence == NOTHING
        assert lines(world)[-1] == ("read", True, False)
        assert log.verify(world.item.id)[-1].by == other.user


def test_a_stranger_turned_away_by_a_page_leaves_no_line(world):
    with pytest.raises(Refused):
        door.refuse(Doer(), world.item.id)
    assert lines(world) == [("told", False, True)]


def test_turning_away_from_what_is_not_there_or_gone_says_the_same(world):
    door.erase(world.owner, world.item.id)
    before = lines(world)
    for item in (uuid.uuid4(), world.item.id):
        with pytest.raises(Refused) as refused:
            door.refuse(world.outsider, item)
        assert refused.value.sentence == NOTHING
    assert lines(world) == before


def test_the_owner_whose_keys_are_closed_is_no_stranger_in_their_own_log(world):
    user = world.outsider.user
    user.keyring = Keyring.objects.get(id=world.item.owner)
    with pytest.raises(Refused):
        door.refuse(Doer(user), world.item.id)
    assert lines(world) == [("told", False, True)]
