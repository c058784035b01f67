"""Words are marked whatever their case and accents, whole words only, and no character is lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from firsthand.methods import highlights
from firsthand.methods.finding import LONGEST, find
from firsthand.methods.folded import fold


def found(text, *words):
    pieces = highlights.marked(text, [highlights.pattern(words)])
    return [piece.text for piece in pieces if piece.blocks]


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("Harms and HARM", ("harm",), ["HARM"]),
        ("Harms, harmful; unharmed", ("harm*",), ["Harms", "harmful"]),
        ("unharmed harm", ("*harm*",), ["unharmed", "harm"]),
        ("wom\u0065n and woman", ("wom*n",), ["women", "woman"]),
        ("Caf\xe9, cafe\u0301 and CAFE", ("cafe",), ["Caf\xe9", "cafe\u0301", "CAFE"]),
        ("social care, social\n    care", ("social care",), ["social care", "social\n    care"]),
        ("social\ncare and social-care", ("social care",), ["social\ncare", "social-care"]),
        ("long term care", ("long-term",), ["long term"]),
        ("a \ufb01ne day", ("fine",), ["\ufb01ne"]),
        ("Stra\xdfe", ("strasse",), ["Stra\xdfe"]),
        ("5 < 6 & <b>harm</b>", ("harm", "b"), ["b", "harm", "b"]),
        ("C++ and c++", ("c++",), ["C++", "c++"]),
        ("harm_full", ("harm",), []),
        ("nothing here", ("zebra",), []),
        ("", ("zebra",), []),
    ],
)
def test_what_is_marked(text, words, marked):
    assert found(text, *words) == marked


def test_blocks_that_meet_are_both_there_and_each_word_is_counted_once():
    blocks = [highlights.pattern(["social care"]), highlights.pattern(["care worker*", "care"])]
    pieces = highlights.marked("A social care worker in social care", blocks)
    assert [(piece.text, piece.blocks) for piece in pieces if piece.blocks] == [
        ("social ", (0,)), ("care", (0, 1)), (" worker", (1,)), ("social ", (0,)),
        ("care", (0, 1)),
    ]  # fmt: skip
    assert highlights.counts(pieces, 2) == (2, 2)


def test_a_block_without_a_word_marks_nothing():
    assert highlights.pattern([]) is None
    assert highlights.pattern(["*", "--"]) is None
    pieces = highlights.marked("some text", [None])
    assert [piece.text for piece in pieces] == ["some text"]
    assert highlights.counts(pieces, 1) == (0,)


def test_terms_are_one_a_line_or_between_commas_each_once():
    typed = "harm*, \u201csocial  care\u201d\n\nharm* ; 'abuse'\n,"
    assert highlights.terms(typed) == ("harm*", "social care", "abuse")


def test_what_is_wrong_with_terms_is_said():
    assert highlights.wrong(("harm*", "wom*n")) == ()
    said = highlights.wrong(("***", "a*b*c*d*e", "x" * 101))
    assert "has no letter" in said[0]
    assert "more than 3 stars" in said[1]
    assert "longer than 100" in said[2]
    assert "at most" in highlights.wrong(["x"] * 301)[0]


WORDS = some.text(alphabet="ab\xe9e\u0301\u0308 *-<&\ufb01\xdf\u0130\n", max_size=30)


@given(WORDS | some.text(max_size=60), some.lists(WORDS, max_size=4))
def test_the_pieces_are_the_text_and_never_part_a_letter_from_its_accents(text, words):
    pieces = highlights.marked(text, [highlights.pattern(words[:2]), highlights.pattern(words[2:])])
    assert "".join(piece.text for piece in pieces) == text
    for piece in pieces:
        assert piece.text
        if piece.opens:
            assert unicodedata.category(piece.text[0]) not in ("Mn", "Me")
            assert set(piece.opens) <= set(piece.blocks)


@given(some.text(max_size=80), some.booleans())
def test_every_folded_character_knows_where_it_came_from(text, flowing):
    folded = fold(text, flowing=flowing)
    assert len(folded.text) == len(folded.at)
    assert list(folded.at) == sorted(folded.at)
    for place in range(len(folded.text)):
        begin, end = folded.span(place, place + 1)
        assert 0 <= begin < end <= len(text)


@given(some.text(alphabet="abc\xe9 ", min_size=1, max_size=20).filter(str.strip))
def test_a_word_is_found_in_itself_in_any_case(text):
    if any(each.isalnum() for each in text):
        assert find([text.upper()], text)


# -- finding ------------------------------------------------------------------------------------


def test_words_are_found_over_line_ends_and_hyphens_with_what_stands_around():
    pages = ["They lost their perma-\nnent home.", "Self-care and self-\ncare, selfcare."]
    (place,) = find(pages, "PERMANENT  home")
    assert (place.page, place.found) == (1, "perma- nent home")
    assert place.before.endswith("their ")
    assert place.after == "."
    assert pages[0][place.begin : place.end] == "perma-\nnent home"
    assert [each.page for each in find(pages, "self-care")] == [2, 2, 2]


@pytest.mark.parametrize("words", ["", "   ", "...", "\u0301", "zebra", "x" * 400])
def test_where_there_is_nothing_to_find_nothing_is_found(words):
    assert find(["Some text ... here"], words) == ()


def test_no_more_places_are_listed_than_asked_for():
    assert len(find(["a" * 50, "a" * 50], "a", most=60)) == 60
    assert len(find(["x" * 1000], "x" * (LONGEST + 50))) == 3


def test_a_soft_hyphen_and_several_spaces_do_not_matter():
    assert find(["wait\u00ading   \n list"], "waiting list")
