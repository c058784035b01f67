"""What cannot be read says so in a plain sentence that says what to do; it costs no other file."""

import gzip
import json
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.codebook import pdf
from firsthand.codebook.documents import document, packed, reading, sniffing
from firsthand.codebook.documents.decoding import NOT_TEXT
from firsthand.codebook.documents.document import NO_TEXT, Unreadable
from firsthand.codebook.documents.reading import read, read_each
from tests.codebook.documents import making
from tests.evidence import papers

DTD = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>'
SAID = {name: pdf._SENTENCES[said] for name, said in pdf.pdfs.WRONG.items()}
WORD = making.word("Words.")


def bomb() -> bytes:
    """A document of some hundred kilobytes that unpacks to a hundred megabytes."""
    return making.packed({"word/document.xml": b"<a>" + b" " * 100_000_000})


def protected() -> bytes:
    """A zip file whose parts are marked as encrypted."""
    content = bytearray(making.word_body("<w:p/>"))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        begin = content.find(mark)
        content[begin + at] |= 1
    return bytes(content)


BAD = {
    "empty": (b"", sniffing.EMPTY),
    "only spaces": (b" \r\n\t ", NO_TEXT),
    "only zero bytes": (b"\0" * 90, NOT_TEXT),
    "a program": (bytes(range(256)) * 20, NOT_TEXT),
    "compressed": (gzip.compress(b"words " * 99), NOT_TEXT),
    "a picture": (b"\x89PNG\r\n\x1a\n", sniffing.PICTURE),
    "a recording": (b"ID3\x04 and so on", sniffing.SOUND),
    "a film": (b"\0\0\0\x18ftypmp42", sniffing.SOUND),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, sniffing.OLD_WORD),
    "a table": (making.packed({"xl/workbook.xml": "<a/>"}), packed.NO_DOCUMENT),
    "other OpenDocument": (making.packed({"mimetype": "application/x"}), packed.NO_DOCUMENT),
    "a zip file's beginning": (WORD[:200], packed.DAMAGED),
    "a zip file without its end": (WORD[:-30], packed.DAMAGED),
    "Word without words": (making.word_body("<w:p/>"), NO_TEXT),
    "Word without a document": (making.packed({"word/other.xml": "<a/>"}), packed.DAMAGED),
    "broken XML": (making.packed({"word/document.xml": "<a><b></a>"}), packed.DAMAGED),
    "an XML bomb": (making.packed({"word/document.xml": f"{DTD}<a>&c;</a>"}), packed.DAMAGED),
    "protected Word": (protected(), packed.LOCKED),
    "protected OpenDocument": (
        making.open_document("<text:p>x</text:p>", **{
            "META-INF__manifest": f"<manifest:a {making.OFFICE}><manifest:encryption-data/>"
            "</manifest:a>"
        }), packed.LOCKED,
    ),
    "protected e-book": (
        making.book("<p>x", **{"META-INF__encryption": '<a><EncryptionMethod Algorithm="x"/></a>'}),
        packed.LOCKED,
    ),
    "an e-book without a book": (
        making.packed({"mimetype": "application/epub+zip", "META-INF/container.xml": "<a/>"}),
        packed.DAMAGED,
    ),
    "a PDF without text": (papers.pdf("", ""), reading.NO_WORDS),
    "a locked PDF": (papers.locked(), SAID["locked"]),
    "half a PDF": (papers.pdf("Words")[:-40], SAID["broken"]),
    "only scripts": (b"<html><script>alert(1)</script></html>", NO_TEXT),
    "captions without cues": (b"WEBVTT\n\nNOTE nothing", NO_TEXT),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_each_kind_of_bad_file_says_what_to_do_next(name):
    content, sentence = BAD[name]
    with pytest.raises(Unreadable) as said:
        read(content, "a.docx", pdf.pages)
    assert str(said.value) == sentence
    assert any(
        f" {word} " in f" {sentence.lower()}" for word in ("choose", "bring", "save", "check")
    )


def test_one_bad_file_of_many_costs_none_of_the_others():
    files = [("a.txt", b"One."), ("b.docx", WORD[:99]), ("c.txt", b""), ("d.txt", b"Two.")]
    found = dict(read_each(files))
    assert [getattr(each, "text", each) for each in found.values()] == [
        "One.", packed.DAMAGED, sniffing.EMPTY, "Two.",
    ]  # fmt: skip


def test_a_zip_bomb_is_stopped_before_it_is_unpacked():
    content, begun = bomb(), time.process_time()
    assert len(content) < 200_000
    with pytest.raises(Unreadable, match="unpacks to more"):
        read(content, "a.docx")
    assert time.process_time() - begun < 5


