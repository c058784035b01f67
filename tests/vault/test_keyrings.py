"""Keyrings: opened by what someone holds, and by nothing else."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from firsthand.vault import derive, items, keyrings, recovery, rules, words
from firsthand.vault.keyrings import Locked
from firsthand.vault.keys import Keys
from firsthand.vault.models import Keyring, Sitting, Unlocker
from firsthand.vault.seal import Tampered
from tests.vault.conftest import holder

pytestmark = pytest.mark.django_db


def sitting(name: str = "one") -> str:
    in_ten = timezone.now() + timedelta(minutes=10)
    return Sitting.objects.create(id=name, sealed=b"", quiet_at=in_ten).id


# -- receipts ---------------------------------------------------------------------------------


def test_a_receipt_opens_its_keyring(owner):
    keys, _ = owner
    receipt = words.draw()
    keyrings.add_lock(keys, keyrings.receipt_lock(receipt))
    assert keyrings.by_receipt(receipt) == keys


def test_the_right_two_words_with_any_other_seven_open_nothing(owner):
    keys, _ = owner
    receipt, other = words.draw(), words.draw()
    keyrings.add_lock(keys, keyrings.receipt_lock(receipt))
    with pytest.raises(Locked):
        keyrings.by_receipt(words.Receipt(receipt.finds, other.opens))
    with pytest.raises(Locked):
        keyrings.by_receipt(words.Receipt(other.finds, receipt.opens))


def test_looking_for_no_such_receipt_takes_as_much_work(owner, monkeypatch):
    worked = []
    monkeypatch.setattr(derive, "from_words", lambda typed, salt: worked.append(salt) or bytes(32))
    with pytest.raises(Locked):
        keyrings.by_receipt(words.draw())
    assert worked == [bytes(16)]


def test_two_receipts_that_share_their_first_two_words_open_each_their_own():
    (one, _), (two, _) = holder(), holder()
    first, second = words.draw(), words.draw()
    second = words.Receipt(first.finds, second.opens)
    keyrings.add_lock(one, keyrings.receipt_lock(first))
    keyrings.add_lock(two, keyrings.receipt_lock(second))
    assert keyrings.by_receipt(first) == one
    assert keyrings.by_receipt(second) == two


def test_no_row_holds_a_word_of_a_receipt(owner):
    keys, _ = owner
    receipt = words.draw()
    keyrings.add_lock(keys, keyrings.receipt_lock(receipt))
    row = Unlocker.objects.get()
    stored = b"".join(bytes(part) for part in (row.sealed, row.salt, row.verifier, row.locator))
    for word in str(receipt).split():
        assert word.encode() not in stored


# -- passphrases and random secrets -----------------------------------------------------------


def test_a_passphrase_opens_its_own_keyring_only(owner, other):
    keyrings.add_lock(owner[0], keyrings.passphrase_lock("five words of my own"))
    assert keyrings.by_passphrase(owner[0].id, "five words of my own") == owner[0]
    for keyring, typed in (
        (owner[0].id, "five words of my owN"),
        (other[0].id, "five words of my own"),
    ):
        with pytest.raises(Locked):
            keyrings.by_passphrase(keyring, typed)


def test_the_same_passphrase_never_derives_the_same_key():
    one, two = keyrings.passphrase_lock("the same"), keyrings.passphrase_lock("the same")
    assert one.salt != two.salt
    assert one.key != two.key
    assert one.verifier != one.key


def test_a_recovery_key_opens_for_ever_and_another_does_not(owner):
    keys, _ = owner
    secret = recovery.read(recovery.draw())
    keyrings.add_lock(keys, keyrings.secret_lock(rules.RECOVERY, secret))
    later = timezone.now() + timedelta(days=9000)
    assert keyrings.by_secret(keys.id, keyrings.secret_lock(rules.RECOVERY, secret), later) == keys
    wrong = keyrings.secret_lock(rules.RECOVERY, recovery.read(recovery.draw()))
    with pytest.raises(Locked):
        keyrings.by_secret(keys.id, wrong, later)


def test_a_forms_number_opens_only_until_its_end(owner):
    keys, _ = owner
    lock, end = keyrings.secret_lock(rules.FORM, b"number"), timezone.now()
    keyrings.add_lock(keys, lock, ends_at=end)
    assert keyrings.by_secret(keys.id, lock, end - timedelta(seconds=1)) == keys
    with pytest.raises(Locked):
        keyrings.by_secret(keys.id, lock, end)


def test_a_secret_of_one_kind_opens_nothing_of_another(owner):
    keys, _ = owner
    keyrings.add_lock(keys, keyrings.secret_lock(rules.RECOVERY, b"secret"))
    with pytest.raises(Locked):
        keyrings.by_secret(keys.id, keyrings.secret_lock(rules.FORM, b"secret"), timezone.now())


def test_replacing_a_lock_leaves_one_of_its_kind_and_the_others(owner):
    keys, _ = owner
    keyrings.add_lock(keys, keyrings.passphrase_lock("old"))
    keyrings.add_lock(keys, keyrings.secret_lock(rules.RECOVERY, b"secret"))
    keyrings.replace_lock(keys, keyrings.passphrase_lock("new"))
    assert keyrings.by_passphrase(keys.id, "new") == keys
    with pytest.raises(Locked):
        keyrings.by_passphrase(keys.id, "old")
    assert keyrings.has_lock(keys.id, rules.RECOVERY)


def test_dropping_a_kind_of_lock_drops_that_kind_alone(owner):
    keys, _ = owner
    keyrings.add_lock(keys, keyrings.passphrase_lock("mine"))
    keyrings.add_lock(keys, keyrings.secret_lock(rules.RECOVERY, b"secret"))
    keyrings.drop_locks(keys.id, rules.RECOVERY)
    assert not keyrings.has_lock(keys.id, rules.RECOVERY)
    assert keyrings.has_lock(keys.id, rules.PASSPHRASE)


# -- sittings ---------------------------------------------------------------------------------


def test_a_sitting_holds_what_it_was_given_and_no_other_sitting_does(owner):
    keys, _ = owner
    one, two = sitting("one"), sitting("two")
    keyrings.hold(one, b"secret one", keys)
    assert keyrings.in_hand(one, b"secret one") == [keys]
    assert keyrings.in_hand(two, b"secret two") == []
    assert keyrings.held(one, b"secret one", keys.id) == keys
    with pytest.raises(Locked):
        keyrings.held(two, b"secret two", keys.id)


def test_a_sittings_row_is_no_use_without_the_cookies_secret(owner):
    keyrings.hold(sitting(), b"secret", owner[0])
    with pytest.raises(Tampered):
        keyrings.in_hand("one", b"guess")


def test_holding_again_replaces_what_is_held(owner):
    keys, _ = owner
    told = Keys(keys.id, keys.seal_private, keys.sign_private, "nine words")
    keyrings.hold(sitting(), b"secret", told)
    keyrings.hold("one", b"secret", keys)
    assert [each.words for each in keyrings.in_hand("one", b"secret")] == [""]


def test_a_new_sitting_takes_over_what_the_old_one_held(owner):
    keys, _ = owner
    keyrings.hold(sitting("old"), b"old", keys)
    keyrings.rehold("old", b"old", sitting("new"), b"new")
    assert keyrings.in_hand("new", b"new") == [keys]


def test_letting_go_and_ending_sittings_empty_the_hands(owner, other):
    keys, _ = owner
    keyrings.hold(sitting("one"), b"1", keys)
    keyrings.hold("one", b"1", other[0])
    keyrings.hold(sitting("two"), b"2", keys)
    keyrings.let_go("one", other[0].id)
    assert keyrings.in_hand("one", b"1") == [keys]
    keyrings.end_sittings(keys.id, but="one")
    assert list(Sitting.objects.values_list("id", flat=True)) == ["one"]
    keyrings.end_sittings(keys.id)
    assert not Sitting.objects.exists()
    assert not Unlocker.objects.exists()


def test_what_is_over_is_forgotten_and_nothing_else(owner):
    keys, _ = owner
    now = timezone.now()
    Sitting.objects.create(id="over", sealed=b"", quiet_at=now)
    keyrings.hold("over", b"secret", keys)
    keyrings.add_lock(keys, keyrings.secret_lock(rules.FORM, b"a"), ends_at=now)
    keyrings.add_lock(keys, keyrings.secret_lock(rules.FORM, b"b"), ends_at=now + timedelta(1))
    keyrings.add_lock(keys, keyrings.secret_lock(rules.RECOVERY, b"c"))
    sitting("going on")
    keyrings.clear_expired(now)
    assert Sitting.objects.get().id == "going on"
    assert sorted(Unlocker.objects.values_list("kind", flat=True)) == ["form", "recovery"]


# -- teams ------------------------------------------------------------------------------------


def test_a_member_reaches_the_teams_keys_through_their_own(owner, other):
    team, _ = holder("team")
    keyrings.admit(team, other[1])
    assert keyrings.through([other[0]]) == [team]
    assert keyrings.through([owner[0]]) == []
    keyrings.hold(sitting(), b"secret", other[0])
    assert keyrings.in_hand("one", b"secret") == [other[0], team]


def test_admitting_twice_is_admitting_once_and_expelling_ends_it(other):
    team, _ = holder("team")
    keyrings.admit(team, other[1])
    keyrings.admit(team, other[1])
    assert Unlocker.objects.count() == 1
    keyrings.expel(team.id, other[1].id)
    assert keyrings.through([other[0]]) == []


def test_a_members_way_in_moved_to_another_member_is_noticed(owner, other):
    team, _ = holder("team")
    keyrings.admit(team, other[1])
    Unlocker.objects.update(member=owner[1])
    with pytest.raises(Tampered):
        keyrings.through([owner[0]])


# -- tampering --------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["seal_public", "sign_public", "proof"])
def test_swapped_public_keys_are_noticed_before_anything_is_sealed_to_them(owner, other, column):
    mine, theirs = owner[1], other[1]
    Keyring.objects.filter(id=mine.id).update(**{column: getattr(theirs, column)})
    with pytest.raises(Tampered):
        keyrings.check(Keyring.objects.get(id=mine.id))


def test_a_keyring_passed_off_as_another_holders_is_noticed(owner):
    Keyring.objects.filter(id=owner[1].id).update(holder="team")
    with pytest.raises(Tampered):
        keyrings.check(Keyring.objects.get(id=owner[1].id))


def test_nobody_is_admitted_to_a_team_by_a_swapped_key(owner, other):
    team, _ = holder("team")
    Keyring.objects.filter(id=owner[1].id).update(seal_public=other[1].seal_public)
    with pytest.raises(Tampered):
        keyrings.admit(team, Keyring.objects.get(id=owner[1].id))


def test_a_receipts_keyring_may_become_a_persons_and_still_checks(owner):
    keys, keyring = holder("receipt")
    keyrings.become(keyring, "person")
    assert keyrings.check(Keyring.objects.get(id=keys.id)).holder == "person"
    Keyring.objects.filter(id=keys.id).update(seal_public=owner[1].seal_public)
    with pytest.raises(Tampered):
        keyrings.become(Keyring.objects.get(id=keys.id), "person")


def test_an_unlocker_moved_to_another_keyring_opens_nothing(owner, other):
    keyrings.add_lock(owner[0], keyrings.passphrase_lock("mine"))
    Unlocker.objects.update(keyring=other[1])
    with pytest.raises(Tampered):
        keyrings.by_passphrase(other[0].id, "mine")


def test_an_unlocker_passed_off_as_another_kind_opens_nothing(owner):
    lock = keyrings.secret_lock(rules.RECOVERY, b"secret")
    keyrings.add_lock(owner[0], lock)
    Unlocker.objects.update(kind=rules.FORM)
    moved = keyrings.Lock(rules.FORM, lock.key)
    with pytest.raises(Locked):
        keyrings.by_secret(owner[0].id, moved, timezone.now())


def test_rows_say_what_they_are_without_saying_what_they_hold(owner):
    row = keyrings.add_lock(owner[0], keyrings.secret_lock(rules.RECOVERY, b"secret"))
    assert str(row) == f"recovery of {owner[0].id}"
    assert str(owner[1]) == f"person keyring {owner[0].id}"
    assert str(Sitting(id="x")) == "a sitting"


def test_marks_are_the_servers_own(settings):
    mine = derive.mark("locator", "two", "words")
    assert len(mine) == 32
    assert mine == derive.mark("locator", "two", "words") != derive.mark("locator", "twow", "ords")
    settings.FIRSTHAND_SERVER_KEY = bytes(32)
    assert derive.mark("locator", "two", "words") != mine
    assert derive.same(mine, mine)
    assert not derive.same(mine, bytes(32))


def test_argon2id_is_what_derives_a_key_from_words(settings):
    """Golden figure: libsodium's Argon2id, 32 bytes, two passes, 64 KiB (see RFC 9106)."""
    from nacl.pwhash import argon2id

    settings.FIRSTHAND_ARGON2 = {"memory": 65536, "passes": 2}
    expected = argon2id.kdf(32, b"words", bytes(16), opslimit=2, memlimit=65536)
    assert derive.from_words("words", bytes(16)) == expected
    assert len({bytes(derive.new_salt()) for _ in range(4)}) == 4
    assert len(derive.new_salt()) == 16


