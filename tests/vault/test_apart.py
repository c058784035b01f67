"""One keyring's locks are not another's, and what was stored yesterday opens tomorrow."""

import hashlib
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from firsthand.vault import derive, items, keyrings, words
from firsthand.vault.keyrings import Locked
from firsthand.vault.keys import Keys
from firsthand.vault.models import Sealed, Sitting, Unlocker
from firsthand.vault.rules import CONTENTS, FORM, MEMBER, PASSPHRASE, RECEIPT, RECOVERY, context
from firsthand.vault.rules import SITTING as SITTING_KIND
from firsthand.vault.seal import unseal
from firsthand.vault.sessions import SessionStore, name_of
from tests.vault.conftest import holder

pytestmark = pytest.mark.django_db

SOON = timedelta(minutes=15)


def sitting(name: str, *held: Keys) -> str:
    Sitting.objects.create(id=name, sealed=b"", quiet_at=timezone.now() + SOON)
    for keys in held:
        keyrings.hold(name, b"secret of " + name.encode(), keys)
    return name


def held_by(name: str) -> set[uuid.UUID]:
    return {keys.id for keys in keyrings.in_hand(name, b"secret of " + name.encode())}


# -- one is not another -----------------------------------------------------------------------


@pytest.fixture
def locked(owner, other) -> tuple[Keys, Keys]:
    """Two keyrings with a passphrase and a recovery key each."""
    for keys, _ in (owner, other):
        keyrings.add_lock(keys, keyrings.passphrase_lock(f"words of {keys.id}"))
        keyrings.add_lock(keys, keyrings.secret_lock(RECOVERY, keys.id.bytes))
    return owner[0], other[0]


def kinds_of(keys: Keys) -> list[str]:
    rows = Unlocker.objects.filter(keyring_id=keys.id)
    return sorted(rows.values_list("kind", flat=True))


def test_dropping_a_kind_of_lock_leaves_the_others_and_everyone_elses(locked):
    mine, theirs = locked
    keyrings.drop_locks(mine.id, RECOVERY)
    assert kinds_of(mine) == [PASSPHRASE]
    assert kinds_of(theirs) == sorted([PASSPHRASE, RECOVERY])


def test_having_a_lock_is_asked_of_one_keyring_and_one_kind(locked):
    mine, theirs = locked
    keyrings.drop_locks(mine.id, RECOVERY)
    assert (keyrings.has_lock(mine.id, RECOVERY), keyrings.has_lock(mine.id, PASSPHRASE)) == (
        False,
        True,
    )
    assert keyrings.has_lock(theirs.id, RECOVERY)


def test_replacing_a_lock_leaves_the_other_kinds_and_everyone_elses(locked):
    mine, theirs = locked
    keyrings.replace_lock(mine, keyrings.passphrase_lock("newer words"))
    assert kinds_of(mine) == sorted([PASSPHRASE, RECOVERY])
    assert kinds_of(theirs) == sorted([PASSPHRASE, RECOVERY])
    with pytest.raises(Locked):
        keyrings.by_passphrase(mine.id, f"words of {mine.id}")
    assert keyrings.by_passphrase(theirs.id, f"words of {theirs.id}").id == theirs.id


def test_a_secret_opens_only_the_kind_of_lock_it_was_made_for(owner):
    keys, _ = owner
    keyrings.add_lock(keys, keyrings.secret_lock(FORM, b"number"))
    now = timezone.now()
    assert keyrings.by_secret(keys.id, keyrings.secret_lock(FORM, b"number"), now).id == keys.id
    with pytest.raises(Locked):
        keyrings.by_secret(keys.id, keyrings.secret_lock(RECOVERY, b"number"), now)


def test_a_secret_opens_only_the_keyring_it_was_made_for(locked):
    mine, theirs = locked
    with pytest.raises(Locked):
        keyrings.by_secret(mine.id, keyrings.secret_lock(RECOVERY, theirs.id.bytes), timezone.now())


def test_two_keyrings_locked_by_the_same_secret_stay_two(owner, other):
    for keys, _ in (owner, other):
        keyrings.add_lock(keys, keyrings.secret_lock(FORM, b"same"))
    lock, now = keyrings.secret_lock(FORM, b"same"), timezone.now()
    assert keyrings.by_secret(owner[0].id, lock, now).id == owner[0].id
    assert keyrings.by_secret(other[0].id, lock, now).id == other[0].id


# -- sittings ---------------------------------------------------------------------------------


def test_ending_the_sittings_of_one_keyring_leaves_those_of_others(owner, other):
    mine, theirs = owner[0], other[0]
    sitting("here", mine), sitting("there", mine, theirs), sitting("elsewhere", theirs)
    keyrings.end_sittings(mine.id, but="here")
    assert set(Sitting.objects.values_list("id", flat=True)) == {"here", "elsewhere"}
    keyrings.end_sittings(mine.id)
    assert set(Sitting.objects.values_list("id", flat=True)) == {"elsewhere"}


