"""Sealed bytes open only whole, unchanged and in their own place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.vault import rules
from firsthand.vault.rules import context, padded_size
from firsthand.vault.seal import CHUNK, Tampered, cut, new_key, seal, seal_file, unseal, unseal_file

PLACE = context("item", "a", 1, "happened", 1)


@given(st.binary(max_size=3000))
def test_what_is_sealed_comes_back_as_it_was(plain):
    key = new_key()
    assert unseal(key, seal(key, plain, PLACE), PLACE) == plain


@given(st.binary(max_size=200), st.integers(min_value=0))
def test_any_changed_bit_is_noticed(plain, where):
    key = new_key()
    sealed = bytearray(seal(key, plain, PLACE))
    sealed[(where // 8) % len(sealed)] ^= 1 << where % 8
    with pytest.raises(Tampered):
        unseal(key, bytes(sealed), PLACE)


@pytest.mark.parametrize("length", [0, 1, 24, 25, 40])
def test_a_cut_off_seal_is_noticed(length):
    key = new_key()
    with pytest.raises(Tampered):
        unseal(key, seal(key, b"words", PLACE)[:length], PLACE)


def test_a_seal_moved_to_another_place_is_noticed():
    key = new_key()
    with pytest.raises(Tampered):
        unseal(key, seal(key, b"words", PLACE), context("item", "a", 1, "happened", 2))


def test_another_key_opens_nothing():
    with pytest.raises(Tampered):
        unseal(new_key(), seal(new_key(), b"words", PLACE), PLACE)


def test_the_same_words_never_look_the_same_twice():
    key = new_key()
    assert seal(key, b"words", PLACE) != seal(key, b"words", PLACE)


@pytest.mark.parametrize(
    ("length", "padded"),
    [
        (0, 256), (255, 256), (256, 1024), (1023, 1024), (1024, 4096), (4096, 16384),
        (16384, 65536), (65536, 262144), (262144, 1048576), (1048575, 1048576),
        (1048576, 2097152), (2097151, 2097152), (2097152, 3145728),
    ],
)  # fmt: skip
def test_lengths_are_hidden_in_a_few_sizes(length, padded):
    assert padded_size(length) == padded


def test_two_short_answers_are_the_same_length_when_sealed():
    key = new_key()
    assert len(seal(key, b"no", PLACE)) == len(seal(key, b"yes, for years", PLACE))


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_two_different_contexts_are_never_the_same_bytes(one, other):
    assert (context(*one) == context(*other)) == (one == other)


def test_a_context_takes_bytes_as_they_are_and_all_else_as_text():
    assert context(b"ab", 1) == b"\0\0\0\x02ab\0\0\0\x011"


# -- files ------------------------------------------------------------------------------------

SIZES = [0, 1, 1000, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5]


@pytest.mark.parametrize("size", SIZES)
def test_a_file_comes_back_as_it_was(size):
    key, content = new_key(), bytes(n % 251 for n in range(size))
    sealed = list(seal_file(key, cut(content), PLACE))
    assert b"".join(unseal_file(key, sealed, PLACE)) == content


def spoilt(sealed: list[bytes]) -> dict[str, list[bytes]]:
    return {
        "a chunk missing in the middle": [sealed[0], *sealed[2:]],
        "the last chunk missing": sealed[:-1],
        "two chunks swapped": [sealed[0], sealed[2], sealed[1], *sealed[3:]],
        "a chunk twice": [*sealed[:2], *sealed[1:]],
        "something after the end": [*sealed, sealed[-1]],
        "a changed byte": [*sealed[:1], sealed[1][:-1] + bytes([sealed[1][-1] ^ 1]), *sealed[2:]],
        "nothing at all": [],
        "the header alone": sealed[:1],
        "a short header": [b"x", *sealed[1:]],
    }


@pytest.mark.parametrize("what", list(spoilt([b"h", b"1", b"2", b"3", b"4"])))
def test_a_spoilt_file_is_noticed(what):
    key = new_key()
    sealed = list(seal_file(key, cut(b"x" * (3 * CHUNK + 5)), PLACE))
    with pytest.raises(Tampered):
        list(unseal_file(key, spoilt(sealed)[what], PLACE))


def test_a_file_moved_to_another_place_is_noticed():
    key = new_key()
    sealed = list(seal_file(key, cut(b"words"), PLACE))
    with pytest.raises(Tampered):
        list(unseal_file(key, sealed, context("elsewhere")))


def test_every_way_that_lasts_is_a_way_in():
    assert set(rules.LASTING) < set(rules.UNLOCKERS)
