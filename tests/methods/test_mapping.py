"""The map from an old version to a new one, and what counts tell along it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.methods.mapping import (
    Bounds,
    Line,
    Step,
    chained,
    joined,
    mapped,
    translated,
    turned,
)

RELATIONS = ("exact", "close", "broad", "narrow", "related")


def _said(made):
    return [(line.old, line.new, line.relation) for line in made.lines]


def test_what_nobody_touched_means_the_same():
    made = mapped(["S1", "S2"], [])
    assert _said(made) == [("S1", "S1", "exact"), ("S2", "S2", "exact")]
    assert (made.removed, made.added, made.unmapped) == ({}, (), ())


def test_every_kind_of_change_gives_its_relation():
    made = mapped(
        ["A", "B", "C", "D", "E", "F", "G"],
        [
            Step("reworded", ("A",), ("A",), "close"),
            Step("moved", ("B",), ("B2",)),
            Step("merged", ("C", "D"), ("C",)),
            Step("split", ("E",), ("E1", "E2")),
            Step("removed", ("F",), (), reason="Nobody chose it"),
            Step("added", (), ("N",)),
            Step("ranked", ("list",), ()),
        ],
    )
    assert _said(made) == [
        ("A", "A", "close"), ("B", "B2", "exact"), ("C", "C", "broad"), ("D", "C", "broad"),
        ("E", "E1", "narrow"), ("E", "E2", "narrow"), ("G", "G", "exact"),
    ]  # fmt: skip
    assert made.removed == {"F": "Nobody chose it"}
    assert made.added == ("N",)


def test_changes_on_top_of_each_other_are_followed_to_the_end():
    steps = [
        Step("split", ("A",), ("A1", "A2")),
        Step("removed", ("A1",), (), reason="No"),
        Step("reworded", ("A2",), ("A2",), "narrow"),
        Step("merged", ("B", "A2"), ("B",)),
    ]
    made = mapped(["A", "B"], steps)
    assert _said(made) == [("A", "B", "related"), ("B", "B", "broad")]
    assert made.removed == {}


def test_what_was_taken_away_without_a_reason_given_is_named():
    assert mapped(["A"], [Step("merged", ("A",), ())]).unmapped == ("A",)


@given(st.sampled_from(RELATIONS), st.sampled_from(RELATIONS), st.sampled_from(RELATIONS))
@settings(max_examples=125, deadline=None)
def test_it_makes_no_difference_which_two_relations_are_joined_first(one, two, three):
    assert joined("exact", one) == joined(one, "exact") == one
    assert joined(joined(one, two), three) == joined(one, joined(two, three))


def test_counts_of_what_was_merged_are_bounded_where_they_may_overlap_and_added_where_not():
    lines = [Line("A", "C", "broad"), Line("B", "C", "broad")]
    told = translated({"A": 5, "B": 3}, lines)
    assert told.counts["C"] == Bounds(5, 8, ("A", "B"))
    assert not told.counts["C"].known
    assert translated({"A": 5, "B": 3}, lines, overlap=False).counts["C"] == Bounds(
        8, 8, ("A", "B")
    )


def test_a_split_is_said_and_not_guessed_and_what_is_gone_is_lost():
    lines = [Line("A", "A1", "narrow"), Line("A", "A2", "narrow"), Line("B", "B", "exact")]
    told = translated({"A": 4, "B": 2, "C": 1, "D": 0}, lines)
    assert told.counts == {
        "A1": Bounds(0, 4, ("A",)), "A2": Bounds(0, 4, ("A",)), "B": Bounds(2, 2, ("B",)),
    }  # fmt: skip
    assert told.among == {"A": (4, ("A1", "A2"))}
    assert told.lost == {"C": 1}
    assert told.counts["B"].known


def test_a_count_below_nought_is_refused():
    with pytest.raises(ValueError, match="below nought"):
        translated({"A": -1}, [])


def test_maps_are_chained_and_turned():
    first = [Line("A", "B", "close"), Line("X", "B", "broad"), Line("Z", "Q", "exact")]
    then = [Line("B", "C", "broad"), Line("B", "D", "narrow")]
    assert chained(first, then) == (
        Line("A", "C", "broad"), Line("A", "D", "narrow"),
        Line("X", "C", "broad"), Line("X", "D", "related"),
    )  # fmt: skip
    back = turned([Line("A", "C", "broad"), Line("E", "E1", "narrow"), Line("F", "F", "exact")])
    assert back == (Line("C", "A", "narrow"), Line("E1", "E", "broad"), Line("F", "F", "exact"))
    assert turned(turned(first)) == tuple(first)


@given(st.dictionaries(st.sampled_from("ABC"), st.integers(0, 9)),
       st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("XYZ"),
                          st.sampled_from(RELATIONS)), max_size=6))  # fmt: skip
@settings(max_examples=50, deadline=None)
def test_bounds_are_in_order_and_nothing_is_lost_in_silence(counts, pairs):
    lines = list({(old, new): Line(old, new, rel) for old, new, rel in pairs}.values())
    told = translated(counts, lines)
    assert all(0 <= one.low <= one.high for one in told.counts.values())
    seen = {code for one in told.counts.values() for code in one.of} | set(told.lost)
    assert {code for code, count in counts.items() if count} <= seen
