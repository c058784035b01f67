"""Files that are broken, odd or meant to do harm: each says what is wrong, or is put right."""

import io
import zipfile

import pytest

from firsthand.codebook.refi import box, tree
from firsthand.codebook.refi.reading import read_bytes
from firsthand.codebook.refi.telling import Unreadable
from firsthand.codebook.refi.values import CODEBOOK, PROJECT
from tests.codebook.refi.kit import A, B, C, U, marked, qde, qdpx, told, words

CODE = f'<Code guid="{A}" name="Fear" isCodable="true"/>'


def _codes(inner: str) -> str:
    return f"<CodeBook><Codes>{inner}</Codes></CodeBook>"


def _zip(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"   ", "is empty"),
        (b"hello", "is not whole XML"),
        (b"PK\x03\x04 and then nothing", "is no whole zip file"),
        (qde(_codes(CODE))[:-20], "it breaks off"),
        (qdpx(qde(""))[:-30], "it breaks off"),
        (_zip(a_txt=b"x"), "There is no project (.qde)"),
        (_zip(a_qde=qde(""), b_qde=qde("")), "There are 2 projects"),
        (_zip(project_qde=b""), "is empty"),
        (qde("", space="urn:QDA-XML:project:2.0"), "urn:QDA-XML:project:2.0"),
        (qde("", space=CODEBOOK), CODEBOOK),
        (qde("").replace(f'xmlns="{PROJECT}"'.encode(), b""), "its namespace is none"),
        (b"<html/>", "is no REFI-QDA file: it begins with \u201chtml\u201d"),
        (b'<?xml version="1.0" encoding="ebcdic-999"?><a/>', "is not whole XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]>' + qde("&b;")[21:], "declares entities"),
        (b'<!DOCTYPE a SYSTEM "http://example.org/x.dtd">' + qde("")[21:], "declares entities"),
        (qde(_codes(f'<Code guid="{A}" name="a" isCodable="true">' * 300 + "</Code>" * 300)),
         "more than 200 deep"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_plain_sentence(content, said):
    with pytest.raises(Unreadable) as why:
        read_bytes(content, "file.qdpx")
    assert said in str(why.value)


def test_a_zip_that_would_fill_the_computer_is_not_opened():
    bomb = _zip(project_qde=qde(""), sources__a_txt=b"\0" * 30_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(Unreadable, match="made to fill up computers"):
        read_bytes(bomb, "bomb.qdpx")


def test_a_zip_within_a_zip_is_not_opened():
    found = read_bytes(qdpx(qde(""), inner_zip=_zip(a_txt=b"0" * 1_000_000)), "x.qdpx")
    assert not found.told


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\x", "a\\..\\..\\b"])
def test_a_file_that_wants_to_lie_outside_is_refused(name):
    held = io.BytesIO(qdpx(qde("")))
    with zipfile.ZipFile(held, "a") as made:
        made.writestr(name, b"x")
    with pytest.raises(Unreadable, match="outside"):
        read_bytes(held.getvalue(), "x.qdpx")


def test_too_many_files_two_of_one_name_and_a_password_are_refused(monkeypatch):
    held = io.BytesIO(qdpx(qde("")))
    with zipfile.ZipFile(held, "a") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("project.qde", b"x")
    with pytest.raises(Unreadable, match="one name"):
        read_bytes(held.getvalue(), "x.qdpx")
    locked = qdpx(qde("")).replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )
    with pytest.raises(Unreadable, match="password"):
        read_bytes(locked, "x.qdpx")
    monkeypatch.setattr(box, "MOST_FILES", 1)
    with pytest.raises(Unreadable, match="more than 1 files"):
        read_bytes(qdpx(qde(""), a_txt=b"x"), "x.qdpx")


def test_more_xml_than_a_project_can_be_is_refused(monkeypatch):
    monkeypatch.setattr(tree, "LARGEST", 100)
    monkeypatch.setattr(box, "LARGEST", 100)
    for content in (qde(_codes(CODE)), qdpx(qde(_codes(CODE)))):
        with pytest.raises(Unreadable, match="MB of XML"):
            read_bytes(content, "x")


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + qde(_codes(CODE)),
        b"\xef\xbb\xbf\xef\xbb\xbf\n" + qde(_codes(CODE)),
        b"\n\n " + qde(_codes(CODE)),
        qde(_codes(CODE)).decode().encode("utf-16"),
    ],
)
def test_a_byte_order_mark_or_white_space_before_the_xml_costs_nothing(content):
    assert [each.name for each in read_bytes(content, "x.qde").codes] == ["Fear"]


