"""One bad line never costs another record, and what was wrong is said with its line."""

# ruff: noqa: E501, RUF001 - a record is easier to read on one line, with its own signs

import codecs
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.evidence.formats import ris_lines, ris_records
from firsthand.evidence.formats.reading import File, Reference, Unreadable, read
from tests.evidence.formats.reads import found, one, problems, references, titles


def ris(title: str, *lines: str, begin="TY  - JOUR", end="ER  - ") -> str:
    parts = [begin, f"TI  - {title}", "PY  - 2018", *lines, end]
    return "\n".join(part for part in parts if part) + "\n"


FIVE = "\n".join(ris(f"Title {each}") for each in range(5))


def test_a_missing_er_line_loses_no_record():
    text = ris("First", end="") + ris("Second") + ris("Third")
    assert titles(text) == ["First", "Second", "Third"]
    (said,) = problems(text)
    assert said.line == 1
    assert "No ER line" in said.said


def test_every_er_line_missing_loses_no_record():
    assert titles("".join(ris(f"Title {each}", end="") for each in range(5))) == [
        f"Title {each}" for each in range(5)
    ]


def test_ty_with_one_space_is_a_record():
    text = "TY - JOUR\nTI - One\nAU - Beck, A\nAB - A text.\nKW - hope\nER -\n\nTY - BOOK\nTI - Two\nER -"
    first, second = references(text)
    assert (first.title, first.authors, first.keywords) == ("One", ("Beck, A",), ("hope",))
    assert (second.title, second.kind) == ("Two", "book")


def test_small_letters_are_tags_where_the_record_is_written_so():
    first, second = references("ty  - JOUR\nti  - one\nau  - Beck, A\ner  - \n" + ris("Two"))
    assert (first.title, first.authors) == ("one", ("Beck, A",))
    assert second.title == "Two"


def test_small_letters_in_an_abstract_are_text():
    only = one(ris("One", "AB  - Begins", "an  - odd line", "KW  - x"))
    assert only.abstract == "Begins an  - odd line"
    assert only.keywords == ("x",)


def test_tabs_around_the_hyphen_are_read():
    only = one("TY\t-\tJOUR\nTI\t-\tOne\nAU \t- Beck, A\nER\t-\n")
    assert (only.title, only.authors, only.kind) == ("One", ("Beck, A",), "article-journal")


def test_lines_set_in_are_fields_where_the_record_is_written_so():
    assert one("  TY  - JOUR\n  TI  - One\n  ER  - \n").title == "One"


def test_a_dash_for_the_hyphen_is_read():
    assert one("TY \u2013 JOUR\nTI \u2013 One\nER \u2013\n").title == "One"


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n", "\n\r\n"])
def test_every_kind_of_line_end_is_read(end):
    assert titles(FIVE.replace("\n", end)) == [f"Title {each}" for each in range(5)]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("cp1252", b""),
    ],
)
def test_encodings_are_found_out(encoding, mark):
    text = ris("Mädchen “heute” – ça va") * 3
    assert titles(mark + text.encode(encoding)) == ["Mädchen “heute” – ça va"] * 3
    assert problems(mark + text.encode(encoding)) == []


def test_one_stray_byte_in_utf8_is_read_as_windows_1252_and_told_once():
    data = (ris("Zürich") * 5 + ris("Bern")).encode() + ris("Gen\u00e8ve").encode("cp1252") * 2
    assert titles(data)[-3:] == ["Bern", "Genève", "Genève"]
    (said,) = problems(data)
    assert said.line == 6 * 4 + 2
    assert "not UTF-8" in said.said


def test_stray_bytes_are_mended_far_into_a_file_too():
    data = (FIVE * 3000).encode() + ris("Gen\u00e8ve").encode("cp1252") + FIVE.encode()
    read_titles = titles(data)
    assert len(read_titles) == 15_006
    assert read_titles[15_000] == "Genève"


def test_bytes_that_mean_nothing_are_told():
    data = ris("One").encode("utf-16-le") + b"\x00\xd8" + ris("Two").encode("utf-16-le")
    assert "One" in titles(codecs.BOM_UTF16_LE + data)
    assert any("mean nothing" in each.said for each in problems(codecs.BOM_UTF16_LE + data))


def test_zero_bytes_are_left_out_and_told():
    data = FIVE.replace("Title 2", "Ti\0tle\0 2").encode()
    assert titles(data) == [f"Title {each}" for each in range(5)]
    (said,) = problems(data)
    assert "zero bytes" in said.said
    assert said.line == 12


