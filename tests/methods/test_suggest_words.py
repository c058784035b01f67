"""Text of any kind is read safely, in passages, in time that its length allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.methods.suggest import ngrams, wordpiece, words

ODD = {
    "empty": "",
    "spaces": " \t\r\n" * 1000,
    "no spaces": "a" * 1_000_000,
    "only spaces": " " * 1_000_000,
    "marks": ".!?" * 300_000,
    "combining": "e" + "\u0301\u0323" * 100_000,
    "nul": "They\x00never\x00called",
    "right to left": "\u202eلم يتصلوا بي أبدا",
    "emoji": "👍🏽👩‍👩‍👧" * 1000,
    "surrogate": "left \ud800 alone",
    "apostrophes": "'" * 500_000 + "a'" * 200_000,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_any_text_gives_a_bounded_number_of_passages_and_pieces(text):
    found = words.passages(text)
    assert len(found) <= words.MOST_PASSAGES
    for each in found:
        assert len(wordpiece.cut(each, {}).numbers) <= wordpiece.MOST_PIECES
        assert len(ngrams.grams(each)) < 50_000


@given(st.text())
def test_passages_hold_words_and_no_controls(text):
    for each in words.passages(text):
        assert words.words(each)
        assert "\x00" not in each


def test_sentences_stay_whole_and_nothing_is_lost_from_a_middling_text():
    text = "\n".join(f"This is sentence number {each} of what happened." for each in range(60))
    found = words.passages(text)
    assert 1 < len(found) <= words.MOST_PASSAGES
    assert " ".join(found).split() == text.split()
    assert all(each.endswith(".") for each in found)


def test_a_very_long_text_is_read_from_its_beginning_to_its_end():
    text = " ".join(f"Sentence{each} was said on that day to us." for each in range(4000))
    found = words.passages(text)
    assert len(found) == words.MOST_PASSAGES
    assert found[0].startswith("Sentence0 ")
    assert "Sentence3999 " in found[-1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("waiting", "waits"),
        ("stopped", "stop"),
        ("carers", "carer's"),
        ("Called", "calling"),
        ("listened", "listens"),
        ("assessed", "assesses"),
        ("won\u2019t", "won't"),
    ],
)
def test_endings_do_not_hide_that_words_are_the_same(one, other):
    assert words.stem(one) == words.stem(other)


def test_small_words_are_never_told_as_a_reason():
    assert not words.telling("The")
    assert not words.telling("x")
    assert not words.telling("didn\u2019t")
    assert words.telling("rent")


def test_pieces_say_which_stretch_of_the_text_they_come_from():
    known = {"un": 1, "##heard": 2, ",": 3, "cafe": 4}
    text = "Unheard, CAFÉ zzz"
    found = wordpiece.cut(text, known)
    assert found.numbers == (101, 1, 2, 3, 4, 100, 102)
    assert [text[start:end] for start, end in found.spans[1:-1]] == [
        "Unheard",
        "Unheard",
        ",",
        "CAFÉ",
        "zzz",
    ]


def test_what_only_one_confirmed_passage_holds_is_not_learned_from():
    allowed = ngrams.learnable(
        ["You were kept waiting"], ["Zebedee kept calling", "Calling again", "Calling again"]
    )
    assert not allowed("wzebedee")
    assert allowed("wcalling")
    assert allowed("wwaiting")
    assert not allowed("wagain")  # twice, but in the same words: one passage


def test_a_row_has_both_halves_at_length_one():
    counts = ngrams.counted("kept waiting and kept waiting")
    row = ngrams.row(counts, ngrams.rarity([counts]))
    whole = [each for each in row.places if each < ngrams.WORD_PLACES]
    assert row.places.tolist() == sorted(row.places.tolist())
    assert float((row.weights[: len(whole)] ** 2).sum()) == pytest.approx(1, abs=1e-5)
    assert float((row.weights[len(whole) :] ** 2).sum()) == pytest.approx(1, abs=1e-5)


def test_a_passage_too_long_for_the_model_is_cut_off_at_its_end():
    found = wordpiece.cut("wait " * 500, {"wait": 7})
    assert len(found.numbers) == len(found.spans) == wordpiece.MOST_PIECES
    assert found.numbers == (101, *(7,) * (wordpiece.MOST_PIECES - 2), 102)