def test_hkdf_separates_purposes():
    secret = uuid.uuid4().bytes
    assert derive.from_secret(secret, "key") != derive.from_secret(secret, "verifier")
    assert derive.from_secret(secret, "key") == derive.from_secret(secret, "key")
    assert len(derive.from_secret(secret, "key")) == 32


def test_closed_for_good_nothing_opens_it_nor_it_any_other_and_its_sittings_end(owner, other):
    (keys, keyring), (theirs, _) = owner, other
    receipt = words.draw()
    keyrings.add_lock(keys, keyrings.receipt_lock(receipt))
    keyrings.add_lock(keys, keyrings.passphrase_lock("a long enough passphrase"))
    keyrings.hold(sitting(), b"secret", keys)
    keyrings.admit(theirs, keyring)
    keyrings.close_for_good(keys.id, but=rules.RECEIPT)
    assert [each.kind for each in keyring.unlockers.all()] == [rules.RECEIPT]
    assert keyrings.by_receipt(receipt) == keys
    assert keyrings.through([keys]) == []
    assert not Sitting.objects.exists()
    keyrings.close_for_good(keys.id)
    assert not Keyring.objects.filter(id=keys.id).exists()
    assert Keyring.objects.filter(id=theirs.id).exists()


def test_what_a_closed_keyring_owned_keeps_its_public_halves(owner):
    keys, keyring = owner
    items.create(keyring, {"a": b"b"})
    keyrings.close_for_good(keys.id)
    assert keyrings.check(Keyring.objects.get(id=keys.id))
    assert not Unlocker.objects.exists()
