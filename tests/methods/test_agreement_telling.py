"""Files of coding, differences between coders, draws of sources, and agreement told and drawn."""

import json
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.methods import doubling
from firsthand.methods.agreement import csvfile, telling
from firsthand.methods.agreement.by_code import by_code
from firsthand.methods.agreement.differences import Marked, places, united
from firsthand.methods.agreement.plot import plot

HEAD = "document,length,coder,code,start,end,sentences\n"
CODED = HEAD + (
    "t,1000,A,=Stigma,0,60,100 1000\n"
    "t,1000,A,=Stigma,40,100,\n"
    "t,1000,B,,,,\n"
    "u,1000,A,Delay <b>,0,60,500 1000\n"
    "u,1000,B,Delay <b>,10,80,\n"
    "v,1000,A,Delay <b>,0,60,90 1000\n"
    "v,1000,B,Delay <b>,90,180,\n"
)


def found(text=CODED):
    table = csvfile.read(text)
    dice = np.random.default_rng(1)
    return by_code(table.documents, table.spans, table.codes, dice, 100)


# -- files ---------------------------------------------------------------------------------------


def test_a_file_of_coding_is_read_with_those_who_coded_nothing():
    table = csvfile.read("\ufeff" + CODED)
    assert table.codes == ("=Stigma", "Delay <b>")
    assert table.documents[0].coders == ("A", "B")
    assert table.documents[0].sentences == (100, 1000)
    assert len(table.spans) == 6


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is no column document, length"),
        ("document,coder\n", "There is no column length, code, start, end"),
        (HEAD + ",9,A,c,0,1,\n", "Line 2 has no document"),
        (HEAD + "t,9,,c,0,1,\n", "Line 2 has no coder"),
        (HEAD + "t,,A,c,0,1,\n", "Line 2 has no length"),
        (HEAD + "t,9,A,c,,1,\n", "Line 2 has no start"),
        (HEAD + "t,9,A,c,0,1.5,\n", "Line 2: “1.5” is no whole number"),
        (HEAD + "t,9,A,c,-1,1,\n", "Line 2: “-1” is no whole number"),
        (HEAD + "t,9,A,c,0,٣,\n", "is no whole number"),
        (HEAD + "t,9,A,c,0,10,\n", "Line 2: 0 to 10 is no part of 9 characters"),
        (HEAD + "t,9,A,c,3,3,\n", "3 to 3 is no part"),
        (HEAD + "t,9,A,c,0,1,\nt,8,B,c,0,1,\n", "Line 3: t had 9 characters before"),
        (HEAD + 't,9,A,"c,0,1,\n', "cannot be read as CSV"),
        (HEAD + "t,9,A,c\n", "Line 2 has no start"),
    ],
)
def test_a_file_that_is_none_says_in_which_line(text, said):
    with pytest.raises(csvfile.Unusable, match=said):
        csvfile.read(text)


def test_a_file_with_too_many_rows_is_refused(monkeypatch):
    monkeypatch.setattr(csvfile, "_MOST", 2)
    with pytest.raises(csvfile.Unusable, match="more than 2 rows"):
        csvfile.read(CODED)


# -- told ----------------------------------------------------------------------------------------


def test_every_figure_is_told_with_its_interval_and_what_has_none_with_why():
    stigma, delay = found()
    assert telling.cell(telling.ALPHA, stigma.alpha) == "cannot be estimated"
    assert telling.cell(telling.POSITIVE, stigma.positive) == "0.0% (interval cannot be estimated)"
    assert telling.cell(telling.ALPHA, delay.alpha).startswith("0.33 (\u2212")
    whys = telling.whys(found())
    assert whys[0].startswith("Only one coder used this code")
    assert "So for: =Stigma (Alpha, Alpha by sentence)." in whys[0]
    assert "interval of Positive agreement" in " ".join(whys)
    assert all(name != telling.KAPPA for name, _ in telling.measures(stigma))