def test_an_er_line_inside_an_abstract_stays_in_it():
    text = ris("One", "AB  - Tumours that were", "ER  - positive, were seen.", "KW  - breast")
    assert titles(text + ris("Two")) == ["One", "Two"]
    first = references(text + ris("Two"))[0]
    assert first.abstract == "Tumours that were ER  - positive, were seen."
    assert first.keywords == ("breast",)
    assert "inside AB" in problems(text + ris("Two"))[0].said


def test_a_bare_er_line_inside_an_abstract_stays_in_it():
    text = ris("One", "AB  - Tumours,", "ER  - ", "and others.", "KW  - breast") + ris("Two")
    assert titles(text) == ["One", "Two"]
    assert references(text)[0].abstract == "Tumours, ER  - and others."


def test_an_er_line_with_words_after_it_ends_a_record_when_another_begins():
    text = ris("One", end="ER  - End of Reference") + ris("Two")
    assert titles(text) == ["One", "Two"]
    assert ("ER", "End of Reference") in references(text)[0].raw


def test_a_ty_line_inside_an_abstract_is_text_unless_it_names_a_type():
    text = ris("One", "AB  - We gave it to", "TY  - patients of ours", "KW  - x") + ris("Two")
    first, second = references(text)
    assert first.abstract == "We gave it to TY  - patients of ours"
    assert (first.keywords, second.title) == (("x",), "Two")
    assert "looks like the start" in problems(text)[0].said


def test_what_looks_like_a_tag_with_one_space_stays_in_the_abstract():
    text = ris("One", "AB  - The use of", "AI - based tools and", "UK - wide data", "KW  - x")
    only = one(text)
    assert only.abstract == "The use of AI - based tools and UK - wide data"
    assert only.keywords == ("x",)


def test_a_lost_ty_line_makes_a_record_of_unknown_kind():
    text = ris("One") + ris("Two", begin="") + ris("Three")
    assert titles(text) == ["One", "Two", "Three"]
    assert [each.kind for each in references(text)][1] == "document"
    assert any("No TY line" in each.said for each in problems(text))


def test_a_file_that_begins_in_the_middle_of_a_record_is_read():
    text = FIVE[FIVE.index("TI  - Title 0") :]
    assert len(titles(text)) == 5
    assert "No TY line" in problems(text)[0].said


@pytest.mark.parametrize("cut", range(1, 160, 7))
def test_a_file_cut_anywhere_keeps_all_that_was_whole(cut):
    text = FIVE[:-cut]
    whole = text.count("\nER  - ")
    assert len(titles(text)) >= whole
    assert titles(text)[:whole] == [f"Title {each}" for each in range(whole)]


def test_a_file_cut_in_the_middle_says_so():
    text = FIVE[: FIVE.index("Title 3")]
    assert any("may have been cut off" in each.said for each in problems(text))


def test_five_thousand_authors_are_all_kept():
    names = tuple(f"Name{each}, A." for each in range(5000))
    only = one(ris("Many", *(f"AU  - {name}" for name in names)))
    assert only.authors == names


def test_two_records_with_one_key_are_both_kept_and_told():
    text = "@article{k,\n title={One}, year=2001\n}\n@article{k,\n title={Two}, year=2002\n}\n"
    assert titles(text) == ["One", "Two"]
    (said,) = problems(text)
    assert said.line == 4
    assert "used before, in line 1" in said.said
    assert titles(ris("One", "ID  - 7") + ris("Two", "ID  - 7")) == ["One", "Two"]


def test_a_line_without_end_is_read_in_pieces():
    text = ris("One", "AB  - " + "x" * 5_000_000) + ris("Two")
    assert titles(text) == ["One", "Two"]
    assert any("four million" in each.said for each in problems(text))


def test_a_record_that_never_ends_is_closed(monkeypatch):
    monkeypatch.setattr(ris_lines, "LARGEST", 10_000)
    monkeypatch.setattr(ris_records, "_PATIENCE", 1_000)
    text = "TY  - JOUR\nTI  - One\n" + "AU  - Beck, A\n" * 2000 + ris("Two")
    assert {"One", "Two"} <= set(titles(text))
    assert any("larger than any record" in each.said for each in problems(text))