@pytest.mark.parametrize("space", ["urn:QDA-XML:project:1:0", "urn:qda-xml:project:1.0"])
def test_a_slip_in_the_namespace_is_let_through_and_told(space):
    found = read_bytes(qde(_codes(CODE), space=space), "x.qde")
    assert len(found.codes) == 1
    assert space in told(found, "mended")[0]


def test_guids_in_large_letters_in_braces_or_without_dashes_are_the_same_guid():
    codes = _codes(f'<Code guid="{{{A.upper()}}}" name="Fear" isCodable="true"/>')
    bare = A.replace("-", "")
    text = (
        f'<Sources><TextSource guid="{B.upper()}"><PlainTextContent>afraid</PlainTextContent>'
        f'<PlainTextSelection guid="{C}" startPosition="0" endPosition="6">'
        f'<Coding guid="{U}"><CodeRef targetGUID="{bare}"/></Coding></PlainTextSelection>'
        "</TextSource></Sources>"
    )
    found = read_bytes(qde(codes + text), "x.qde")
    (source,) = found.project.sources
    assert found.codes[0].guid == A == source.selections[0].codings[0].code
    assert source.guid == B


def test_a_code_within_itself_stands_there_once_and_keeps_what_is_beneath():
    inner = (
        f'<Code guid="{A}" name="Fear" isCodable="true"><Code guid="{B}" name="Dread" '
        f'isCodable="true"><Code guid="{A}" name="Fear" isCodable="true"><Code guid="{C}" '
        'name="Night" isCodable="true"/></Code></Code></Code>'
    )
    found = read_bytes(qde(_codes(inner)), "x.qde")
    (fear,) = found.codes
    (dread,) = fear.children
    assert [each.name for each in dread.children] == ["Night"]
    assert told(found, "mended") == ["A code stood within itself: it stands there only once."]


def test_of_two_codes_with_one_guid_the_second_gets_its_own_always_the_same():
    content = qde(_codes(CODE + CODE.replace("Fear", "Joy")))
    first, second = read_bytes(content, "x.qde").codes
    assert first.guid == A != second.guid
    assert read_bytes(content, "x.qde").codes[1].guid == second.guid
    assert told(read_bytes(content, "x.qde"), "mended") == [
        "Two codes had one GUID: the second was given another."
    ]


def test_stretches_beyond_the_text_are_told_and_one_with_its_words_is_found_again():
    text = b"They laughed at me, and then they left."
    found = marked(text, (500, 520, ""), (900, 920, "laughed at me"), (3, 3, ""), (12, 5, ""))
    assert words(found) == ["laughed at me", "laughed"]
    assert told(found, "left out") == ["A stretch that marks nothing, or lies beyond the text."]
    assert told(found, "mended") == ["A stretch ended before it began: it was turned round."]
    assert "found again by its words" in told(found, "assumed")[0]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("internal://gone.txt", "should be in the file"),
        ("relative:///Sub/gone.txt", "a folder beside"),
        ("absolute:///C:/gone.txt", "on the computer"),
        ("gone.txt", "is not in the file"),
        ("internal://../../etc/passwd", "should be in the file"),
    ],
)
def test_a_text_that_is_not_there_is_told_with_where_it_should_be(path, said):
    source = f'<Sources><TextSource guid="{A}" name="T" plainTextPath="{path}"/></Sources>'
    found = read_bytes(qdpx(qde(source)), "x.qdpx")
    assert said in told(found, "left out")[0]
    assert found.texts == {}


