"""Kinds, codes and ranks; and what fits what in a search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.harms import finding, rules


@pytest.mark.parametrize("code", ["S1", "S12", "S7.16", "I13", "M1", "M6A"])
def test_codes_have_the_shape_of_their_kind(code):
    assert rules.is_code(code)


@pytest.mark.parametrize("code", ["", "S", "S1.", "s1", "I1.1", "M6AB", "X1", "S1 ", "S1\n"])
def test_what_has_no_such_shape_is_no_code(code):
    assert not rules.is_code(code)


@pytest.mark.parametrize(
    ("code", "kind", "parent", "fits"),
    [
        ("S1", "source", None, True),
        ("S1", "source", "S2", False),
        ("S1.2", "experience", "S1", True),
        ("S1.2", "experience", None, False),
        ("S12.2", "experience", "S1", False),
        ("S1", "experience", "S1", False),
        ("M6B", "minimisation", None, True),
        ("M6B", "rumour", None, False),
    ],
)
def test_a_code_fits_its_kind_and_its_source(code, kind, parent, fits):
    assert rules.code_fits(code, kind, parent) is fits


@pytest.mark.parametrize(("rank", "number"), [("1", 1), ("6A", 6), ("6B", 6), ("18", 18)])
def test_the_number_of_a_rank_is_shared_by_its_letters(rank, number):
    assert rules.rank_number(rank) == number


def test_a_rank_without_a_number_is_refused():
    with pytest.raises(ValueError, match="starts with a number"):
        rules.rank_number("first")


def test_a_digest_is_the_same_however_things_were_stored_and_differs_when_they_do():
    stored = rules.digest({"a": [1, 2], "b": {"y": "é", "x": None}})
    assert stored == rules.digest({"b": {"x": None, "y": "é"}, "a": (1, 2)})
    assert stored != rules.digest({"a": [2, 1], "b": {"y": "é", "x": None}})


def test_small_words_are_left_out_of_a_question_unless_there_are_no_others():
    assert finding.terms("They did not listen to me") == ["listen"]
    assert finding.terms("it is what it is") == ["it", "is", "what"]
    assert finding.terms("…") == []


def test_a_question_is_cut_where_looking_stops():
    assert len(" ".join(finding.terms("word0 word1 " * 1000))) <= finding.LONGEST


@pytest.mark.parametrize(
    ("asked", "said"),
    [("suicide", "suicidality"), ("complaint", "complaints"), ("racist", "racism"),
     ("listening", "listened"), ("advoc", "advocates"), ("don't", "dont")],
)  # fmt: skip
def test_words_of_one_family_fit(asked, said):
    assert finding.scores(finding.terms(asked), [[(1.0, said)]])[0] > 0


@pytest.mark.parametrize(("asked", "said"), [("support", "suppose"), ("care", "scare"), ("x", "y")])
def test_words_that_only_look_alike_do_not(asked, said):
    assert finding.scores(finding.terms(asked), [[(1.0, said)]]) == [0.0]


def test_what_matches_more_and_rarer_words_comes_first():
    texts = [[(1.0, "help help help")], [(1.0, "help money")], [(1.0, "help")], [(1.0, "none")]]
    scored = finding.scores(["help", "money"], texts)
    assert scored[1] > scored[0] == scored[2] > scored[3] == 0


@given(st.text(), st.text())
def test_any_question_of_any_text_has_a_score(asked, said):
    assert finding.scores(finding.terms(asked), [[(2.0, said)], []])[1] == 0
