"""Suggestions fit what was said, say why, come from this machine only, and stop when nothing fits.

The sentences here were made up for these tests.
"""

import pickle

import numpy as np
import pytest

from firsthand.methods.suggest import Confirmed, Entry, Suggester, build, kept

BOOK = (
    Entry(
        "wait",
        "Kept waiting",
        "Help came late, or a decision took too long.",
        ("I waited nine months to be seen.", "The letter took weeks to come."),
    ),
    Entry(
        "ignored",
        "Not listened to",
        "Staff did not take in what the person said.",
        ("Nobody took any notice of me.", "She talked over me the whole time."),
    ),
    Entry(
        "money",
        "Money trouble",
        "The person was left short of money.",
        ("I could not pay my rent.", "My benefits were stopped."),
    ),
    Entry("restraint", "Held down", "Staff used force.", ("Four of them pinned me to the floor.",)),
)
CONFIRMED = tuple(
    Confirmed(f"{start} the zimmer {end}", ("equipment",))
    for start in ("They never brought", "I was left without", "Nobody mended")
    for end in ("frame", "frame again", "frame I asked Quillfeather for")
)


@pytest.fixture(scope="module")
def suggester() -> Suggester:
    return build(BOOK)


@pytest.fixture(scope="module")
def taught() -> Suggester:
    return build([*BOOK, Entry("equipment", "Things you need to get about")], CONFIRMED)


def codes(found):
    return [each.code for each in found]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("It was almost a year before anyone gave me an appointment.", "wait"),
        ("They acted as if I was not in the room.", "ignored"),
        ("I got into debt and could not buy food.", "money"),
        ("The nurses used force to keep me on the bed.", "restraint"),
    ],
)
def test_what_means_the_same_in_other_words_is_found_first(suggester, text, code):
    assert codes(suggester.suggest(text))[0] == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "\x00\x00",
        "👍👍🏽",
        "!!! ???",
        "The capital of France is Paris.",
        "Photosynthesis turns light into sugar.",
        "ضوء الشمس",
        "x" * 1_000_000,
    ],
    ids=["empty", "blank", "nul", "emoji", "marks", "off", "off too", "arabic", "a megabyte"],
)
def test_nothing_is_suggested_when_nothing_fits(suggester, text):
    assert suggester.suggest(text) == ()
    assert suggester.ranked(text) == ()


def test_shared_words_are_the_reason_whatever_their_endings(suggester):
    reason = suggester.suggest("They are stopping my benefit.")[0].reason
    assert reason.kind == "shares_words"
    assert set(reason.words) == {"stopping", "benefit"}
    assert (reason.near, reason.near_kind) == ("My benefits were stopped.", "example")


def test_nearness_in_meaning_is_the_reason_when_no_word_is_shared(suggester):
    reason = suggester.suggest("They acted as if I was not in the room.")[0].reason
    assert reason.kind == "close_in_meaning"
    assert reason.near in {
        "Nobody took any notice of me.",
        "She talked over me the whole time.",
        "Staff did not take in what the person said.",
        "Not listened to",
    }
    assert {*reason.words} <= {"acted", "room"}


def test_every_reason_uses_the_persons_own_words(suggester):
    text = "I waited and waited. In the end I could not pay for heating, and no one LISTENED."
    for each in suggester.suggest(text):
        assert each.reason.words
        assert all(word.lower() in text.lower() for word in each.reason.words)


def test_a_long_text_is_as_good_as_its_best_passage(suggester):
    padding = "We walked along the river and looked at the boats and the birds. " * 60
    text = padding + "Then four of them pinned me to the floor. " + padding
    assert "restraint" in codes(suggester.suggest(text))


def test_odd_characters_do_not_hide_what_is_said(suggester):
    text = "\u202e\x00Four of them\x00 pinned me to the floor 😢 \ud800"
    assert codes(suggester.suggest(text))[0] == "restraint"


@pytest.mark.parametrize("k", [-1, 0])
def test_asking_for_none_gives_none(suggester, k):
    assert suggester.suggest("My benefits were stopped.", k) == ()


def test_best_come_first_and_no_more_than_asked_for(suggester):
    text = "I waited for my benefits and nobody took any notice."
    found = suggester.suggest(text, 2)
    assert len(found) == 2
    assert found[0].score >= found[1].score
    assert found == suggester.suggest(text)[:2]
    assert codes(found) == [code for code, _ in suggester.ranked(text)][:2]
    assert all(0 < each.score < 1 for each in found)


