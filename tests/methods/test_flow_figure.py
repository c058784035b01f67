"""The picture of a flow diagram: nothing overlaps, nothing spills, everything can be read."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from firsthand.methods.flow import narrow, svg, table
from firsthand.methods.flow.cells import cells, unreported
from firsthand.methods.flow.counts import (
    Flow,
    FromDatabases,
    FromElsewhere,
    Included,
    Named,
    Reports,
)
from firsthand.methods.flow.figure import figure
from firsthand.methods.flow.measure import width, wrapped
from firsthand.methods.flow.shapes import PAD, SIZE, STAGE_UPRIGHT

NS = "{http://www.w3.org/2000/svg}"
COUNT = some.none() | some.integers(0, 10**7)
NAMED = some.lists(some.builds(Named, some.text(min_size=1).filter(str.strip), COUNT), max_size=9)
REPORTS = some.builds(Reports, COUNT, COUNT, COUNT, COUNT, NAMED.map(tuple))
INCLUDED = some.builds(Included, COUNT, COUNT)
LISTED = NAMED.map(tuple)
FLOWS = some.builds(
    Flow,
    some.builds(
        FromDatabases, COUNT, COUNT, LISTED, LISTED, LISTED, COUNT, COUNT, COUNT, COUNT, COUNT,
        REPORTS,
    ),
    INCLUDED,
    some.none() | some.builds(FromElsewhere, COUNT, COUNT, COUNT, REPORTS),
    some.none() | INCLUDED,
    some.none() | INCLUDED,
).filter(cells)  # fmt: skip
FULL = Flow(
    FromDatabases(
        900, 100, (Named("PsycINFO", 900),), (), (Named("Experts", 7),), 200, 5, 2, 800, 600,
        Reports(200, 10, 190, None, tuple(Named(f"A long reason, {i}", 10) for i in range(9))),
    ),
    Included(90, 103),
    FromElsewhere(5, 5, 5, Reports(15, 1, 14, None, (Named("Not empirical", 11),))),
    Included(12, 14),
    Included(102, 117),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(FLOWS, some.booleans())
def test_no_box_lies_on_another_and_none_leaves_the_picture(flow, is_narrow):
    drawn = figure(flow, narrow=is_narrow)
    for at, one in enumerate(drawn.boxes):
        assert one.x >= 0
        assert one.y >= 0
        assert one.right <= drawn.width
        assert one.bottom <= drawn.height
        for other in drawn.boxes[at + 1 :]:
            beside = one.right <= other.x or other.right <= one.x
            assert beside or one.bottom <= other.y or other.bottom <= one.y, (one, other)


@settings(max_examples=100, deadline=None)
@given(FLOWS, some.booleans())
def test_every_line_fits_its_box(flow, is_narrow):
    for box in figure(flow, narrow=is_narrow).boxes:
        room = (box.height if box.kind == STAGE_UPRIGHT else box.width) - 2 * PAD
        for line in box.lines:
            wide = width(line.text, SIZE, strong=line.strong)
            assert line.indent + wide <= room + 0.01 or len(line.text) == 1


@settings(max_examples=60, deadline=None)
@given(FLOWS, some.booleans())
def test_any_picture_is_sound_xml_whatever_a_reason_is_called(flow, is_narrow):
    root = ET.fromstring(svg.svg(figure(flow, narrow=is_narrow)))
    assert [each.tag for each in root][:2] == [f"{NS}title", f"{NS}desc"]


def test_the_picture_can_be_listened_to_and_runs_and_fetches_nothing():
    made = svg.svg(figure(FULL))
    root = ET.fromstring(made)
    assert root.get("role") == "img"
    assert "Records screened 800" in root.findtext(f"{NS}desc", "")
    tags = {each.tag.removeprefix(NS) for each in root.iter()}
    assert tags == {"svg", "title", "desc", "rect", "polyline", "polygon", "text"}
    assert made.count("://") == 1  # the name of SVG itself
    assert "style" not in made


def test_letters_and_lines_are_seen_well():
    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    def contrast(one, other):
        high, low = sorted((light(one), light(other)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    for back, edge, ink in (*svg.LOOKS.values(), svg.PLAIN):
        assert contrast(back, ink) >= 7
        assert contrast(svg.PAPER, edge) >= 3
        assert contrast(back, edge) >= 3
    assert contrast(svg.PAPER, svg.INK) >= 7


@pytest.mark.parametrize("is_narrow", [False, True])
def test_every_count_is_drawn_and_stands_in_the_table(is_narrow):
    words = " ".join(
        line.text for box in figure(FULL, narrow=is_narrow).boxes for line in box.lines
    ).replace("\u00a0", " ")
    for row in table.rows(FULL):
        assert f"(n = {row.count:,})" in words
    assert len(table.rows(FULL)) == 36


def test_the_table_says_where_each_count_belongs():
    texts = [each.texts for each in table.rows(FULL)]
    assert texts[0] == (
        "Identification", "Previous studies",
        "Studies included in previous version of review", "12",
    )  # fmt: skip
    assert ("Screening", "Other methods", "Reports excluded: Not empirical", "11") in texts
    assert texts[-1] == ("Included", "All", "Reports of total included studies", "117")


def test_a_reason_without_a_count_is_drawn_and_said_to_have_none():
    flow = Flow(FromDatabases(reports=Reports(reasons=(Named("Too old"),))), Included())
    assert [each.texts[2:] for each in table.rows(flow)] == [
        ("Reports excluded: Too old", "not reported")
    ]
    assert "Too old" in figure(flow).description


def test_what_was_not_reported_is_not_drawn_and_the_picture_says_so():
    flow = Flow(FromDatabases(databases=5, screened=5), Included(reports=2))
    assert "Registers" in unreported(flow)
    notes = " ".join(each.text for each in figure(flow).notes)
    assert notes.startswith("Not reported, so not drawn: Registers; Duplicate records;")
    assert "Registers" not in figure(flow).description


def test_what_cannot_be_true_stands_in_the_picture():
    flow = Flow(FromDatabases(databases=5, duplicates=1, screened=3), Included(reports=2))
    notes = " ".join(each.text for each in figure(flow).notes)
    assert "These counts do not agree with each other:" in notes
    assert "leaves 4; but 3 were screened." in notes


def test_a_picture_of_nothing_is_refused():
    with pytest.raises(ValueError, match="Not a single count is given"):
        figure(Flow(FromDatabases(), Included()))


def test_a_full_report_of_a_new_review_needs_no_notes():
    assert figure(FULL).notes == ()


def test_on_a_phone_it_is_as_wide_as_the_phone():
    assert figure(FULL, narrow=True).width == narrow.WIDTH == 375


PARTS = [
    (FULL, 13),
    (Flow(FromDatabases(), Included(3, 3), FromElsewhere(3), None, Included(5, 5)), 2),
    (Flow(FromDatabases(duplicates=3), Included(3, 3), previous=Included(2, 2)), 1),
    (Flow(FromDatabases(databases=3, excluded=1), Included(), FromElsewhere(3)), 1),
]


@pytest.mark.parametrize(("flow", "fewest"), PARTS)
@pytest.mark.parametrize("is_narrow", [False, True])
def test_every_arrow_ends_at_a_box(flow, fewest, is_narrow):
    drawn = figure(flow, narrow=is_narrow)
    assert len(drawn.arrows) >= fewest
    for arrow in drawn.arrows:
        x, y = arrow.points[-1]
        assert any(
            b.x <= x <= b.right and b.y <= y <= b.bottom and (x in (b.x, b.right) or y == b.y)
            for b in drawn.boxes
        )


def test_long_reasons_make_their_side_wider():
    many = tuple(Named(f"Reason {i} with quite a few words in it", 1) for i in range(20))
    long = Flow(FromDatabases(reports=Reports(assessed=20, reasons=many)), Included())
    short = Flow(FromDatabases(reports=Reports(assessed=20, reasons=many[:2])), Included())
    assert figure(long).width > figure(short).width


def test_lines_break_at_spaces_and_long_words_are_cut_without_loss():
    assert wrapped("one two", width("one two", 10), 10) == ("one two",)
    assert wrapped("one two", width("one two", 10) - 1, 10) == ("one", "two")
    pieces = wrapped("x" * 99, 60, 10)
    assert "".join(pieces) == "x" * 99
    assert len(pieces) > 5


def test_wide_letters_and_combining_marks_are_measured():
    assert width("漢字", 10) > width("ab", 10)
    assert width("e\u0301", 10) == width("e", 10)
    assert width("ab", 10, strong=True) > width("ab", 10)


def test_signs_that_no_xml_may_hold_become_a_mark():
    flow = Flow(FromDatabases(reports=Reports(reasons=(Named("a\0b<&\ud800", 1),))), Included())
    assert "a\ufffdb&lt;&amp;\ufffd (n\u00a0=\u00a01)" in svg.svg(figure(flow))
