"""CSV with any separator, and Excel: columns are guessed or said, a bad row costs no other."""

# ruff: noqa: E501 - a record is easier to read on one line, with its own signs

import io
import zipfile

import pytest

from firsthand.evidence.formats import table, xlsx
from firsthand.evidence.formats.reading import Unreadable
from tests.evidence.formats.reads import found, one, problems, references, titles

HEAD = "Title,Authors,Year,Journal,DOI\n"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_separator_is_found(mark):
    only = one(f'Title{mark}Authors{mark}Year\n"A{mark} title"{mark}"Beck, I."{mark}2018\n')
    assert only.raw[0] == ("Title", f"A{mark} title")
    assert (only.authors, only.year) == (("Beck, I.",), 2018)


def test_excels_line_that_names_the_separator_is_understood():
    assert one("sep=;\nTitle;Year\nOne;2001\n").title == "One"


@pytest.mark.parametrize(
    ("header", "part", "value", "meant"),
    [
        ("Titel", "title", "Eins", "Eins"),
        ("Article Title", "title", "One", "One"),
        ("TI", "title", "One", "One"),
    ],
)
def test_headings_of_many_kinds_are_known(header, part, value, meant):
    assert getattr(one(f"{header},Jahr\n{value},2001\n"), part) == meant


def test_a_table_with_ris_tags_for_headings_is_read():
    only = one(
        "TY,AU,year,TI,JO,SP,EP,VL,IS,SN,UR,DO\nJOUR,A B and C D,2019,One,Env,1,9,8,1,2047-2382,http://x,10.1234/x\n"
    )
    assert (only.kind, only.authors, only.pages) == ("article-journal", ("A B", "C D"), "1-9")


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Beck, I.; Sá, B.", ("Beck, I.", "Sá, B.")),
        ("Beck, I. and Sá, B.", ("Beck, I.", "Sá, B.")),
        ("Beck I., Sá B.P.", ("Beck I.", "Sá B.P.")),
        ("Beck, Ines", ("Beck, Ines",)),
        ("['Beck, I.', 'Sá, B.']", ("Beck, I.", "Sá, B.")),
        ("[Anonymous]", ("[Anonymous]",)),
        ("Beck I|Sá B", ("Beck I", "Sá B")),
        ("Beck &amp; Co; Sá B", ("Beck & Co", "Sá B")),
        ("King, Martin Luther, Jr.", ("King, Martin Luther, Jr.",)),
        ("", ()),
    ],
)
def test_authors_in_one_cell_are_parted(cell, names):
    assert one(f'Title,Authors\nOne,"{cell}"\n').authors == names


def test_keywords_are_parted_by_commas_but_not_inside_brackets():
    assert one('Title,Keywords\nOne,"hope (a, b), waiting"\n').keywords == (
        "hope (a, b)",
        "waiting",
    )
    assert one('Title,Keywords\nOne,"hope, b; waiting"\n').keywords == ("hope, b", "waiting")
    assert one("Title,Keywords\nOne,\"['a', 'b']\"\n").keywords == ("a", "b")


def test_embases_one_cell_for_everything_is_taken_apart():
    only = one(
        'Title,Source\nOne,"Cancer (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004"\n'
    )
    assert (only.container, only.year, only.volume, only.issue) == ("Cancer", 2004, "102", "4")
    assert only.pages == "253-258"


def test_columns_can_be_said():
    text = "Name of it,When,Who\nOne,2001,Beck\n"
    only = one(text, columns={"title": "Name of it", "Year": "when", "authors": "Who"})
    assert (only.title, only.year, only.authors) == ("One", 2001, ("Beck",))
    assert one("a,b\nOne,x\n", columns={"journal": "b", "title": "a"}).container == "x"


@pytest.mark.parametrize(
    ("columns", "said"),
    [({"title": "Nope"}, "There is no column “Nope”. The columns are: “a”, “b”"),
     ({"colour": "a"}, "“colour” is no part of a reference"),
     (None, "No column could be found")],
)  # fmt: skip
def test_columns_that_cannot_be_found_are_told_with_those_there_are(columns, said):
    with pytest.raises(Unreadable, match=said):
        found("a,b\n1,2\n", "x.csv", columns=columns)


def test_every_cell_is_kept_also_empty_and_superfluous_ones():
    only = one(HEAD + "One,,2001,,,more\n")
    assert only.raw == (
        ("Title", "One"), ("Authors", ""), ("Year", "2001"), ("Journal", ""), ("DOI", ""), ("", "more"),
    )  # fmt: skip
    assert "6 cells" in problems(HEAD + "One,,2001,,,more\n")[0].said
    assert one(HEAD + "One\n").raw == (("Title", "One"),)


