"""Every kind of document is read as its text; speakers, headings and pages are in their place."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from firsthand.codebook import pdf
from firsthand.codebook.documents.document import HEADING, PAGE, SPEAKER, Document, Turn
from firsthand.codebook.documents.reading import read
from tests.codebook.documents import making
from tests.evidence import papers

TALK = """Interviewer: What happened then?
Rowan: They moved me 🌻 twice.
Nobody asked.
Interviewer: And after?
Rowan: I wrote it down."""


def named(found: Document, kind: str) -> list[tuple[str, str]]:
    """Return the name of each turn of a kind, and the very words at its place."""
    turns = [each for each in found.turns if each.kind == kind]
    return [(each.name, found.text[each.start : each.end]) for each in turns]


def test_text_is_kept_letter_for_letter_but_for_line_ends_and_the_byte_order_mark():
    odd = "e\u0301 é ﷽ مرحبا 👩‍👩‍👧 \u2028 \x0c tab\t end "
    found = read(b"\xef\xbb\xbf" + f"{odd}\r\ntwo\rthree\n".encode(), "notes/a name.txt")
    assert found == Document(f"{odd}\ntwo\nthree\n", (), "a name", "txt", ())


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_are_found_out(codec):
    said = "Where care hurts: “café”, she said. " * 3
    assert read(said.encode(codec), "a.txt").text == said


def test_windows_1252_is_read_and_said():
    found = read("café \u2013 naïve".encode("cp1252"), "a.txt")
    assert found.text == "café \u2013 naïve"
    assert "Windows-1252" in found.dropped[0]


def test_a_stray_byte_in_utf8_costs_no_other_letter():
    found = read("été été été ".encode() + b"\xe9t\xe9", "a.txt")
    assert found.text == "été été été été"
    assert "not UTF-8" in found.dropped[0]


def test_letters_that_mean_nothing_are_said():
    found = read(b"\xff\xfe" + "hello there".encode("utf-16-le") + b"\x00", "a.txt")
    assert found.text.startswith("hello there")
    assert "mean nothing" in found.dropped[0]


def test_zero_bytes_between_letters_are_left_out_and_said():
    found = read(b"They wrote\x00 it down." * 30, "a.txt")
    assert found.text.startswith("They wrote it down.They")
    assert found.dropped == ("Left out: zero bytes that stood between the letters.",)


def test_who_speaks_is_told_where_a_transcript_says_so_throughout():
    found = read(TALK.encode(), "talk.txt")
    assert [name for name, _ in named(found, SPEAKER)] == ["Interviewer", "Rowan"] * 2
    assert named(found, SPEAKER)[1][1] == "Rowan: They moved me 🌻 twice.\nNobody asked."


def test_names_may_have_times_or_stars_and_one_who_speaks_once_is_known_by_their_like():
    said = "[00:01] **P1:** Yes.\nP2 (00:02:10): No.\nP1: Why?\nP2: So.\nP12: Oh.\nNote: end."
    found = read(said.encode(), "a.txt")
    assert [name for name, _ in named(found, SPEAKER)] == ["P1", "P2", "P1", "P2", "P12"]
    assert named(found, SPEAKER)[-1][1] == "P12: Oh.\nNote: end."


@pytest.mark.parametrize("said", [
    "Aim: to ask.\nMethod: talk.\nResult: none.\nEnd: here.",
    "Note: one.\nNote: two.\nNote: three.\nNote: four.",
    "A: one.\nB: two.\nA: three.\nB: four.\n" + "And so on.\n" * 30,
])  # fmt: skip
def test_colons_alone_make_no_speakers(said):
    assert read(said.encode(), "a.txt").turns == ()


def test_markdown_is_kept_as_it_is_and_its_headings_are_told():
    said = "# One 🌻\n\nText\n\nTwo\n---\n\n```\n# no heading\n```\n\n### Three ###\n\n- a\n---\n"
    found = read(said.encode(), "a.md")
    assert (found.text, found.title, found.format) == (said, "One 🌻", "md")
    assert named(found, HEADING) == [(each, each) for each in ("One 🌻", "Two", "Three")]


def test_a_word_document_is_read_as_its_writer_wrote_it():
    content = making.word("First 🌻.", "\tSecond\nline.", headings=("What we did",), title="Tîtle")
    found = read(content, "a.docx")
    assert found.text == "What we did\nFirst 🌻.\n\tSecond\nline."
    assert (found.title, found.format) == ("Tîtle", "docx")
    assert named(found, HEADING) == [("What we did", "What we did")]


def test_word_keeps_tables_notes_and_text_boxes_and_says_what_it_left_out():
    body = (
        '<w:p><w:pPr><w:outlineLvl w:val="0"/><w:numPr/></w:pPr><w:r><w:t>Head</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>kept</w:t><w:footnoteReference/><w:commentReference/><w:blip/></w:r>"
        "<w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t> new</w:t><w:noBreakHyphen/><w:tab/></w:r></w:ins>"
        "<w:instrText>PAGE</w:instrText></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p><w:p><w:r><w:t>c</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>in</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc>"
        "</w:tr></w:tbl>"
        "<w:p><w:r><w:Choice><w:p><w:r><w:t>box</w:t></w:r></w:p></w:Choice>"
        "<w:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p></w:Fallback><w:t>around</w:t></w:r></w:p>"
    )
    note = '<w:footnote w:type="separator"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>'
    notes = f"{note}<w:footnote><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote>"
    content = making.word_body(
        body, word__footnotes=f"<w:footnotes {making.W}>{notes}</w:footnotes>", word__header1="<a/>"
    )
    found = read(content, "a.docx")
    assert found.text == "Head\nkept new\u2011\t\na\tb\nc\nin\nbox\naround\nA note."
    assert named(found, HEADING) == [("Head", "Head")]
    assert found.dropped == (
        "Footnotes and endnotes stand at the end of the text.",
        "Tracked changes were read as if they were accepted.",
        "Left out: one comment.", "Left out: one picture.",
        "Left out: what stands at the head and the foot of each page.",
        "Left out: the numbers and bullets of lists.",
    )  # fmt: skip


def test_an_open_document_is_read_with_its_spaces_tables_and_notes():
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        '<text:h>Head</text:h><text:p>two  spaces<text:s text:c="2"/>then<text:tab/>tab'
        "<office:annotation><text:p>a comment</text:p></office:annotation>"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note."
        "</text:p></text:note-body></text:note><text:line-break/> <draw:image/>new</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p><table:table><table:table-row><table:table-cell>"
        "<text:p>in</text:p></table:table-cell></table:table-row></table:table>"
        "</table:table-cell></table:table-row></table:table>"
        "<text:list><text:p>item</text:p></text:list>"
    )
    meta = '<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Named</dc:title></m>'
    found = read(making.open_document(body, meta=meta), "a.odt")
    assert found.text == "Head\ntwo spaces  then\ttab\nnew\nA note.\na\tb\nin\nitem"
    assert (found.title, named(found, HEADING)) == ("Named", [("Head", "Head")])
    assert [each[:15] for each in found.dropped] == [
        "Footnotes and e", "Tracked changes", "Left out: one c", "Left out: one p",
        "Left out: the n",
    ]  # fmt: skip


def test_rich_text_is_read_in_its_encodings():
    content = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}"
        rb"{\info{\title A t\'eatle}{\author No}}{\*\generator Some;}{\header top}"
        rb"\pard\outlinelevel0 Head\par\pard caf\'e9 \f1\'cf\'f0\f0  \u-10180?\u-8389?\uc0\u233 "
        rb"\tab\~{\pict ffd8}\line{\footnote note}a\\b\{c\}\row"
        b"{\\pict\\bin3 }}}}d\\\ne\\emdash f\\-\\u-10180 }"
    )
    found = read(content, "a.rtf")
    assert found.text == "Head\ncafé Пр 🌻é\t\u00a0\na\\b{c}\nd\ne\u2014f\u00ad\ufffd"
    assert (found.title, named(found, HEADING)) == ("A têtle", [("Head", "Head")])
    assert found.dropped == (
        "Left out: what stands at the head and the foot of pages.", "Left out: pictures.",
        "Left out: footnotes and comments.",
    )  # fmt: skip


@pytest.mark.parametrize(("head", "said"), [
    (rb"\ansicpg1251 ", "\u0439"), (rb"\ansicpg9999 ", "é"), (rb"\mac ", "\u00c8"),
    (rb"\ansicpg10000 ", "\u00c8"),
])  # fmt: skip
def test_rich_text_says_its_own_code_page(head, said):
    assert read(rb"{\rtf1" + head + rb"\'e9}", "a.rtf").text == said


def test_a_web_page_is_read_as_its_words_and_nothing_of_it_is_run():
    page = """<!doctype html><html><head><title>The  page</title><style>p {}</style>
      <script>alert("<p>no</p>")</script></head><body><h1>Hea<b>d</b></h1>
      <p>One &amp; two&nbsp;three<br>four <img src="http://elsewhere.example/x.png" alt="a"></p>
      <noscript>no</noscript><table><tr><th>a</th><td>b</td><td><p>c</p></td></tr></table>
      <svg/><pre>keep  this
  too</pre><script>document.write("no")</script>end</body></html>"""
    found = read(page.encode(), "a.html")
    assert found.text == "Head\nOne & two\u00a0three\nfour\na\tb\nc\nkeep  this\n  too\nend"
    assert (found.title, found.format) == ("The page", "html")
    assert named(found, HEADING) == [("Head", "Head")]
    assert found.dropped == ("Left out: 2 pictures.", "Left out: 3 scripts and styles.")


@pytest.mark.parametrize(("declared", "codec"), [
    ("windows-1251", "cp1251"), ("iso-8859-1", "cp1252"), ("utf-8", "cp1252"),
    ("rot13", "utf-8"), ("gb99", "utf-8"), ("iso-8859-99", "utf-8"),
])  # fmt: skip
def test_what_a_page_declares_is_believed_if_it_is_so(declared, codec):
    word = "Привет" if codec == "cp1251" else "déjà"
    page = f'<html><meta charset="{declared}"><p>{word}'.encode(codec)
    assert read(page, "a.htm").text == word


def test_an_e_book_is_read_chapter_by_chapter():
    one = (
        '<?xml version="1.0"?><html><head><title>x</title></head><body><h2>One</h2><p>a</p></body>'
    )
    found = read(making.book(one, "", "<p>b</p>"), "a.epub")
    assert (found.text, found.title) == ("One\na\nb", "A book (made up)")
    assert named(found, HEADING) == [("One", "One")]
    assert found.dropped == ("Left out: one chapter that is missing in the file.",)


def test_a_pdf_is_read_page_by_page_and_each_page_is_told():
    found = read(papers.pdf("First page", "", "Third\nlines"), "notes.pdf", pdf.pages)
    assert found.text == "First page\n\nThird\nlines"
    assert named(found, PAGE) == [("1", "First page"), ("3", "Third\nlines")]
    assert (found.title, found.format) == ("notes", "pdf")


def test_captions_tell_who_speaks_and_leave_their_times_out():
    said = (
        "\ufeffWEBVTT\n\nSTYLE\n::cue {}\n\nNOTE no\n\n1\n00:01.000 --> 00:02.000 align:start\n"
        "<v.loud Ada Brook>I <i>said</i> &amp; meant</v>\nit.\n\n00:00:02.000 --> 00:00:03.000\n"
        "<v Ada Brook>Twice.\n\n00:03.000 --> 00:04.000\n<v Ben>Oh? <v Ada Brook>Yes.\n\n"
        "00:05.000 --> 00:06.000\n<i></i>\n"
    )
    found = read(said.encode(), "a.txt")
    assert found.text == "Ada Brook: I said & meant it.\nTwice.\nBen: Oh?\nAda Brook: Yes."
    assert [name for name, _ in named(found, SPEAKER)] == ["Ada Brook", "Ben", "Ada Brook"]
    assert named(found, SPEAKER)[0][1] == "Ada Brook: I said & meant it.\nTwice."
    assert found.format == "vtt"
    assert "Left out: 4 times of cues." in found.dropped


def test_subtitles_are_read_with_or_without_their_numbers():
    said = (
        "1\r\n00:00:01,000 --> 00:00:02,000\r\n<font color=red>Hello</font>\r\nthere &amp;\r\n\r\n"
        "00:00:03,000 --> 00:00:04,000\r\n{\\an8}- One\r\n- Two\r\n"
    )
    found = read(said.encode(), "wrong.docx")
    assert (found.text, found.format) == ("Hello there &amp;\n- One\n- Two", "srt")
    assert found.turns == ()


def test_names_in_subtitles_are_speakers_as_in_any_transcript():
    cues = [f"{n}\n0:00:0{n}.0 --> 0:00:0{n}.9\n{who}: Words.\n"
            for n, who in enumerate(("Ada", "Ben", "Ada", "Ben"), 1)]  # fmt: skip
    found = read("\n".join(cues).encode(), "a.srt")
    assert [name for name, _ in named(found, SPEAKER)] == ["Ada", "Ben", "Ada", "Ben"]


WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=30)


@given(st.lists(WORDS, min_size=1, max_size=6))
@example(["🌻 \u0301", "\ufeff", "\u2028x"])
@settings(max_examples=40, deadline=None)
def test_whatever_is_written_in_a_text_comes_back_and_its_turns_are_in_it(lines):
    said = "\n".join(["begin", *lines])
    found = read(said.replace("\n", "\r\n").encode(), "a.txt")
    assert found.text == said
    assert all(0 <= each.start <= each.end <= len(said) for each in found.turns)


@given(st.lists(WORDS, min_size=1, max_size=5))
@settings(max_examples=15, deadline=None)
def test_what_word_holds_is_what_python_docx_says_it_holds(lines):
    found = read(making.word("begin", *lines), "a.docx")
    assert found.text == "\n".join(["begin", *lines]).rstrip("\n")


def test_turns_come_in_the_order_of_the_text():
    assert sorted([Turn(5, 6, PAGE, "2"), Turn(0, 3, PAGE, "1")])[0].name == "1"
    assert replace(Turn(0, 1, PAGE, "1"), end=2) > Turn(0, 1, PAGE, "1")