def test_what_coders_confirmed_is_learned(suggester, taught):
    text = "No one came about the zimmer frame."
    assert codes(taught.suggest(text))[0] == "equipment"
    assert taught.confirmed == (0, 0, 0, 0, len(CONFIRMED))


def test_confirmed_passages_are_never_shown_nor_kept(taught):
    found = taught.suggest("No one came about the zimmer frame.")[0]
    assert found.reason.kind == "learned"
    assert (found.reason.near, found.reason.near_kind) == ("", "")
    assert "zimmer" in found.reason.words
    kept_bytes = pickle.dumps(taught)
    assert b"Quillfeather" not in kept_bytes
    assert b"zimmer" not in kept_bytes


def test_codes_outside_the_codebook_and_wordless_passages_are_passed_over():
    passages = [Confirmed("My benefits were stopped", ("gone",)), Confirmed("👍", ("money",))]
    assert build(BOOK, passages).confirmed == (0, 0, 0, 0)


def test_an_entry_with_only_a_code_is_never_suggested(suggester):
    found = build([*BOOK, Entry("bare", "")])
    assert "bare" not in codes(found.suggest("My benefits were stopped.", 5))


def test_a_codebook_of_one_entry_can_be_asked():
    found = build([Entry("money", "Money trouble", "", ("My benefits were stopped.",))])
    assert codes(found.suggest("My benefits were stopped.")) in (["money"], [])


@pytest.mark.parametrize("book", [[], [Entry("a", "")], [Entry("a", "One"), Entry("a", "Two")]])
def test_an_empty_codebook_or_a_code_twice_is_refused(book):
    with pytest.raises(ValueError, match="codebook"):
        build(book)


def test_building_twice_gives_the_same_bytes(suggester):
    assert kept.to_bytes(build(BOOK)) == kept.to_bytes(suggester)


def test_bytes_and_pickle_bring_back_the_same_answers(suggester, taught):
    text = "They stopped my benefits and took the zimmer frame."
    for each in (suggester, taught):
        expected = each.suggest(text)
        assert kept.from_bytes(kept.to_bytes(each)).suggest(text) == expected
        assert pickle.loads(pickle.dumps(each)).suggest(text) == expected


@pytest.mark.parametrize("damaged", [b"", b"nothing", "half"])
def test_damaged_bytes_are_refused(suggester, damaged):
    whole = kept.to_bytes(suggester)
    with pytest.raises(kept.Unreadable):
        kept.from_bytes(whole[: len(whole) // 2] if damaged == "half" else damaged)


def test_bytes_of_another_form_are_refused(suggester, monkeypatch):
    whole = kept.to_bytes(suggester)
    monkeypatch.setattr(kept, "FORM", kept.FORM + 1)
    with pytest.raises(kept.Unreadable):
        kept.from_bytes(whole)


def test_a_kept_suggester_is_built_once_and_again_when_damaged(tmp_path, suggester):
    first = kept.cached(BOOK, tmp_path / "new")
    (place,) = (tmp_path / "new").iterdir()
    written = place.read_bytes()
    assert written == kept.to_bytes(first) == kept.to_bytes(suggester)
    assert kept.to_bytes(kept.cached(BOOK, tmp_path / "new")) == written
    place.write_bytes(written[:100])
    kept.cached(BOOK, tmp_path / "new")
    assert place.read_bytes() == written
    assert kept.cached(BOOK[:3], tmp_path / "new").codes == ("wait", "ignored", "money")


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert kept.cached(BOOK[:2], tmp_path / "file" / "folder").codes == ("wait", "ignored")


def test_scores_of_unlike_texts_differ_and_are_finite(suggester):
    for text in ("My benefits were stopped.", "a " * 5000, "Held down " * 500):
        assert all(np.isfinite(score) for _, score in suggester.ranked(text))


def test_odd_characters_in_the_codebook_and_in_passages_are_no_trouble():
    odd = Entry("odd", "Odd \ud800\x00 name", "\u202e", ("", "👍", "x" * 300_000))
    found = build([*BOOK, odd], [Confirmed("My \udfff benefits\x00 were stopped", ("money",))])
    assert codes(kept.from_bytes(kept.to_bytes(found)).suggest("My benefits were stopped."))
