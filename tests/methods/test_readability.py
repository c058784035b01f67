"""How hard a text is to read: the formula as published, and syllables as they are said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.methods import readability


@pytest.mark.parametrize(
    ("word", "many"),
    [
        ("a", 1), ("the", 1), ("made", 1), ("asked", 1), ("needed", 2), ("table", 2), ("rules", 1),
        ("services", 3), ("people", 2), ("boxes", 2), ("doing", 2), ("create", 2), ("diary", 3),
        ("suicidality", 6), ("deterioration", 6), ("minimisation", 5), ("don't", 1), ("Fear", 1),
        ("society", 4), ("sexual", 3), ("gatekeeping", 3), ("treated", 2), ("hope", 1), ("xyz", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_said(word, many):
    assert abs(readability.syllables(word) - many) <= (1 if len(word) > 10 else 0)


def test_the_grade_is_the_published_formula():
    text = "The cat sat on the mat. It was big."
    assert readability.grade(text) == pytest.approx(0.39 * 9 / 2 + 11.8 * 9 / 9 - 15.59)
    assert readability.reading_age(text) == pytest.approx(readability.grade(text) + 5)


def test_long_words_and_long_sentences_are_harder():
    short = "They would not help me. I was sad."
    long = (
        "Organisational prevarication necessitated indefinite continuation of unsatisfactory care."
    )
    assert readability.reading_age(short) < 8 < 18 < readability.reading_age(long)


def test_a_line_end_or_a_mark_parts_sentences_but_a_point_inside_a_number_does_not():
    assert len(readability.sentences("One thing\nAnother. And 2.5 more! Yes?")) == 4


def test_words_that_are_known_do_not_count_as_long():
    assert readability.long_words("the hospital decision") == ["hospital", "decision"]
    assert readability.long_words("the Hospital decision", known=["hospital"]) == ["decision"]


@pytest.mark.parametrize("text", ["", " ", "123 456.", "…"])
def test_a_text_without_words_has_no_grade(text):
    with pytest.raises(ValueError, match="no words"):
        readability.grade(text)


@given(st.text())
def test_any_word_of_any_text_has_a_syllable(text):
    assert all(readability.syllables(word) >= 1 for word in readability.words(text))