def test_text_between_records_is_kept_with_the_one_before():
    text = ris("One") + "\nLink to the Ovid Full Text: http://example.org\n\n2.\n" + ris("Two")
    first, second = references(text)
    assert first.raw[-1] == ("", "Link to the Ovid Full Text: http://example.org")
    assert (first.title, second.title) == ("One", "Two")
    assert problems(text) == []


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "x.ris", "empty"),
        (b"\xef\xbb\xbf\r\n", "x.ris", "empty"),
        (b"%PDF-1.7 ...", "x.pdf", "PDF"),
        (b"\x1f\x8b\x08", "x.ris.gz", "gzip"),
        (b"PK\x03\x04word/document.xml", "x.docx", "zip"),
        (b"\xd0\xcf\x11\xe0", "x.xls", "old Office"),
        (b"{\\rtf1", "x.rtf", "RTF"),
        (b"<!DOCTYPE html><html><body>Sign in", "x.ris", "web page"),
        (b"<PubmedArticleSet><PubmedArticle>", "x.xml", "not EndNote's"),
        (b"Dear colleague", "x.txt", "could not be made out"),
        (b"Dear colleague", "x.ris", "nothing in the file begins a record"),
        (b"a,b\n1,2\n", "x.csv", "No column"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_why(data, name, said):
    with pytest.raises(Unreadable, match=said):
        found(data, name)


def test_an_unreadable_file_is_told_before_anything_is_read():
    with pytest.raises(Unreadable):
        read(io.BytesIO(b"Dear colleague"), "x.txt")


class Slow:
    """A stream that gives a few bytes at a time, and cannot be sought in."""

    def __init__(self, data: bytes, step: int) -> None:
        self.data, self.step, self.at = data, step, 0

    def read(self, size: int = -1) -> bytes:
        step = self.step if size < 0 else min(size, self.step)
        piece = self.data[self.at : self.at + step]
        self.at += len(piece)
        return piece


@pytest.mark.parametrize("step", [70_000, 262_143, 262_145])
def test_it_makes_no_difference_in_which_pieces_a_file_comes(step):
    data = (FIVE.replace("Title", "Tïtle") * 2000).replace("\n", "\r\n").encode()
    whole = titles(data)
    slow = read(Slow(data, step), "x.ris")  # type: ignore[arg-type]
    assert [each.title for each in slow if isinstance(each, Reference)] == whole
    assert len(whole) == 10_000


def test_lines_are_numbered_as_an_editor_does():
    text = FIVE.replace("Title 3", "")
    (said,) = problems(text)
    assert text.split("\n")[said.line - 1] == "TY  - JOUR"
    assert [each.line for each in references(FIVE)] == [1, 6, 11, 16, 21]


def test_only_one_record_is_held():
    made = 0

    def pieces():
        nonlocal made
        for number in range(40_000):
            made = number
            yield ris(f"Title {number}", "AB  - " + "word " * 100)

    class Stream:
        def __init__(self):
            self.pieces, self.rest = pieces(), b""

        def read(self, size=-1):
            self.rest = self.rest or next(self.pieces, "").encode()
            piece, self.rest = self.rest[:size], self.rest[size:]
            return piece

    seen = read(Stream(), "x.ris")  # type: ignore[arg-type]
    for _ in range(10):
        next(seen)
    assert made < 2000


@given(st.lists(st.sampled_from([
    "TY  - JOUR", "TY - JOUR", "TY  - ", "ER  - ", "ER  -", "ER - ", "TI  - Title", "AB  - Text",
    "free text", "", "  set in", "AU  - Beck, A", "KW\t- word", "ty  - jour", "2.", "XX  - ?",
]), max_size=30))  # fmt: skip
def test_whatever_the_lines_are_no_text_is_lost(lines):
    text = "TY  - JOUR\nTI  - Begin\nER  - \n" + "\n".join(lines)
    kept = "\n".join(f"{name} {value}" for each in references(text) for name, value in each.raw)
    for word in ("free text", "set in", "Text", "Beck, A"):
        assert kept.count(word) == text.count(word)


@given(st.binary(max_size=300))
def test_no_bytes_whatsoever_break_it(data):
    with suppress(Unreadable):
        for _ in File(io.BytesIO(data), "x.ris").read():
            pass


@given(
    st.text(max_size=200),
    st.sampled_from(
        [
            "PMID- 1\n",
            "PT J\n",
            "%0 Book\n",
            "@a{k,\n",
            "[{",
            "<xml><records><record>",
            "title,doi\n",
        ]
    ),
)
def test_no_text_whatsoever_breaks_any_format(text, begin):
    found(begin + text)