def test_folders_and_names_may_be_in_large_letters_and_a_folder_may_lie_around_it_all():
    source = f'<Sources><TextSource guid="{A}" plainTextPath="internal://T.TXT"/></Sources>'
    content = _zip(Study__Study_QDE=qde(source), Study__SOURCES__t_txt="é".encode())
    assert read_bytes(content, "x.qdpx").texts == {A: "é"}


def test_texts_that_are_not_utf_8_are_read_and_told():
    latin, wide = "caf\xe9 talk".encode("cp1252"), "café".encode("utf-16")
    assert told(marked(latin), "mended") == [
        "A text is in windows-1252, not in UTF-8 as the standard asks."
    ]
    assert marked(latin).texts[A] == "café talk"
    assert marked(wide).texts[A] == "café"


def test_a_damaged_text_costs_no_other():
    content = bytearray(qdpx(qde(
        f'<Sources><TextSource guid="{A}" plainTextPath="internal://a.txt"/>'
        f'<TextSource guid="{B}" plainTextPath="internal://b.txt"/></Sources>'
    ), a_txt=b"whole", b_txt=b"broken text"))  # fmt: skip
    at = content.rindex(b"sources/b.txt", 0, content.index(b"PK\x01\x02")) + len("sources/b.txt")
    content[at : at + 4] = b"\xff\xff\xff\xff"
    assert read_bytes(bytes(content), "x.qdpx").texts == {A: "whole"}


ODD = f"""
<Users><User name="No GUID"/></Users>
<CodeBook><Codes>
<Code guid="not one" isCodable="True" color="red"/>
<Code guid="{B}" name="x" isCodable="maybe" color="f00"/><Odd/>
</Codes></CodeBook>
<Variables><Variable guid="{C}" name="Age" typeOfVariable="integer"/></Variables>
<Cases><Case guid="{C}" shoe="42">
<VariableValue><VariableRef targetGUID="{C}"/><IntegerValue>old</IntegerValue></VariableValue>
<VariableValue/><CodeRef/>
</Case></Cases>
<Sources>
<TextSource guid="{A}" creationDateTime="2020-01-02 03:04:05" modifiedDateTime="soon">
<PlainTextContent>abc</PlainTextContent>
<PlainTextSelection startPosition="x" endPosition="1"/>
<PlainTextSelection startPosition="0" endPosition="2.0">
<Coding/>
<Coding><CodeRef targetGUID="not one"/><CodeRef targetGUID="{B}"/></Coding>
</PlainTextSelection>
<Description>d</Description><Description>e</Description>
</TextSource>
</Sources>
<Sets/><Odder><p/></Odder>
"""


def test_what_is_odd_is_put_right_or_left_out_and_all_of_it_is_told():
    found = read_bytes(qde(ODD), "x.qde")
    first, second = found.codes
    assert (first.name, first.colour, first.codable) == ("Without a name", "", True)
    assert (second.colour, second.codable) == ("#ff0000", True)
    (source,) = found.project.sources
    assert (source.made, source.changed) == ("2020-01-02T03:04:05", "")
    assert source.description == "d\ne"
    (one,) = source.selections
    assert (one.start, one.end, len(one.codings)) == (0, 2, 1)
    assert one.codings[0].code == first.guid  # by the same words that are no GUID
    assert found.project.variables[0].kind == "Integer"
    assert found.project.cases[0].values[0].said == ("", "")
    assert len(told(found, "left out")) >= 9
    assert len(told(found, "mended")) >= 8


def test_the_same_odd_file_is_read_the_same_twice():
    assert read_bytes(qde(ODD), "x.qde").project == read_bytes(qde(ODD), "x.qde").project
