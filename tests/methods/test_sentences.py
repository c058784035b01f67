"""Sentences and marked stretches of a text, by exact places."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from firsthand.methods import sentences
from firsthand.methods.layers import Mark, pieces


def said(text: str) -> list[str]:
    return [text[each.start : each.end] for each in sentences.split(text)]


def test_a_sentence_ends_at_its_stop_and_not_at_an_abbreviation_or_an_initial():
    text = 'Dr. Shaw came. "Who asked?" she said. I was hurt! See p. 5 and Fig. 2. It ended.'
    assert said(text) == [
        "Dr. Shaw came.", '"Who asked?" she said.', "I was hurt!", "See p. 5 and Fig. 2.",
        "It ended.",
    ]  # fmt: skip
    assert said("By J. K. Brook, e.g. in 3.5 days. So did I. Then") == [
        "By J. K. Brook, e.g. in 3.5 days.", "So did I.", "Then",
    ]  # fmt: skip
    assert said("They said no. We left etc. Then came rain.") == [
        "They said no.", "We left etc.", "Then came rain.",
    ]  # fmt: skip


def test_paragraphs_end_sentences_whatever_ends_their_lines():
    text = "One line\r\nOther line\n\n\n  Third.  \u2029Fourth"
    assert said(text) == ["One line", "Other line", "Third.", "Fourth"]
    assert [each.paragraph for each in sentences.split(text)] == [0, 1, 2, 3]


def test_other_scripts_have_their_own_stops():
    assert said("\u4f60\u597d\u3002\u518d\u89c1\uff01") == [
        "\u4f60\u597d\u3002",
        "\u518d\u89c1\uff01",
    ]
    arabic = "\u0645\u0627\u0630\u0627\u061f \u0644\u0627 \u0634\u064a\u0621."
    assert len(said(arabic)) == 2


def test_speech_without_stops_is_cut_between_words():
    text = "and so " * 300
    found = sentences.split(text)
    assert len(found) > 3
    assert all(each.end - each.start <= sentences.LONGEST for each in found)
    assert " ".join(said(text)) == text.strip()
    assert len(said("x" * 1500)) == 3


@given(some.text(alphabet="aB .?!\u2026\u201d\n\r\u0301\U0001f3f3\u3002)\t", max_size=80))
def test_sentences_hold_everything_that_is_no_white_space_once_and_in_order(text):
    found = sentences.split(text)
    assert "".join("".join(said(text)).split()) == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(found))
    for each in found:
        assert not text[each.start].isspace()
        assert not text[each.end - 1].isspace()


_SPANS = some.lists(some.tuples(some.integers(0, 40), some.integers(1, 12)), max_size=8)


@given(_SPANS)
def test_each_character_lies_under_the_marks_that_hold_it_and_each_mark_opens_and_closes_once(
    given_,
):
    marks = [Mark(start, min(start + long, 41)) for start, long in given_]
    parts = [(0, 10), (12, 25), (25, 41)]
    found = pieces(parts, marks)
    for (start, end), row in zip(parts, found, strict=True):
        assert (row[0].start, row[-1].end) == (start, end)
        for piece in row:
            for at in range(piece.start, piece.end):
                holding = {n for n, mark in enumerate(marks) if mark.start <= at < mark.end}
                assert holding == set(piece.over)
    every = [piece for row in found for piece in row]
    reached = sorted(
        n for n, m in enumerate(marks) if any(m.start < e and m.end > s for s, e in parts)
    )
    assert sorted(n for piece in every for n in piece.opens) == reached
    closed = [n for piece in every for n in piece.closes]
    assert len(closed) == len(set(closed))
    assert set(closed) <= set(reached)


def test_marks_within_and_over_each_other():
    (row,) = pieces([(0, 10)], [Mark(0, 6), Mark(4, 10), Mark(4, 6)])
    assert [(each.start, each.end, each.over, each.opens, each.closes) for each in row] == [
        (0, 4, (0,), (0,), ()), (4, 6, (0, 1, 2), (1, 2), (0, 2)), (6, 10, (1,), (), (1,)),
    ]  # fmt: skip
