"""Items that nothing tells apart: shared ranks, wide intervals, no rank for what none compared."""

import numpy as np
import pytest

from firsthand.methods.ranking import comparing
from firsthand.methods.ranking.ballots import ballot, table
from firsthand.methods.ranking.bootstrap import bootstrap, ranked
from firsthand.methods.ranking.kemeny import kemeny
from firsthand.methods.ranking.outcome import FEW, NOBODY, outcome
from firsthand.methods.ranking.pairs import wins

EIGHT = {f"i{n}": f"Item {n}" for n in range(1, 9)}


def rows_of(said, labels=EIGHT):
    found = outcome(labels, said, 7)
    return {row["key"]: row for row in found.rows}, found.notes


def test_equal_worths_share_the_better_rank():
    assert ranked(np.array([0.2, 1.0, 0.2 + 1e-9, -1])).tolist() == [2, 1, 2, 4]


def test_of_one_ballot_what_was_never_chosen_shares_a_rank_and_nothing_is_called_sure():
    rows, notes = rows_of([{"places": {"i5": 1, "i6": 2}, "away": []}])
    assert [rows[key]["rank"] for key in EIGHT] == [3, 3, 3, 3, 1, 2, 3, 3]
    assert {row["rank_low"] for row in rows.values()} == {None}
    assert {row["top3"] for row in rows.values()} == {None}
    assert FEW in notes


def test_what_applies_to_nobody_has_no_rank_and_agrees_with_nothing():
    rows, notes = rows_of([{"places": {}, "away": list(EIGHT)}] * 20)
    assert {row["rank"] for row in rows.values()} == {None}
    assert {row["kemeny_rank"] for row in rows.values()} == {None}
    assert notes == (NOBODY,)
    rows, _ = rows_of([{"places": {"i2": 1, "i3": 2}, "away": ["i1"]}] * 20)
    assert (rows["i1"]["rank"], rows["i1"]["compared"]) == (None, 0)
    assert [rows[key]["rank"] for key in ("i2", "i3", "i4")] == [1, 2, 3]


def test_of_sixty_ballots_what_was_never_chosen_is_level_in_every_way_to_rank():
    said = [{"places": {"i1": 1, "i2": 2, "i3": 3, "i4": 4}, "away": []}] * 60
    rows, _ = rows_of(said)
    for key in ("i5", "i6", "i7", "i8"):
        row = rows[key]
        assert (row["rank"], row["borda_rank"], row["kemeny_rank"], row["apart"]) == (5, 5, 5, 0)
        assert (row["rank_low"], row["rank_high"], row["top3"]) == (5, 8, 0)
    assert (rows["i1"]["rank_low"], rows["i1"]["rank_high"], rows["i1"]["top3"]) == (1, 1, 1)


def test_ballots_that_say_nothing_leave_every_rank_open_and_the_first_places_shared():
    sure = bootstrap(table([ballot([], range(4), 4)] * 30, 4), 1, 20)
    assert (sure.rank_low.tolist(), sure.rank_high.tolist()) == ([1] * 4, [4] * 4)
    assert sure.top.tolist() == pytest.approx([0.75] * 4)


def test_kemenys_order_gives_one_rank_to_neighbours_no_majority_separates():
    found = table([ballot([[0], [1]], range(4), 4), ballot([[1], [0]], range(4), 4)], 4)
    assert kemeny(wins(found)).places.tolist() == [1, 1, 3, 3]


def test_without_a_group_what_the_others_never_compared_does_not_move():
    rows = [ballot([[0], [1]], range(2), 3)] * 12 + [ballot([[2], [0]], [0, 2], 3)] * 12
    first = np.arange(24) < 12
    (left,) = comparing.without(table(rows, 3), {"Others": ~first})
    assert (left.ranks.tolist(), left.moved[2]) == ([1, 2, 0], 0)