def test_letting_one_keyring_go_leaves_it_in_other_hands(owner, other):
    mine, theirs = owner[0], other[0]
    sitting("here", mine, theirs), sitting("there", mine)
    keyrings.let_go("here", mine.id)
    assert held_by("here") == {theirs.id}
    assert held_by("there") == {mine.id}


def test_one_held_keyring_is_found_among_several(owner, other):
    mine, theirs = owner[0], other[0]
    sitting("here", mine, theirs), sitting("there", mine)
    for keys in (mine, theirs):
        assert keyrings.held("here", b"secret of here", keys.id).id == keys.id
    with pytest.raises(Locked):
        keyrings.held("there", b"secret of there", theirs.id)


def test_what_one_sitting_holds_goes_over_to_the_next_and_nothing_of_others(owner, other):
    sitting("here", owner[0]), sitting("there", other[0]), sitting("next")
    keyrings.rehold("here", b"secret of here", "next", b"secret of next")
    assert held_by("next") == {owner[0].id}


def test_taking_a_team_from_one_member_leaves_it_to_others_and_them_their_other_teams(owner, other):
    teams = [holder("team")[0] for _ in range(2)]
    for team in teams:
        for _, ring in (owner, other):
            keyrings.admit(team, ring)
    keyrings.expel(teams[0].id, owner[1].id)
    assert {keys.id for keys in keyrings.through([owner[0]])} == {teams[1].id}
    assert {keys.id for keys in keyrings.through([other[0]])} == {team.id for team in teams}
    assert Unlocker.objects.filter(kind=MEMBER).count() == 3


# -- what was stored yesterday opens tomorrow -------------------------------------------------


def test_a_sittings_name_is_a_mark_of_its_secret_that_never_changes():
    expected = hashlib.blake2b(b"a secret", digest_size=32, person=b"sitting").hexdigest()
    assert name_of("a secret") == expected


def test_a_sitting_is_sealed_for_its_own_place_by_its_own_secret():
    store = SessionStore()
    store["step"] = "when"
    store.save()
    assert len(store.secret) == 43, "32 random bytes, spelt"
    row = Sitting.objects.get(id=name_of(store.secret))
    key = derive.from_secret(store.secret.encode(), "sitting")
    assert unseal(key, bytes(row.sealed), context("sitting", row.id)) == b'{"step": "when"}'


def test_a_receipts_row_is_found_by_a_mark_that_never_changes():
    receipt = words.draw()
    assert keyrings.locator_of(receipt) == derive.mark("locator", *receipt.finds)


def test_a_receipt_opens_only_what_a_receipt_locked(owner):
    receipt = words.draw()
    keyrings.add_lock(owner[0], keyrings.receipt_lock(receipt))
    assert keyrings.by_receipt(receipt).id == owner[0].id
    assert Unlocker.objects.get(kind=RECEIPT).locator == keyrings.locator_of(receipt)


def test_saving_a_sitting_again_moves_its_end_on():
    store = SessionStore()
    store.save()
    Sitting.objects.update(quiet_at=timezone.now() + timedelta(minutes=1))
    store.save()
    assert Sitting.objects.get().quiet_at > timezone.now() + timedelta(minutes=14)


def test_a_sitting_that_was_just_made_is_written_to_the_cookie():
    store = SessionStore()
    store.create()
    assert store.modified is True


def test_a_sitting_that_is_not_there_has_no_secret_any_more():
    store = SessionStore("gone")
    assert store.load() == {}
    assert store.session_key is None


def test_a_held_keyring_is_of_the_sittings_own_kind(owner):
    sitting("here", owner[0])
    assert Unlocker.objects.get(sitting_id="here").kind == SITTING_KIND


# -- items ------------------------------------------------------------------------------------


def test_what_an_item_is_at_rest_is_what_its_last_write_left(owner):
    opened = items.create(owner[1], {"happened": b"words"})
    row = items.Item.objects.get(id=opened.id)
    assert items.digest_at_rest(row) == opened.digest
    written = items.write(opened, {"happened": b"other words"})
    row.refresh_from_db()
    assert items.digest_at_rest(row) == written.digest != opened.digest


def test_an_item_whose_contents_are_gone_has_no_digest(owner):
    opened = items.create(owner[1], {"happened": b"words"})
    items.create(owner[1], {"happened": b"something else"})
    Sealed.objects.filter(item_id=opened.id, field=CONTENTS).delete()
    assert items.digest_at_rest(items.Item.objects.get(id=opened.id)) == b""


def test_a_family_is_a_thing_and_all_that_is_under_it_by_their_ids(owner):
    top = items.create(owner[1], {})
    part = items.create(owner[1], {}, under=top.id)
    leaf = items.create(owner[1], {}, under=part.id)
    items.create(owner[1], {})
    assert set(items.family(top.id)) == {top.id, part.id, leaf.id}