def test_line_ends_inside_a_cell_stay():
    only = one('Title,Abstract\r\n"One","First\r\n\r\nsecond"\r\n')
    assert only.abstract == "First second"
    assert only.raw[1] == ("Abstract", "First\r\n\r\nsecond")


def test_a_quotation_mark_that_is_never_closed_costs_only_its_own_row():
    rows = "".join(f"Title {each},A,200{each},J,\n" for each in range(5))
    text = HEAD + rows.replace("Title 2", '"Title 2')
    assert titles(text) == [f"Title {each}" for each in range(5)]
    (said,) = problems(text)
    assert said.line == 4
    assert "not closed" in said.said


def test_a_quotation_mark_closed_in_a_later_row_costs_no_row():
    rows = "".join(f"Title {each},A,200{each},J,\n" for each in range(5))
    text = HEAD + rows.replace("Title 1", '"Title 1').replace("Title 3", 'Title "3')
    assert len(titles(text)) == 5


def test_inches_in_a_cell_are_no_quotation():
    assert titles(HEAD + 'A 5" pipe,A,2001,J,\nTwo,B,2002,J,\n') == ['A 5" pipe', "Two"]


def test_rows_are_numbered_as_lines_and_empty_ones_skipped():
    text = HEAD + '"One\nmore",A,2001,J,\n\n,,,,\nTwo,B,nothing,J,\n'
    assert [each.line for each in references(text)] == [2, 6]
    assert problems(text)[0].line == 6


def test_a_very_long_cell_is_read():
    assert len(one("Title,Abstract\nOne," + "x" * 1_000_000 + "\n").abstract) == 1_000_000


def test_an_unclosed_mark_gives_up_after_some_lines(monkeypatch):
    monkeypatch.setattr(table, "_MOST_LINES", 3)
    text = HEAD + '"One,A,2001,J,\n' + "Two,B,2002,J,\n" * 9
    assert len(titles(text)) == 10


def test_a_cell_that_csv_cannot_take_is_cut_by_the_separator(monkeypatch):
    def broken(*rest, **more):
        raise table.csv.Error("too long")

    monkeypatch.setattr(table.csv, "reader", broken)
    assert titles(HEAD + "One,A,2001,J,\n") == ["One"]


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}'
    "</sheetData></worksheet>"
)
ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>Year</t></is></c></row>'
    '<row r="3"><c r="A3" t="s"><v>1</v></c><c r="C3"><v>2018.0</v></c></row>'
    '<row><c t="str"><f>A1</f><v>Two</v></c><c/><c><v>2001</v></c><c t="s"><v>99</v></c></row>'
)
SHARED = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Title</t></si>'
    "<si><r><t>One </t></r><r><t>whole</t></r><rPh><t>not this</t></rPh></si></sst>"
)


def book(rows=ROWS, shared=SHARED, sheet="xl/worksheets/sheet1.xml", whole=SHEET) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        if shared:
            archive.writestr("xl/sharedStrings.xml", shared)
        archive.writestr(sheet, whole.format(rows))
    return held.getvalue()


def test_excel_is_read():
    first, second = references(book(), "x.xlsx")
    assert (first.title, first.year, first.line) == ("One whole", 2018, 3)
    assert (second.title, second.year) == ("Two", 2001)
    assert first.source_format == "xlsx"
    assert first.raw == (("Title", "One whole"), ("", ""), ("Year", "2018"))


def test_excel_without_shared_texts_is_read():
    rows = (
        '<row><c t="inlineStr"><is><t>Title</t></is></c></row><row><c t="str"><v>One</v></c></row>'
    )
    assert titles(book(rows, shared=""), "x.xlsx") == ["One"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 xl/ broken", "damaged"),
        (book(sheet="xl/other.xml"), "no Excel file"),
        (book("<row>"), "damaged"),
        (book(whole='<!DOCTYPE x [<!ENTITY a "b">]>' + SHEET), "damaged"),
    ],
)
def test_excel_that_cannot_be_read_is_told(data, said):
    with pytest.raises(Unreadable, match=said):
        found(data, "x.xlsx")


def test_excel_that_breaks_half_way_keeps_its_rows():
    broken = book(ROWS + "<row><c>")
    assert titles(broken, "x.xlsx") == ["One whole", "Two"]
    assert "damaged after this row" in problems(broken, "x.xlsx")[-1].said


def test_excel_that_would_unpack_beyond_all_bounds_is_refused(monkeypatch):
    monkeypatch.setattr(xlsx, "LARGEST", 10)
    with pytest.raises(Unreadable, match="too large"):
        found(book(), "x.xlsx")


def test_many_rows_of_excel_are_read():
    rows = "".join(f"<row><c><v>{each}</v></c></row>" for each in range(3000))
    head = '<row><c t="inlineStr"><is><t>Title</t></is></c></row>'
    assert len(titles(book(head + rows), "x.xlsx")) == 3000
