"""A passage is found again where its words are, told apart by what stands around it, or is lost."""

import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from firsthand.methods import anchoring
from firsthand.methods.anchoring import (
    GONE,
    MOVED,
    NEAR,
    SAME,
    SEVERAL,
    Anchor,
    Found,
    find_again,
)

TEXT = (
    "They moved me twice and nobody asked. I wrote 🌻 it down at night.\n"
    "They moved me twice and nobody came. I said cafe\u0301 again and again."
)


def anchor(text: str, start: int, end: int) -> Anchor:
    return Anchor(
        start, end, text[start:end], text[max(start - 32, 0) : start], text[end : end + 32]
    )


def of(words: str, text: str = TEXT, nth: int = 1) -> Anchor:
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return anchor(text, at, at + len(words))


def again(after: str, *anchors: Anchor, before: str = TEXT) -> list[Found]:
    return list(find_again(before, after, anchors))


def words(after: str, found: Found) -> str:
    return after[found.start : found.end]


def test_what_stands_before_and_behind_a_change_is_where_it_was():
    after = TEXT.replace("at night", "in a book, at night")
    first, last = again(after, of("nobody asked"), of("nobody came"))
    assert (first.how, words(after, first)) == (SAME, "nobody asked")
    assert (last.how, words(after, last)) == (MOVED, "nobody came")


def test_words_that_come_twice_are_told_apart_by_what_stands_around_them():
    after = f"Before. {TEXT} After.".replace("at night", "by day")
    found = again(after, of("They moved me twice", nth=1), of("They moved me twice", nth=2))
    assert [after.index(words(after, each), each.start) for each in found] == [
        8, after.index("They moved me twice", 20),
    ]  # fmt: skip
    assert {each.how for each in found} == {MOVED}


def test_words_that_fit_two_places_alike_are_lost():
    once = "A. And then it was so. Then on. B."
    twice = f"X {once[3:-3]} Y {once[3:-3]} Z"
    found = again(twice, of("it was so.", once), before=once)
    assert found == [Found(SEVERAL)]


def test_changed_words_are_found_near_their_place():
    after = f"New start.\n{TEXT.replace('nobody asked', 'nobody ever asked me')}"
    (found,) = again(after, of("They moved me twice and nobody asked."))
    assert (found.how, words(after, found)) == (
        NEAR,
        "They moved me twice and nobody ever asked me.",
    )


def test_a_last_and_a_first_word_that_were_changed_belong_to_the_passage():
    once = "Then they moved me to another ward. So it was."
    after = "When they moved me to another wing. So it was, they said."
    (found,) = again(after, of("Then they moved me to another ward", once), before=once)
    assert (found.how, words(after, found)) == (NEAR, "When they moved me to another wing")


def test_changed_words_that_fit_two_places_nearly_alike_are_lost():
    once = "1. We were told to wait outside the room. 2."
    after = "!! We were told to wait inside the room. And we were told to wait beside the room. ??"
    assert again(after, of("We were told to wait outside the room.", once), before=once)[0].is_lost


@pytest.mark.parametrize("after", ["", "Something else altogether, of other things.", "x" * 90])
def test_what_is_there_no_longer_is_lost(after):
    found = again(after, of("They moved me twice and nobody asked."), of("I wrote"))
    assert found == [Found(GONE), Found(GONE)]
    assert all(each.is_lost for each in found)


def test_a_short_word_alone_is_no_passage_found_again():
    assert again("Quite another text, and it ends.", of("it", nth=1)) == [Found(GONE)]


def test_an_anchor_that_does_not_say_what_stood_there_is_looked_for_by_its_words():
    found = again(TEXT, Anchor(900, 912, "nobody asked", "twice and ", ". I"))
    assert words(TEXT, found[0]) == "nobody asked"
    assert again(TEXT, Anchor(0, 0, "")) == [Found(GONE)]


def test_very_long_passages_are_found_exactly_or_lost(monkeypatch):
    monkeypatch.setattr(anchoring, "LONGEST", 20)
    after = TEXT.replace("nobody asked", "no one asked")
    assert again(after, of("They moved me twice and nobody asked."))[0] == Found(GONE)
    assert anchoring._trimmed("a" * 90, "a" * 90, 0, 90) is None


def test_a_thousand_passages_of_a_long_text_are_found_in_seconds():
    lines = [
        f"In week {n} they said {n * 7919 % 1000} things, and I kept {n % 17} of them."
        for n in range(2500)
    ]
    before = "\n".join(lines)
    after = "\n".join(["A new line.", *lines[:1200], "Another one.", *lines[1210:], "Last."])
    anchors = [of(line, before) for line in lines[::3]]
    begun = time.process_time()
    found = again(after, *anchors, before=before)
    assert time.process_time() - begun < 20
    assert sum(each.is_lost for each in found) <= 4
    placed = [(each, one) for each, one in zip(found, anchors, strict=True) if each.how != NEAR]
    assert all(each.is_lost or words(after, each) == one.quote for each, one in placed)


TEXTS = st.text("ab c🌻\u0301\n", min_size=1, max_size=60)


@given(TEXTS, st.data())
@settings(max_examples=150, deadline=None)
def test_in_a_text_that_is_not_changed_every_passage_is_where_it_was(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert again(text, anchor(text, start, end), before=text) == [Found(SAME, start, end)]


@given(TEXTS, st.text("xyz", max_size=20), st.data())
@settings(max_examples=150, deadline=None)
def test_what_an_insertion_does_not_touch_keeps_its_very_words(text, new, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    at = data.draw(st.integers(0, len(text)))
    assume(not start < at < end)
    after = text[:at] + new + text[at:]
    (found,) = again(after, anchor(text, start, end), before=text)
    assert words(after, found) == text[start:end]
    assert found.start == start + (len(new) if at <= start and new else 0)


@given(TEXTS, TEXTS, st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_the_text_becomes_a_place_is_in_it_or_the_passage_is_lost(text, after, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    (found,) = again(after, anchor(text, start, end), before=text)
    assert found.is_lost or 0 <= found.start < found.end <= len(after)
    assert found.how not in (SAME, MOVED) or words(after, found) == text[start:end]
