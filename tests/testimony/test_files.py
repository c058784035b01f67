"""A file people add is taken clean or refused plainly: type, name, size, and plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.testimony.files import BadFile, CleanFile, checked
from firsthand.testimony.files.kinds import FORMATS
from firsthand.testimony.files.names import LONGEST, MOST_BYTES, named
from tests.testimony import documents, sounds

TEXT = FORMATS["text"]


def test_an_empty_file_is_refused_with_what_to_do():
    with pytest.raises(BadFile, match="empty"):
        checked("letter.pdf", b"")


def test_a_file_larger_than_the_most_is_refused_and_says_the_most(settings):
    settings.FIRSTHAND_LARGEST_FILE = 3 * 1024 * 1024
    with pytest.raises(BadFile, match="larger than 3 MB"):
        checked("long.txt", b"a" * (3 * 1024 * 1024 + 1))
    with pytest.raises(BadFile, match="larger than 1 MB"):
        checked("long.txt", b"a" * 1_100_000, largest=1024 * 1024)


def test_a_refusal_is_a_value_error_with_one_plain_sentence():
    with pytest.raises(BadFile) as refused:
        checked("x", b"")
    assert isinstance(refused.value, ValueError)
    assert refused.value.sentence == str(refused.value)


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("holiday.png", documents.jpeg(), "holiday.jpg"),
        ("IMG_1.HEIC", documents.jpeg(), "IMG_1.jpg"),
        ("photo", documents.png(), "photo.png"),
        ("Letter.PDF", documents.pdf(), "Letter.pdf"),
        ("talk.mp3", sounds.opus(), "talk.ogg"),
        ("voice.opus", sounds.opus(), "voice.opus"),
        ("notes.md", b"# What happened\n", "notes.md"),
        ("dates.csv", b"day,what\nmonday,nothing\n", "dates.csv"),
        ("notes", b"What happened\n", "notes.txt"),
        ("plan v1.2", b"What happened\n", "plan v1.2.txt"),
    ],
)
def test_a_name_gets_the_ending_of_what_is_inside(name, content, kept):
    assert checked(name, content).name == kept


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.jpg", documents.pdf()),
        ("letter.pdf", documents.jpeg()),
        ("talk.mp3", b"just words"),
        ("notes.txt", documents.png()),
        ("notes.docx", b"just words"),
        ("run.exe", b"just words"),
        ("page.html", b"just words"),
        ("drawing.svg", documents.png()),
    ],
)
def test_a_name_that_promises_another_kind_is_refused(name, content):
    with pytest.raises(BadFile, match="ends in"):
        checked(name, content)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.txt"),
        ("C:\\Users\\someone\\notes.txt", "notes.txt"),
        ("..", "text.txt"),
        ("", "text.txt"),
        (".txt", "text.txt"),
        ("...", "text.txt"),
        ("a\x00b\r\n.txt", "ab.txt"),
        ("letter\u202etxt.fdp.txt", "lettertxt.fdp.txt"),
        ("\u2066hid\u200b\ufeffden\u2069.txt", "hidden.txt"),
        ('a<b>:"c|d?*.txt', "a b c d.txt"),
        ("con.txt", "file con.txt"),
        ("LPT1.old.txt", "file LPT1.old.txt"),
        ("قصتي.txt", "قصتي.txt"),
        ("می\u200cر.txt", "می\u200cر.txt"),
        ("👩🏽\u200d🦽 my day.txt", "👩🏽\u200d🦽 my day.txt"),
        ("lone \ud800.txt", "lone.txt"),
        ("x" * 5000 + ".txt", "x" * LONGEST + ".txt"),
    ],
)
def test_a_name_is_made_safe_to_show_and_to_save(name, kept):
    assert named(name, TEXT) == kept


@given(st.text(max_size=300))
def test_no_name_at_all_gets_through_unclean(name):
    try:
        kept = named(name, TEXT)
    except BadFile:
        return
    assert kept.endswith(TEXT.endings)
    assert not set(kept) & set('/\\<>:"|?*\0\n\u202e\u2066')
    assert kept[0] not in " ."
    assert len(kept.encode()) < MOST_BYTES + 10
    assert named(kept, TEXT) == kept


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ("naïve, “words”".encode(), "naïve, “words”"),
        ("with a mark".encode("utf-8-sig"), "with a mark"),
        ("wide “words”".encode("utf-16"), "wide “words”"),
        ("\ufeffother way".encode("utf-16-be"), "other way"),
        ("old “Windows” £5".encode("cp1252"), "old “Windows” £5"),
        ("مرحبا 😔\r\nline two\ttab".encode(), "مرحبا 😔\r\nline two\ttab"),
        (b"page one\x0cpage two\x1a", "page onepage two"),
        (b"<alice> they never rang back", "<alice> they never rang back"),
        (b"MZ said so", "MZ said so"),
    ],
)
def test_text_is_kept_as_utf8(content, kept):
    found = checked("notes.txt", content)
    assert found == CleanFile("notes.txt", "text", "text/plain", kept.encode())


@pytest.mark.parametrize(
    "content",
    [
        b"before\0after",
        b"   \n ",
        bytes(range(1, 256)),
        b"\xff\xfea",
        "nul \0 inside".encode("utf-16"),
        b"\x81\x8d\x8f" * 9,
        "wide".encode("utf-32"),
    ],
)
def test_what_is_no_plain_text_is_refused(content):
    with pytest.raises(BadFile):
        checked("notes.txt", content)
