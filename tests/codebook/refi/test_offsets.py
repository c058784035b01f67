"""A passage is where it was marked, whatever letters are before it and however a tool counted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.codebook.refi.offsets import Counting, Ruler, Stretch
from tests.codebook.refi.kit import marked, told, words

EMOJI = "It was \U0001f622\U0001f3fd bad. They laughed at me."
ARABIC = "قالَ لي إنَّني أبالغ. They laughed."
COMBINED = "Cafe\u0301 talk: they laughed at me."


@pytest.mark.parametrize("text", [EMOJI, ARABIC, COMBINED, "a\r\nb They laughed.", "plain laughed"])
def test_positions_in_code_points_are_taken_as_they_are(text):
    at = text.lower().index("laughed")
    found = marked(text.encode(), (at, at + 7, ""))
    assert words(found) == ["laughed"]
    assert not found.told


def test_utf_16_is_found_out_by_the_words():
    at = EMOJI.index("They laughed")
    found = marked(EMOJI.encode(), (at + 2, at + 14, "They laughed"))
    assert words(found) == ["They laughed"]
    assert "an emoji is two" in told(found, "assumed")[0]


def test_windows_line_ends_that_count_as_one_are_found_out_by_the_words():
    text = "One.\r\nTwo.\r\nThey laughed at me.\r\n"
    at = text.replace("\r\n", "\n").index("They")
    found = marked(text.encode(), (at, at + 12, "They laughed"))
    assert words(found) == ["They laughed"]
    assert found.counting.ends_as_one


def test_atlas_ti_is_known_to_count_a_windows_line_end_as_one():
    text = "One.\r\nTwo.\r\nThey laughed at me.\r\n"
    at = text.replace("\r\n", "\n").index("They")
    found = marked(text.encode(), (at, at + 12, "mine"), origin="ATLAS.ti Windows 23")
    assert words(found) == ["They laughed"]


def test_a_byte_order_mark_is_no_letter_unless_the_words_say_that_it_was_counted():
    text = "They laughed at me."
    assert words(marked(b"\xef\xbb\xbf" + text.encode(), (0, 12, "They laughed"))) == [
        "They laughed"
    ]
    found = marked(b"\xef\xbb\xbf" + text.encode(), (1, 13, "They laughed"))
    assert words(found) == ["They laughed"]
    assert "byte-order mark" in told(found, "assumed")[0]


def test_an_end_that_is_the_last_letter_is_found_out_by_the_words():
    found = marked(b"They laughed at me, twice.", (0, 11, "They laughed"), (13, 17, "at me"))
    assert words(found) == ["They laughed", "at me"]


def test_words_that_were_cut_short_and_joined_over_lines_still_tell_the_place():
    text = "x\U0001f622\n  They laughed\n at me all day long."
    at = text.index("They") + 1  # as UTF-16 counts
    found = marked(text.encode(), (at, at + 20, "They laughed at…"))
    assert words(found)[0].startswith("They laughed")


def test_without_words_a_way_is_taken_by_which_all_fits_into_the_text():
    text = "\U0001f622\U0001f622 laughed"
    end = len(text.encode("utf-16-le")) // 2
    assert words(marked(text.encode(), (end - 7, end, ""))) == ["laughed"]


def test_names_that_are_no_words_of_the_text_change_nothing():
    found = marked("\U0001f622 laughed".encode(), (2, 9, "line:6"), (2, 9, "a remark"))
    assert words(found) == ["laughed", "laughed"]
    assert not told(found, "assumed")


def test_half_an_emoji_is_the_whole_of_it():
    ruler = Ruler("a\U0001f622b", Counting(utf16=True))
    assert ruler.points(Stretch(2, 3)) == (1, 2)
    assert ruler.points(Stretch(0, 2)) == (0, 2)


_LETTERS = st.lists(
    st.sampled_from([*"ab \n\u0301\u0639\U0001f622\ufeff", "\r\n"]), max_size=30
).map("".join)


@settings(max_examples=60, deadline=None)
@given(_LETTERS, st.data())
def test_every_way_of_counting_finds_the_same_stretch(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if "\r" in (text[start - 1 : start], text[end - 1 : end]) and "\r\n" in text:
        return  # between the two letters of a line end is no place when they count as one
    for way in (Counting(), Counting(utf16=True), Counting(ends_as_one=True),
                Counting(utf16=True, ends_as_one=True)):  # fmt: skip
        counted = Stretch(_counted(text[:start], way), _counted(text[:end], way))
        assert Ruler(text, way).points(counted) == (start, end)


def _counted(text: str, way: Counting) -> int:
    whole = text.replace("\r\n", "\n") if way.ends_as_one else text
    return len(whole.encode("utf-16-le")) // 2 if way.utf16 else len(whole)
