"""Withheld counts stay withheld: an attack with everything that is published cannot find them."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.methods.disclosure.attack import Interval, attack
from firsthand.methods.disclosure.suppress import SYMBOL, CannotCover, protect, under
from firsthand.methods.disclosure.table import (
    TOTAL,
    Key,
    Relation,
    Table,
    adds_up,
    covers,
    one_way,
    two_way,
    within,
)

THRESHOLD = 10
counts = st.one_of(st.integers(0, 3), st.integers(0, 15), st.integers(0, 400))


@st.composite
def two_way_tables(draw: st.DrawFn) -> Table:
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    return two_way({(f"r{i}", f"c{j}"): draw(counts) for i in range(rows) for j in range(columns)})


people = st.tuples(
    st.sampled_from(["k0", "k1", "k2"]), st.frozensets(st.sampled_from("abcd")), counts
)


@st.composite
def overlapping_tables(draw: st.DrawFn) -> Table:
    """Things of one kind each, and of any number of topics each: the shape our figures have."""
    crowd = draw(st.lists(people, min_size=1, max_size=8))
    kinds = {k: sum(n for kind, _, n in crowd if kind == k) for k in ("k0", "k1", "k2")}
    topics: dict[Key, int] = {(t,): sum(n for _, of, n in crowd if t in of) for t in "abcd"}
    topics["none",] = sum(n for _, of, n in crowd if not of)
    table = one_way(kinds)
    apart = [within([("none",), topic], (TOTAL,)) for topic in topics if topic != ("none",)]
    return Table({**table.cells, **topics}, (*table.relations, *apart, covers(topics, (TOTAL,))))


one_way_tables = st.dictionaries(st.text("xyz"), counts, min_size=1).map(one_way)
any_table = st.one_of(two_way_tables(), overlapping_tables(), one_way_tables)


def is_covered(interval: Interval, threshold: int) -> bool:
    return interval.low == 0 and (interval.high is None or interval.high >= threshold)


def golden_four_by_four() -> tuple[Table, list[tuple[str, str]]]:
    lines = {
        "w": (30, 47, 64, 89),
        "x": (90, 124, 5, 31),
        "y": (92, 100, 59, 85),
        "z": (800, 991, 651, 685),
    }
    cells = {(r, c): n for r, line in lines.items() for c, n in zip("abcd", line, strict=True)}
    hidden = {"w": "abc", "x": "ac", "y": "bd", "z": "bd"}
    withheld = [(row, column) for row, columns in hidden.items() for column in columns]
    return two_way(cells), withheld


def golden_linked() -> tuple[Table, list[tuple[str]]]:
    cells = {"A": 2, "B": 2, "I": 8, "J": 8, "K": 3, "L": 3, "M": 3, "N": 7}
    groups = {"ABIJ": 20, "KLMN": 16, "LM": 6, "ABIJKN": 30}
    everything: dict[Key, int] = {(k,): n for k, n in (cells | groups).items()}
    relations = tuple(adds_up([(part,) for part in group], (group,)) for group in groups)
    return Table(everything, relations), [(k,) for k in "ABKLM"]


@pytest.mark.parametrize(
    ("also", "expected"),
    [
        (None, Interval(47, 47)),
        (("x", "d"), Interval(0, 78)),
        (("x", "b"), Interval(0, 141)),
    ],
)
def test_the_attack_finds_what_sdctable_finds_in_a_four_by_four_table(also, expected):
    table, withheld = golden_four_by_four()
    assert attack(table, [*withheld, *([also] if also else [])])["w", "b"] == expected


@pytest.mark.parametrize(("also", "expected"), [([], Interval(3, 3)), ([("N",)], Interval(0, 10))])
def test_the_attack_finds_what_sdctable_finds_across_linked_tables(also, expected):
    table, withheld = golden_linked()
    assert attack(table, [*withheld, *also])["K",] == expected


def test_the_exposed_cell_of_the_linked_tables_is_covered_when_we_protect_them():
    table, _ = golden_linked()
    protected = protect(table, 4)
    assert {("A",), ("B",), ("K",), ("L",), ("M",)} < protected.withheld
    intervals = attack(table, protected.withheld)
    assert all(is_covered(intervals[key], 4) for key in under(table, 4))


@settings(max_examples=100, deadline=None)
@given(any_table, st.integers(1, 15))
def test_no_count_under_the_threshold_can_be_told_from_nought_or_from_the_threshold(table, limit):
    protected = protect(table, limit)
    intervals = attack(table, protected.withheld)
    for key in under(table, limit):
        assert key in protected.withheld
        assert is_covered(intervals[key], limit)
        assert intervals[key].width > limit - 1


@settings(max_examples=40, deadline=None)
@given(any_table)
def test_every_published_count_is_the_truth_and_every_other_is_one_symbol(table):
    protected = protect(table, THRESHOLD)
    for key, count in table.cells.items():
        assert protected.text(key) == (SYMBOL if key in protected.withheld else str(count))
        assert protected.shown(key) == (None if key in protected.withheld else count)
        assert protected.shown(key) is None or count >= THRESHOLD


@settings(max_examples=40, deadline=None)
@given(any_table, st.data())
def test_withholding_more_never_lets_a_reader_know_more(table, data):
    keys = sorted(table.cells)
    fewer = data.draw(st.sets(st.sampled_from(keys), min_size=1))
    more = fewer | data.draw(st.sets(st.sampled_from(keys)))
    narrow, wide = attack(table, fewer), attack(table, more)
    for key in fewer:
        assert wide[key].low <= narrow[key].low <= table.cells[key]
        assert wide[key].width >= narrow[key].width


@given(any_table, st.integers(1, 15), st.integers(1, 15))
def test_a_higher_threshold_withholds_every_small_count_a_lower_one_did(table, one, other):
    low, high = sorted((one, other))
    assert under(table, low) <= under(table, high)


@settings(max_examples=40, deadline=None)
@given(any_table)
def test_the_same_table_is_always_protected_the_same_way(table):
    assert protect(table, THRESHOLD) == protect(table, THRESHOLD)


def test_nothing_is_withheld_when_nothing_is_small():
    assert protect(two_way({("a", "x"): 10, ("b", "y"): 11}), 0).withheld == frozenset()
    assert protect(one_way({"a": 10, "b": 999}), 10).withheld == frozenset()


def test_one_small_row_hides_the_cheapest_other_row_or_the_total():
    assert protect(one_way({"a": 3, "b": 40, "c": 12}), 10).withheld == {("a",), ("c",)}
    assert protect(one_way({"a": 3, "b": 40}), 10).withheld == {("a",), ("b",)}


def test_a_total_under_the_threshold_is_withheld_with_everything_in_it():
    table = one_way({"a": 3, "b": 0})
    assert protect(table, 10).withheld == set(table.cells)


def test_a_nought_is_withheld_like_any_small_count():
    table = one_way({"a": 0, "b": 40, "c": 30})
    assert ("a",) in protect(table, 10).withheld
    assert protect(table, 10).text(("a",)) == SYMBOL


def test_two_small_rows_that_would_give_each_other_away_get_another_to_cover_them():
    protected = protect(one_way({"a": 1, "b": 2, "c": 50, "d": 70}), 10)
    assert protected.withheld == {("a",), ("b",), ("c",)}


def test_small_counts_in_groups_within_groups_are_covered_at_every_level():
    leaves = {"S1.1": 4, "S1.2": 30, "S2.1": 25, "S2.2": 60}
    groups = {"S1": 34, "S2": 85, TOTAL: 119}
    cells: dict[Key, int] = {(k,): n for k, n in (leaves | groups).items()}
    relations = (
        adds_up([("S1.1",), ("S1.2",)], ("S1",)),
        adds_up([("S2.1",), ("S2.2",)], ("S2",)),
        adds_up([("S1",), ("S2",)], (TOTAL,)),
    )
    protected = protect(Table(cells, relations), 10)
    assert protected.withheld == {("S1.1",), ("S1.2",)}


def test_what_cannot_be_covered_is_refused_rather_than_published():
    with pytest.raises(CannotCover):
        protect(Table({("a",): 3}, (Relation(((("a",), 1),), 3, 3),)), 10)
    with pytest.raises(CannotCover):
        protect(one_way({}), 10)


def test_a_count_with_no_upper_bound_is_said_to_have_none():
    found = attack(one_way({"a": 3}), [("a",), (TOTAL,)])["a",]
    assert found == Interval(0, None)
    assert found.width == math.inf


def test_a_reader_knows_that_counts_are_whole():
    twice_is_at_most_five = Relation(((("a",), 2),), 0, 5)
    assert attack(Table({("a",): 1}, (twice_is_at_most_five,)), [("a",)])["a",] == Interval(0, 2)


def test_a_cell_worth_keeping_is_the_last_to_be_withheld():
    table = one_way({"a": 3, "b": 40, "c": 45})
    assert protect(table, 10).withheld == {("a",), ("b",)}
    assert protect(table, 10, keep=[("b",)]).withheld == {("a",), ("c",)}


def test_a_table_that_contradicts_itself_is_refused():
    with pytest.raises(ValueError, match="below nought"):
        Table({("a",): -1}, ())
    with pytest.raises(ValueError, match="does not hold"):
        Table({("a",): 1, ("b",): 5}, (adds_up([("a",)], ("b",)),))
    with pytest.raises(ValueError, match="not in the table"):
        Table({("a",): 1}, (within([("a",)], ("b",)),))
    with pytest.raises(ValueError, match="called"):
        one_way({TOTAL: 1})
    with pytest.raises(KeyError):
        attack(one_way({"a": 1}), [("b",)])
