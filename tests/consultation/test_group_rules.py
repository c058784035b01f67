"""Names, turns and shares: what the pure rules of groups say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.consultation import rules
from firsthand.consultation.rules import FACILITATOR, Spoken

NAMES = ["River", "Bo", FACILITATOR]


def test_a_line_with_a_name_begins_a_turn_and_a_line_without_goes_on_with_it():
    text = "River: I waited\r\na whole year\r\n\r\nfacilitator : And then?\rBO:Nothing."
    assert rules.spoken(text, NAMES) == [
        Spoken("River", "I waited\na whole year"),
        Spoken(FACILITATOR, "And then?"),
        Spoken("Bo", "Nothing."),
    ]


def test_what_nobody_of_the_group_said_is_never_taken_for_what_a_member_said():
    text = "Tea at ten\nRiver: I waited\nMrs Smith: She was rude\nBo: Yes"
    assert rules.spoken(text, NAMES) == [
        Spoken("", "Tea at ten"),
        Spoken("River", "I waited"),
        Spoken("", "Mrs Smith: She was rude"),
        Spoken("Bo", "Yes"),
    ]
    assert rules.strangers(text, NAMES) == ["Mrs Smith"]


def test_words_with_a_colon_that_name_nobody_go_on_with_the_turn_they_stand_in():
    text = "My view: none yet\nRiver: This.\nMy view: they should listen\nMrs Smith: No"
    assert rules.spoken(text, NAMES, ["my view"]) == [
        Spoken("", "My view: none yet"),
        Spoken("River", "This.\nMy view: they should listen"),
        Spoken("", "Mrs Smith: No"),
    ]


@given(st.text())
def test_any_text_at_all_is_read_and_only_known_names_speak(text):
    turns = rules.spoken(text, NAMES)
    assert {each.speaker for each in turns} <= {*NAMES, ""}
    assert all(each.text for each in turns)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  River  ", "River"), ("A:B", "A B"), ("O'Neil-x.", "O'Neil-x"), ("Ann (2)", "Ann 2"),
        ("Łukasz", "Łukasz"), ("_", ""), ("???", ""), ("Member 3", ""), ("member", ""),
        ("\N{WAVING WHITE FLAG}", ""),
    ],
)  # fmt: skip
def test_a_name_is_kept_so_that_notes_can_spell_it(typed, name):
    assert rules.plain_name(typed) == name


@settings(max_examples=50)
@given(st.text(max_size=40))
def test_notes_find_every_name_that_may_be_chosen(typed):
    name = rules.plain_name(typed)
    if name:
        assert rules.spoken(f"{name}: hello", [name]) == [Spoken(name, "hello")]


def test_names_that_sound_alike_are_one():
    assert rules.same_name("River-Song", "river  song")
    assert not rules.same_name("River", "Rivera")


def test_a_turn_is_coded_only_with_the_yes_of_who_said_it():
    members = {"River", "Bo"}
    assert rules.may_be_coded(FACILITATOR, set(), members)
    assert rules.may_be_coded("Bo", {"Bo"}, members)
    assert not rules.may_be_coded("River", {"Bo"}, members)
    assert not rules.may_be_coded("", {"Bo"}, members)
    assert rules.may_be_coded("", members, members)


def test_comments_are_counted_by_entry_and_kind():
    counted = rules.by_entry([("S1", "agree"), ("S1", "change"), ("S1", "agree"), ("", "missing")])
    assert counted["S1"] == {"agree": 2, "change": 1, "missing": 0, "remove": 0}
    assert counted[rules.WHOLE]["missing"] == 1


def test_all_is_done_only_when_all_is_done():
    assert [rules.share(*each) for each in ((0, 0), (0, 3), (199, 200), (3, 3))] == [
        100, 0, 99, 100,
    ]  # fmt: skip


def test_only_agreeing_needs_no_reason():
    assert [kind for kind in rules.COMMENTS if not rules.reason_needed(kind)] == [rules.AGREE]
