"""Receipts: nine listed words, read back however they are typed."""

import math
import re

import pytest

from firsthand.vault import recovery, words


def test_a_receipt_is_nine_words_two_to_find_and_seven_to_open():
    receipt = words.draw()
    assert (len(receipt.finds), len(receipt.opens)) == (2, 7)
    assert set(str(receipt).split()) <= set(words.listed())


def test_the_seven_that_open_are_worth_ninety_bits():
    assert math.log2(len(words.listed())) * words.OPENS > 90


def test_no_word_is_listed_twice_or_out_of_order():
    assert list(words.listed()) == sorted(set(words.listed()))


@pytest.mark.parametrize(
    "hurt",
    [
        "suffering",
        "poison",
        "grief",
        "scarring",
        "harmful",
        "paralyze",
        "treason",
        "squatted",
        "seclusion",
        "sedate",
        "disorder",
        "diagnosis",
        "relapse",
        "comply",
        "sterile",
    ],
)
def test_nobody_is_handed_a_word_that_could_hurt(hurt):
    assert hurt not in words.listed()


def test_a_receipt_with_a_word_that_is_no_longer_handed_out_is_still_read():
    receipt = [*words.listed()[:8], "gloomy"]
    assert "gloomy" not in words.listed()
    assert str(words.read(" ".join(receipt))) == " ".join(receipt)


def test_two_receipts_are_not_the_same():
    assert words.draw() != words.draw()


@pytest.mark.parametrize(
    "typed", ["{}", "  {}  ", "{}\n", "{}."], ids=["plain", "spaces", "line", "full stop"]
)
def test_a_receipt_is_read_however_it_is_typed(typed):
    receipt = words.draw()
    assert words.read(typed.format(str(receipt).upper())) == receipt
    assert words.read(typed.format(", ".join(str(receipt).split()))) == receipt


def test_words_on_no_receipt_are_named_and_the_right_ones_are_not():
    receipt = str(words.draw()).split()
    typed = [*receipt[:4], "zzzword", *receipt[5:]]
    with pytest.raises(words.Misread) as misread:
        words.read(" ".join(typed))
    assert misread.value.unknown == ("zzzword",)
    assert misread.value.count == 9


@pytest.mark.parametrize("count", [0, 1, 8, 10])
def test_too_few_or_too_many_words_are_counted(count):
    with pytest.raises(words.Misread) as misread:
        words.read(" ".join(words.listed()[:count]))
    assert (misread.value.unknown, misread.value.count) == ((), count)
    assert str(misread.value) == "That is not a receipt."


def test_several_receipts_are_read_one_after_the_other():
    one, other = words.draw(), words.draw()
    assert words.read_several(f"{one}, {other}".upper()) == [one, other]
    with pytest.raises(words.Misread) as misread:  # where one is asked for, two are not one
        words.read(f"{one} {other}")
    assert (misread.value.unknown, misread.value.count) == ((), 18)
    for typed in ("", f"{one} {other.finds[0]}", f"{one} xyzzy"):
        with pytest.raises(words.Misread):
            words.read_several(typed)


def test_a_slip_of_the_finger_is_answered_with_the_word_that_was_meant():
    word = next(word for word in words.listed() if len(word) == 8)
    assert word in words.near(word[:-1])
    assert words.near("qqqqqqqq") == ()
    assert all(len(words.near(word)) <= 3 for word in words.listed()[:5])


# -- recovery keys ----------------------------------------------------------------------------


def test_a_recovery_key_is_read_back_however_it_is_typed():
    printed = recovery.draw()
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z*~$=U]", printed)
    secret = recovery.read(printed)
    assert len(secret) == 20
    for typed in (printed.lower(), printed.replace("-", " "), f" {printed} \n"):
        assert recovery.read(typed) == secret


def test_letters_that_look_alike_are_taken_for_each_other():
    # 32 zeros: the number nought, whose check letter is nought as well
    assert recovery.read("O" * 32 + "0") == bytes(20)
    one = recovery.read("0" * 31 + "1" + "1")
    assert recovery.read("0" * 31 + "I" + "1") == recovery.read("0" * 31 + "l" + "1") == one


def test_any_one_wrong_letter_is_noticed():
    printed = recovery.draw().replace("-", "")
    for place in range(32):
        wrong = "A" if printed[place] != "A" else "B"
        with pytest.raises(recovery.Mistyped):
            recovery.read(printed[:place] + wrong + printed[place + 1 :])


@pytest.mark.parametrize("typed", ["", "ABCD", "!" * 33, "0" * 34, "0" * 32 + "!", "0" * 32])
def test_what_is_no_recovery_key_is_refused(typed):
    with pytest.raises(recovery.Mistyped):
        recovery.read(typed)


def test_every_letter_has_its_worth():
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    for value, letter in enumerate(letters):
        check = (letters + "*~$=U")[value % 37]
        assert recovery.read("0" * 31 + letter + check)[-1] == value


def test_a_slip_is_answered_with_three_words_at_most_and_none_that_is_only_a_little_alike():
    assert len(words.near("absentee")) == 3
    assert words.near("zebrq") == ("zebra",)
