"""Who sees whose coding, where codes may stand, and what places and turns are."""

from itertools import product
from uuid import uuid4

import pytest

from firsthand.codebook import rules
from firsthand.codebook.rules import BEGUN, FINISHED, READS, UNBEGUN, TurnOf


def test_work_on_a_source_stands_in_one_of_four_ways():
    assert rules.working(False, False, False) == UNBEGUN
    assert rules.working(True, False, False) == BEGUN
    assert rules.working(True, True, False) == FINISHED
    assert rules.working(True, True, True) == READS
    assert {rules.working(*each) for each in product((True, False), repeat=3)} == set(
        rules.WORKINGS
    )


@pytest.mark.parametrize(("mine", "theirs"), list(product(rules.WORKINGS, repeat=2)))
def test_anothers_coding_is_seen_when_both_are_done_and_never_else(mine, theirs):
    assert rules.sees(mine, theirs) == (mine in (FINISHED, READS) and theirs == FINISHED)


def test_a_source_is_opened_again_while_nobody_else_has_finished_it():
    assert rules.may_reopen([BEGUN, UNBEGUN, READS])
    assert not rules.may_reopen([BEGUN, FINISHED])


def test_new_codes_differ_from_their_neighbours_in_colour_and_pattern():
    looks = [rules.look_of(number) for number in range(42)]
    assert len(set(looks)) == 42
    assert all(rules.is_colour(colour) for colour, _ in looks)
    for wrong in ("#0072B2", "blue", "#0072b", "#0072b2 ", "0072b2f"):
        assert not rules.is_colour(wrong)


def test_a_code_is_below_itself_and_whatever_it_stands_under_even_in_a_ring():
    top, middle, low, other = (uuid4() for _ in range(4))
    parents = {top: None, middle: top, low: middle, other: None}
    assert rules.is_below(low, top, parents)
    assert rules.is_below(top, top, parents)
    assert not rules.is_below(top, low, parents)
    assert not rules.is_below(None, low, parents)
    assert not rules.is_below(low, other, {**parents, top: low})


def test_turns_have_to_lie_in_the_text_and_be_of_a_kind_there_is():
    assert rules.wrong_with_turns([TurnOf(0, 5, "Rosa"), TurnOf(5, 5, "2", rules.PAGE)], 5) == ""
    for turn in (TurnOf(-1, 2, "R"), TurnOf(0, 6, "R"), TurnOf(3, 2, "R")):
        assert "outside the text" in rules.wrong_with_turns([turn], 5)
    assert "no kind" in rules.wrong_with_turns([TurnOf(0, 1, "R", "song")], 5)


def test_a_quote_has_32_code_points_around_it_or_what_there_is():
    text = "a" * 40 + "\U0001f3f3" + "b" * 40
    assert rules.around(text, 40, 41) == ("\U0001f3f3", "a" * 32, "b" * 32)
    assert rules.around("abc", 0, 3) == ("abc", "", "")
