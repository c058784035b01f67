"""A flow diagram as a file: each kind opens, says in words what it shows, and has its table."""

import io
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from firsthand.evidence import drawing
from firsthand.evidence.example import review_2023
from firsthand.methods.flow.counts import Flow, FromDatabases, Included, Named, Reports

FLOW = review_2023().flow
COUNTS = ["4,497", "7", "975", "3,529", "3,445", "84", "62", "22"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_a_png_is_sharp_enough_for_print():
    with Image.open(io.BytesIO(drawing.as_png(FLOW))) as made:
        assert made.format == "PNG"
        assert made.width > 1200
    with Image.open(io.BytesIO(drawing.as_png(FLOW, narrow=True))) as made:
        assert made.width == 750


def test_a_picture_without_end_does_not_fill_the_memory():
    many = tuple(Named(f"Reason {i}", 1) for i in range(2_000))
    flow = Flow(FromDatabases(reports=Reports(reasons=many)), Included())
    with Image.open(io.BytesIO(drawing.as_png(flow))) as made:
        assert made.height <= 16_000


def test_an_svg_is_text():
    assert drawing.as_svg(FLOW, "Ours & theirs").startswith(b"<svg ")
    assert b"<title>Ours &amp; theirs</title>" in drawing.as_svg(FLOW, "Ours & theirs")


def test_a_pdf_is_tagged_describes_its_picture_and_has_the_table():
    made = drawing.as_pdf(FLOW, "The review")
    read = PdfReader(io.BytesIO(made))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert read.metadata.title == "The review"
    text = " ".join(page.extract_text() for page in read.pages)
    for count in COUNTS:
        assert text.count(count) >= 2  # in the picture and in the table
    assert any("Records screened 3,529" in str(each) for each in _alts(root["/StructTreeRoot"]))


def _alts(node):
    """Every alternative text below a node of a PDF's structure."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [alt for each in node for alt in _alts(each)]
    if not isinstance(node, dict):
        return []
    own = [node["/Alt"]] if "/Alt" in node else []
    return own + (_alts(node["/K"]) if "/K" in node else [])


def test_the_same_counts_give_the_same_pdf():
    assert drawing.as_pdf(FLOW) == drawing.as_pdf(FLOW)


def test_making_a_document_fetches_nothing():
    give = drawing._only("<svg/>")
    assert give("figure:").read() == b"<svg/>"
    with pytest.raises(ValueError, match="fetches nothing"):
        give("https://example.org/x.png")


def test_a_word_document_describes_its_picture_and_has_the_table_with_a_heading_row():
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    made = docx.Document(io.BytesIO(drawing.as_docx(FLOW, "The review")))
    shown = made.inline_shapes[0]._inline.docPr
    assert "Records screened 3,529" in shown.get("descr")
    table = made.tables[0]
    assert [row.cells[3].text for row in table.rows] == ["Count", *COUNTS]
    assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
    assert made.core_properties.title == "The review"


def test_signs_that_word_cannot_hold_do_not_stop_it():
    pytest.importorskip("docx", reason="python-docx is not installed")
    odd = (Named("Old\0 <b> \ud800 \x1f", 3),)
    flow = Flow(FromDatabases(reports=Reports(reasons=odd)), Included())
    for draw in drawing.FORMATS.values():
        assert draw(flow)


def test_a_long_list_of_reasons_makes_no_page_too_long():
    many = tuple(Named(f"Reason {i}, which says a little more than it needs", i) for i in range(60))
    flow = Flow(FromDatabases(reports=Reports(assessed=1770, reasons=many)), Included())
    read = PdfReader(io.BytesIO(drawing.as_pdf(flow)))
    assert "Reason 59" in read.pages[0].extract_text()


@pytest.mark.parametrize("name", ["flow.SVG", "a.png", "a.pdf", "a.docx"])
def test_the_ending_says_what_is_drawn(name):
    assert drawing.kind(Path(name)) in drawing.FORMATS


def test_an_ending_nobody_draws_is_refused():
    with pytest.raises(ValueError, match=r"a\.gif would have to end in one of: \.svg, \.png"):
        drawing.kind(Path("a.gif"))
