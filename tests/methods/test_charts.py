"""Charts are pictures of what is published, and of nothing else."""

import re
from xml.etree import ElementTree

import pytest

from firsthand.methods.charts import Bar, Look, bars

LOOK = Look("#22505a", "#2b2723", "[c]")
ROWS = (Bar("Rules that get in the way", 1234), Bar("Cold & careless <staff>", None), Bar("x", 12))


def texts(svg: str) -> list[str]:
    found = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return [" ".join("".join(line.itertext()) for line in each or [each]) for each in found]


def test_a_chart_says_names_and_numbers_and_the_symbol_of_what_is_withheld():
    said = texts(bars("Where from", "See the table.", ROWS, LOOK))
    assert sorted(said) == sorted([*(row.name for row in ROWS), "1,234", "[c]", "12"])


def test_a_chart_has_a_title_and_a_description_for_screen_readers():
    svg = bars("Where <from>", "See & read.", ROWS, LOOK)
    assert 'role="img"' in svg.split(">", 1)[0]
    assert "<title>Where &lt;from&gt;</title><desc>See &amp; read.</desc>" in svg


def test_a_withheld_count_has_no_bar():
    with_none = bars("t", "d", (Bar("a", 10), Bar("b", None)), LOOK)
    assert len(re.findall(r'fill="#22505a"', with_none)) == 1


def test_a_chart_of_nothing_but_withheld_counts_is_drawn():
    assert texts(bars("t", "d", (Bar("a", None),), LOOK)) == ["a", "[c]"]


def test_a_chart_carries_no_style_script_or_outside_address():
    svg = bars("t", "d", ROWS, LOOK)
    assert "style" not in svg
    assert "<script" not in svg
    assert set(re.findall(r'https?://[^"]+', svg)) <= {
        "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink",
    }  # fmt: skip


def test_a_very_long_name_is_cut_with_an_ellipsis():
    long = texts(bars("t", "d", (Bar("word " * 40, 1),), LOOK))[0]
    assert len(long) <= 80
    assert long.endswith("\u2026")


def test_a_name_of_two_lines_is_drawn_in_two():
    name = "A service that controls people or protects itself first"
    svg = bars("t", "d", (Bar(name, 4), Bar("Short", 3)), LOOK)
    assert texts(svg)[:2] == [name, " Short"]
    assert svg.count("<tspan") == 4


@pytest.mark.parametrize("rows", [(), (Bar("a", 1),) * 1001])
def test_a_chart_has_rows_but_not_endlessly_many(rows):
    with pytest.raises(ValueError, match="few rows"):
        bars("t", "d", rows, LOOK)
