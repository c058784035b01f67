"""Grants: the owner's signed word, checked at every use and ended at once."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from firsthand.access import door, grants, log, rules
from firsthand.access.models import Grant
from firsthand.access.refused import Refused
from firsthand.people import actions
from firsthand.vault import items
from firsthand.vault.keyrings import Locked
from firsthand.vault.models import Item, Keyring, Wrap
from firsthand.vault.seal import Tampered
from tests.access.conftest import World, staff

pytestmark = pytest.mark.django_db


def grant(world: World, **kwargs: object) -> Grant:
    return grants.make(world.owner, world.item, world.team, "help", **kwargs)


def test_a_grant_is_made_once_however_often_it_is_asked_for(world):
    assert grant(world) == grant(world)
    assert Grant.objects.count() == 1
    assert [line.done for line in log.verify(world.item.id)] == ["told", "shared"]


def test_only_the_owner_grants(world):
    grant(world)
    for other in (world.member, world.outsider):
        with pytest.raises(Locked):
            grants.make(other, world.item, world.other_team, "help")
    assert Grant.objects.count() == 1


def test_nothing_is_granted_of_what_was_withdrawn(world):
    door.erase(world.owner, world.item.id)
    with pytest.raises(Locked):
        grant(world)


def test_a_grant_ends_after_its_last_day(world):
    today = timezone.localdate()
    made = grant(world, until=today)
    door.enter(world.member, world.item.id)
    assert grants.standing(world.item.id) == [made]
    assert rules.is_live(today, None, today)
    assert not rules.is_live(today, None, today + timedelta(days=1))
    assert rules.is_live(None, None, today)
    assert not rules.is_live(None, today, today)


def test_yesterdays_grant_opens_nothing(world):
    grant(world, until=timezone.localdate() - timedelta(days=1))
    assert grants.standing(world.item.id) == []
    with pytest.raises(Refused):
        door.enter(world.member, world.item.id)


# -- revoking ---------------------------------------------------------------------------------


def test_revoking_ends_access_at_the_very_next_request(world):
    grant(world)
    door.enter(world.member, world.item.id)
    grants.revoke(world.owner, items.unlock(world.item.id, world.owner.keys), world.team)
    with pytest.raises(Refused):
        door.enter(world.member, world.item.id)
    assert grants.standing(world.item.id) == []
    assert "revoked" in [line.done for line in log.verify(world.item.id)]


def test_revoking_one_team_leaves_another_in(world):
    grant(world)
    grants.make(world.owner, world.item, world.other_team, "answer")
    grants.revoke(world.owner, world.item, world.team)
    assert items.read(door.enter(world.outsider, world.item.id), "happened")
    with pytest.raises(Refused):
        door.enter(world.member, world.item.id)


def test_revoking_reseals_every_part_the_team_could_open_and_no_other(world):
    grant(world)
    ring = Keyring.objects.get(id=world.item.owner)
    reach = {"whole": world.item.id, "under": world.item.id}
    shared = door.create(
        world.owner, ring, {"a": b"1"}, to=[grants.current_keyring(world.team)], **reach
    )
    kept = door.create(world.owner, ring, {"a": b"2"}, **reach)
    grants.revoke(world.owner, world.item, world.team)
    versions = dict(Item.objects.values_list("id", "key_version"))
    assert (versions[world.item.id], versions[shared.id], versions[kept.id]) == (2, 2, 1)
    with pytest.raises(Refused):
        door.enter(world.member, shared.id)
    assert items.read(door.enter(world.owner, shared.id), "a") == b"1"


def test_only_the_owner_revokes(world):
    grant(world)
    with pytest.raises(Locked):
        grants.revoke(world.member, world.item, world.team)
    door.enter(world.member, world.item.id)


def test_sharing_again_after_revoking_is_a_new_grant(world):
    first = grant(world)
    grants.revoke(world.owner, world.item, world.team)
    opened = items.unlock(world.item.id, world.owner.keys)
    second = grants.make(world.owner, opened, world.team, "help")
    assert second != first
    door.enter(world.member, world.item.id)


def test_a_member_who_left_reads_nothing_of_what_is_shared_later_or_was_before(world):
    grant(world)
    stays = staff(world.team)
    actions.let_in(world.member.keys, stays.user, world.team)
    actions.leave(world.member.user, world.team)
    gone = type(world.member)(world.member.user, {}, ())
    with pytest.raises(Refused):
        door.enter(gone, world.item.id)


def test_sharing_again_after_its_last_day_is_a_new_grant(world):
    first = grant(world, until=timezone.localdate() - timedelta(days=1))
    second = grant(world)
    assert second != first
    door.enter(world.member, world.item.id)


def test_another_last_day_moves_the_end_and_the_old_terms_cannot_be_put_back(world):
    made = grant(world, until=timezone.localdate() + timedelta(days=300))
    before = Grant.objects.filter(id=made.id).values("until", "signature").get()
    assert grant(world, until=timezone.localdate()).id == made.id
    door.enter(world.member, world.item.id)
    Grant.objects.filter(id=made.id).update(**before)
    with pytest.raises(Tampered):
        door.enter(world.member, world.item.id)


def test_the_worker_takes_the_keys_of_grants_whose_last_day_is_over(world):
    grant(world, until=timezone.localdate() - timedelta(days=1))
    ring = Keyring.objects.get(id=world.item.owner)
    part = door.create(world.owner, ring, {"a": b"1"}, whole=world.item.id, under=world.item.id,
                       to=[grants.current_keyring(world.team)])  # fmt: skip
    assert grants.end_expired() == 1
    owner = {world.item.owner}
    assert items.readers(world.item.id) == items.readers(part.id) == owner
    assert grants.end_expired() == 0
    assert items.read(door.enter(world.owner, world.item.id), "happened")


def test_a_grant_that_holds_today_keeps_its_keys(world):
    grant(world, until=timezone.localdate())
    assert grants.end_expired() == 0
    door.enter(world.member, world.item.id)


# -- forging ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value"),
    [("purpose", "answer"), ("until", date(2099, 1, 1)), ("made_on", date(2000, 1, 1)),
     ("signature", bytes(64))],
)  # fmt: skip
def test_a_changed_grant_is_noticed(world, column, value):
    made = grant(world)
    Grant.objects.filter(id=made.id).update(**{column: value})
    with pytest.raises(Tampered):
        door.enter(world.member, world.item.id)
    with pytest.raises(Tampered):
        grants.standing(world.item.id)


def test_a_grant_moved_to_another_team_is_noticed(world):
    grant(world)
    Grant.objects.update(team=world.other_team)
    with pytest.raises(Tampered):
        door.enter(world.outsider, world.item.id)


def test_a_grant_moved_to_another_item_is_noticed(world):
    ring = Keyring.objects.get(id=world.item.owner)
    second = door.create(world.owner, ring, {"happened": b"kept to myself"})
    grant(world)
    Grant.objects.update(item_id=second.id)
    with pytest.raises(Tampered):
        grants.live(second.id, world.team)


def test_a_grant_made_up_by_someone_who_only_writes_to_the_database_is_noticed(world):
    mallory = world.outsider
    made_up = Grant(item_id=world.item.id, team=world.other_team, purpose="help",
                    made_on=timezone.localdate())  # fmt: skip
    made_up.signature = mallory.keys[0].sign(grants._signed(made_up))
    made_up.save()
    with pytest.raises(Tampered):
        door.enter(mallory, world.item.id)


def test_an_owners_key_swapped_to_sign_grants_is_noticed(world):
    grant(world)
    theirs = Keyring.objects.get(id=world.outsider.user.keyring_id)
    Keyring.objects.filter(id=world.item.owner).update(sign_public=theirs.sign_public)
    with pytest.raises(Tampered):
        door.enter(world.member, world.item.id)


def test_a_revocation_taken_back_by_hand_opens_nothing(world):
    grant(world)
    wrap = Wrap.objects.exclude(keyring_id=world.item.owner).get()
    grants.revoke(world.owner, world.item, world.team)
    Grant.objects.update(revoked_on=None)
    with pytest.raises(Tampered):
        door.enter(world.member, world.item.id)
    with pytest.raises(Tampered):
        grants.standing(world.item.id)  # and so no new file or message is sealed for them
    Wrap.objects.create(
        item_id=world.item.id, keyring_id=wrap.keyring_id, key_version=2, body=wrap.body
    )
    with pytest.raises(Tampered):
        door.enter(world.member, world.item.id)


def test_an_item_given_to_another_owner_to_sign_grants_of_it_is_noticed(world):
    """The forger owns a keyring we made, and signs a grant without end with it."""
    made = grant(world)
    theirs = world.outsider.user.keyring_id
    Item.objects.filter(id=world.item.id).update(owner_id=theirs)
    made.until = date(2099, 1, 1)
    made.signature = world.outsider.hands[theirs].sign(grants._signed(made))
    made.save()
    with pytest.raises(Tampered):
        door.enter(world.member, world.item.id)
    with pytest.raises(Tampered):
        door.enter(world.outsider, world.item.id)


def test_nothing_is_granted_to_a_team_whose_keys_were_swapped(world):
    epoch, other = world.team.epochs.get(), world.other_team.epochs.get()
    ring = other.keyring_id
    other.keyring = None
    type(other).objects.filter(id=other.id).delete()
    type(epoch)._base_manager.filter(id=epoch.id).update(keyring_id=ring)
    with pytest.raises(Tampered):
        grant(world)


def test_a_team_has_one_live_grant_of_an_item(world):
    made = grant(world)
    with pytest.raises(IntegrityError):
        Grant.objects.create(
            item_id=made.item_id, team=made.team, purpose="help", made_on=made.made_on,
            signature=made.signature,
        )  # fmt: skip


def test_the_terms_are_signed_in_one_order_and_an_open_end_is_said():
    terms = rules.Terms("g", "i", "t", "help", date(2026, 1, 2), None)
    assert terms.parts() == ("grant", "g", "i", "t", "help", "2026-01-02", "ended by its owner")
    ends = rules.Terms("g", "i", "t", "help", date(2026, 1, 2), date(2026, 3, 4))
    assert ends.parts()[-1] == "2026-03-04"


def test_a_grant_says_what_it_is():
    assert str(Grant(id="7ad2b7f4-0000-4000-8000-000000000000")).startswith("grant 7ad2b7f4")
