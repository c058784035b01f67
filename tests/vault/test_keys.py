"""Keys: wrapped to one keyring for one place, and signatures nobody else can make."""

import pytest

from firsthand.vault.keys import Keys, is_signed, wrap_to
from firsthand.vault.rules import context
from firsthand.vault.seal import Tampered

PLACE = context("wrap", "item", 1, "keyring")


def test_what_is_wrapped_opens_for_its_keyring_alone():
    keys, other = Keys.fresh(), Keys.fresh()
    body = wrap_to(keys.seal_public, b"key", PLACE)
    assert keys.unwrap(body, PLACE) == b"key"
    with pytest.raises(Tampered):
        other.unwrap(body, PLACE)


def test_a_wrap_moved_to_another_place_is_noticed():
    keys = Keys.fresh()
    with pytest.raises(Tampered):
        keys.unwrap(wrap_to(keys.seal_public, b"key", PLACE), context("wrap", "item", 2, "keyring"))


def test_a_cut_off_wrap_is_noticed():
    with pytest.raises(Tampered):
        Keys.fresh().unwrap(b"short", PLACE)


def test_a_signature_holds_for_its_message_and_its_signer_only():
    keys = Keys.fresh()
    signature = keys.sign(b"grant")
    assert len(signature) == 64
    assert is_signed(keys.sign_public, b"grant", signature)
    assert not is_signed(keys.sign_public, b"another grant", signature)
    assert not is_signed(Keys.fresh().sign_public, b"grant", signature)
    assert not is_signed(keys.sign_public, b"grant", b"short")


def test_keys_survive_being_written_down_with_and_without_words():
    keys = Keys.fresh("two words")
    assert Keys.from_bytes(keys.id, keys.to_bytes()) == keys
    assert Keys.from_bytes(keys.id, keys.without_words().to_bytes()).words == ""


def test_keys_never_show_themselves():
    keys = Keys.fresh("secret words")
    assert "secret" not in repr(keys)
    assert keys.seal_private.hex() not in repr(keys)