def test_a_zip_of_very_many_parts_is_not_looked_through(monkeypatch):
    monkeypatch.setattr(packed, "MOST_PARTS", 2)
    with pytest.raises(Unreadable, match="unpacks to more"):
        read(making.word("Words."), "a.docx")


def test_fonts_that_are_hidden_do_not_lock_an_e_book():
    way = '<a><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/></a>'
    assert read(making.book("<p>x", **{"META-INF__encryption": way}), "a.epub").text == "x"


@pytest.mark.parametrize(("name", "content", "kind"), [
    ("a.pdf", WORD, "docx"), ("a.txt", papers.pdf("Words"), "pdf"), ("a.docx", b"Words.", "txt"),
    ("a.txt", b"<!-- x --><html><p>Words", "html"), ("a", b"{\\rtf1 Words}", "rtf"),
    ("a.html", b"Words.", "txt"), ("a.txt", b"a <b> c", "txt"),
])  # fmt: skip
def test_content_decides_what_a_file_is_whatever_its_name_says(name, content, kind):
    assert read(content, name, pdf.pages).format == kind


def test_a_text_of_twenty_megabytes_is_refused_and_one_of_two_million_letters_is_read():
    line = "It was said again and again. " * 10 + "\n"
    with pytest.raises(Unreadable, match="more text than can be coded"):
        read((line * 72_000).encode(), "a.txt")
    assert len(read((line * 6_700).encode(), "a.txt").text) == 6_700 * len(line)


def test_what_grows_too_long_while_it_is_read_is_refused_too(monkeypatch):
    monkeypatch.setattr(document, "MOST_TEXT", 5)
    with pytest.raises(Unreadable, match="more text than can be coded"):
        read(b"<html><p>one<p>two", "a.html")


def test_a_file_larger_than_fifty_megabytes_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 3)
    with pytest.raises(Unreadable, match="larger than 50 megabytes"):
        read(b"four", "a.txt")


def test_a_pdf_needs_someone_to_read_it():
    with pytest.raises(Unreadable, match="cannot be read here"):
        read(papers.pdf("Words"), "a.pdf")


def test_a_pdf_of_two_thousand_pages_is_read_whole():
    found = read(papers.pdf(*(f"Page {n}" for n in range(2000))), "a.pdf", pdf.pages)
    assert len(found.turns) == 2000
    assert found.text.endswith("Page 1999")


def test_a_pdf_that_takes_too_long_keeps_what_was_read(monkeypatch):
    texts = pdf.pdfs.Texts
    monkeypatch.setattr(pdf.pdfs, "texts", lambda *_: texts(("Words",), False))
    assert read(papers.pdf("Words", "More"), "a.pdf", pdf.pages).dropped == (pdf.CUT_OFF,)
    monkeypatch.setattr(pdf.pdfs, "texts", lambda *_: texts((), False))
    with pytest.raises(Unreadable, match="takes too long"):
        read(papers.pdf("Words"), "a.pdf", pdf.pages)


@pytest.mark.parametrize("content", [
    b"<html>" + b"<div>" * 200_000 + b"x", b"<html>x" + b"<!--" * 100_000,
    b"<html>x" + b"<a " * 100_000, b"{\\rtf1 x" + b"{" * 300_000, b"{\\rtf1 x" + b"}" * 300_000,
    b"WEBVTT\n\n00:01.000 --> 00:02.000\nx" + b"<v " * 100_000, b"a: " * 300_000,
    b"# " * 200_000 + b"\nx", b"A " * 300_000 + b":",
])  # fmt: skip
def test_what_is_made_to_be_slow_is_read_in_seconds(content):
    begun = time.process_time()
    assert read(content, "a.md").text
    assert time.process_time() - begun < 4


HEADS = [
    b"",
    b"{\\rtf1 ",
    b"<html>",
    b"WEBVTT\n\n",
    b"1\n00:00:01,000 --> 00:00:02,000\n",
    b"PK\x03\x04",
]


@given(st.sampled_from(HEADS), st.binary(max_size=200), st.sampled_from(["a.txt", "a.md", ""]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused_in_a_sentence(head, content, name):
    ((_, found),) = read_each([(name, head + content)])
    text = found if isinstance(found, str) else found.text
    assert text.encode()
    assert not {"\0", "\r"} & set(text)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_broken_copy_of_a_document_is_read_or_refused_in_a_sentence(data):
    whole = data.draw(st.sampled_from([WORD[-4000:], WORD, making.book("<p>x"),
                                       making.open_document("<text:p>x</text:p>")]))  # fmt: skip
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert list(read_each([("a", bytes(content))]))


def test_reading_documents_needs_no_django():
    code = (
        "import sys, json\nfrom firsthand.codebook.documents.reading import read\n"
        "print(json.dumps([read(b'Hi.', 'a.txt').text, 'django' in sys.modules]))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert json.loads(said.stdout) == ["Hi.", False]
