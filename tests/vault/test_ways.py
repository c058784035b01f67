"""Which ways lead to a keyring, and shutting them out: all but what is meant to stay."""

import uuid

import pytest

from firsthand.vault import keyrings, rules, ways, words
from firsthand.vault.keys import Keys
from firsthand.vault.models import Keyring, Unlocker
from tests.vault.conftest import holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def ring() -> tuple[Keys, Keyring, Keyring]:
    """A keyring that every kind of thing opens, and the two that were added to it."""
    keys, _ = holder(rules.RECEIPT_HOLDER)
    (_, one), (_, other) = holder(rules.PERSON), holder(rules.PERSON)
    keyrings.add_lock(keys, keyrings.receipt_lock(words.draw()))
    keyrings.add_lock(keys, keyrings.passphrase_lock("lantern orbit gravel"))
    for kind in (rules.RECOVERY, rules.FORM):
        keyrings.add_lock(keys, keyrings.secret_lock(kind, b"secret"))
    for member in (one, other):
        keyrings.admit(keys, member)
    return keys, one, other


def left(keys: Keys) -> list[tuple[str, uuid.UUID | None]]:
    rows = Unlocker.objects.filter(keyring_id=keys.id).order_by("kind")
    return list(rows.values_list("kind", "member_id"))


def test_everything_is_shut_out_where_nobodys_sign_in_stays(ring):
    keys, _, _ = ring
    ways.shut_out(keys.id, None)
    assert left(keys) == []


def test_the_sign_in_that_was_added_stays_when_it_is_named_and_no_other(ring):
    keys, one, _ = ring
    ways.shut_out(keys.id, one.id)
    assert left(keys) == [("member", one.id)]


def test_a_sign_ins_own_keyring_keeps_passphrase_and_recovery_key(ring):
    keys, _, _ = ring
    ways.shut_out(keys.id, keys.id)
    assert left(keys) == [("passphrase", None), ("recovery", None)]


def test_other_keyrings_are_left_alone(ring):
    keys, one, _ = ring
    other, _ = holder(rules.RECEIPT_HOLDER)
    keyrings.admit(other, one)
    ways.shut_out(keys.id, None)
    assert left(other) == [("member", one.id)]


def test_sign_ins_are_told_apart_by_whether_they_are_ones_own(ring):
    keys, one, other = ring
    both = {rules.PASSPHRASE, rules.MEMBER}
    assert ways.sign_ins([keys.id], None) == {keys.id: both}
    assert ways.sign_ins([keys.id], one.id) == {keys.id: both}
    assert ways.sign_ins([keys.id], keys.id) == {keys.id: {rules.MEMBER}}
    keyrings.expel(keys.id, other.id)
    assert ways.sign_ins([keys.id], one.id) == {keys.id: {rules.PASSPHRASE}}
    assert ways.sign_ins([other.id], None) == {}


def test_members_of_a_team_are_no_sign_ins_that_share_a_receipt():
    keys, _ = holder(rules.TEAM)
    keyrings.admit(keys, holder(rules.RECIPIENT)[1])
    assert ways.sign_ins([keys.id], None) == {}


def test_keyrings_that_words_open_are_found(ring):
    keys, one, _ = ring
    assert ways.have_words([keys.id, one.id]) == {keys.id}


def test_what_stands_is_another_once_it_is_replaced(ring):
    keys, one, _ = ring
    before = ways.standing(keys.id, rules.PASSPHRASE)
    assert before == ways.standing(keys.id, rules.PASSPHRASE) != ""
    keyrings.replace_lock(keys, keyrings.passphrase_lock("thimble cactus harbour"))
    assert ways.standing(keys.id, rules.PASSPHRASE) not in ("", before)
    assert ways.standing(one.id, rules.PASSPHRASE) == ""