def test_the_table_holds_every_measure_kappa_among_them_and_no_formula():
    lines = telling.as_csv(found()).splitlines()
    assert lines[0].removeprefix("\ufeff").split(",") == list(telling.COLUMNS)
    assert len(lines) == 1 + 2 * 6
    assert lines[1].startswith("'=Stigma,Alpha,,,,,3,1,3000,1,1,\"cannot be estimated: Only one")
    plain = json.loads(json.dumps(telling.as_plain(found())))
    assert plain[0]["formula_alone"]["alpha"] < 0
    assert plain[0]["measures"]["Alpha"]["value"] is None
    assert plain[1]["measures"]["Cohen's kappa"]["low"] is not None


def test_the_picture_says_what_cannot_be_estimated_and_escapes_names():
    drawn = plot(found(), "Agreement <on> codes")
    tree = ElementTree.fromstring(drawn)
    words = [each.text for each in tree.iter() if each.text]
    assert "Agreement <on> codes" in words
    assert "cannot be estimated" in words
    assert any("Delay <b>: 0.33" in each for each in words)
    long = by_code(*_one("c" * 60), np.random.default_rng(1), 5)
    assert "c" * 37 + "\u2026" in plot(long, "x")
    assert ElementTree.fromstring(plot((), "none")) is not None


def _one(code):
    table = csvfile.read(HEAD + f"t,9,A,{code},0,5,\nt,9,B,{code},0,4,\n")
    return table.documents, table.spans, table.codes


# -- differences -----------------------------------------------------------------------------------


def marked(coder, *ranges):
    return [Marked(coder, *each, key=f"{coder}{at}") for at, each in enumerate(ranges)]


def test_places_are_runs_of_overlapping_spans_and_alike_when_all_hold_the_same():
    marks = [*marked("A", (0, 5), (5, 9), (20, 30)), *marked("B", (0, 9), (25, 40), (50, 60))]
    rows = places(marks, ["A", "B"])
    assert [(each.start, each.end, each.alike) for each in rows] == [
        (0, 9, True), (20, 40, False), (50, 60, False),
    ]  # fmt: skip
    assert rows[1].held == (((20, 30),), ((25, 40),))
    assert rows[2].keys == ("B2",)
    assert places([], ["A", "B"]) == ()


_RANGES = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), max_size=6)


@given(_RANGES, _RANGES)
@settings(max_examples=40, deadline=None)
def test_places_hold_every_character_that_anybody_marked_and_no_other(one, other):
    marks = [
        *marked("A", *((at, at + size) for at, size in one)),
        *marked("B", *((at, at + size) for at, size in other)),
    ]
    rows = places(marks, ["A", "B"])
    inside = {at for each in rows for held in each.held for a, b in held for at in range(a, b)}
    assert inside == {at for each in marks for at in range(each.start, each.end)}
    assert sorted(key for each in rows for key in each.keys) == sorted(m.key for m in marks)
    assert all(a.end <= b.start for a, b in pairwise(rows))


def test_ranges_that_touch_are_united():
    assert united([(5, 9), (0, 5), (20, 21), (1, 2)]) == ((0, 9), (20, 21))


# -- draws -----------------------------------------------------------------------------------------


@given(st.integers(1, 60), st.integers(2, 5), st.integers(1, 100), st.integers(0, 999))
@settings(max_examples=30, deadline=None)
def test_a_draw_takes_the_share_rounded_up_with_two_different_coders_for_each(
    many, coders, percent, seed
):
    pool = [3 * at for at in range(many)]
    pairs = doubling.drawn(pool, coders, percent, np.random.default_rng(seed))
    assert len(pairs) == -(-many * percent // 100)
    numbers = [each.source for each in pairs]
    assert numbers == sorted(set(numbers))
    assert set(numbers) <= set(pool)
    assert all(len(set(each.coders)) == 2 for each in pairs)
    assert pairs == doubling.drawn(pool, coders, percent, np.random.default_rng(seed))
    often = [sum(at in each.coders for each in pairs) for at in range(coders)]
    assert max(often) - min(often) <= 2


def test_a_draw_needs_two_coders_and_a_share():
    for coders, percent, said in ((1, 20, "two people"), (3, 0, "between"), (3, 101, "between")):
        with pytest.raises(ValueError, match=said):
            doubling.drawn([1, 2], coders, percent, np.random.default_rng(1))
