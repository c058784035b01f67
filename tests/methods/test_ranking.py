"""Ranking: golden figures, what ties and partial ballots mean, bad ballots, and proofs."""

import csv
import os
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.methods.ranking import best_worst, comparing, design, rating
from firsthand.methods.ranking.ballots import LEFT, Ballots, ballot, full_orders, table
from firsthand.methods.ranking.bootstrap import bootstrap, ranked
from firsthand.methods.ranking.borda import borda
from firsthand.methods.ranking.fitting import NotConnected, connected, fit
from firsthand.methods.ranking.kemeny import better, cost, kemeny
from firsthand.methods.ranking.luce import look
from firsthand.methods.ranking.pairs import wins
from firsthand.methods.ranking.stages import stages, totals

# Davidson 1970: i, j, i won, j won, tied. As printed in Turner and others 2020.
PUDDING = (
    (1, 2, 19, 22, 16), (1, 3, 16, 19, 12), (2, 3, 19, 19, 10), (1, 4, 18, 23, 13),
    (2, 4, 23, 19, 9), (3, 4, 19, 20, 15), (1, 5, 13, 19, 18), (2, 5, 16, 20, 12),
    (3, 5, 16, 15, 17), (4, 5, 17, 14, 16), (1, 6, 18, 21, 12), (2, 6, 22, 20, 12),
    (3, 6, 13, 18, 10), (4, 6, 14, 19, 18), (5, 6, 11, 21, 12),
)  # fmt: skip
SHARED = Path(os.environ.get("FIRSTHAND_SHARED", "nowhere")) / "data/statistics/nascar-2002.csv"


def pudding():
    rows = []
    for i, j, first, second, tied in PUDDING:
        one, other = i - 1, j - 1
        for order, many in (([[one], [other]], first), ([[other], [one]], second),
                            ([[one, other]], tied)):  # fmt: skip
            rows += [ballot(order, [one, other], 6)] * many
    return table(rows, 6)


def mixed(people=60, items=7, seed=3):
    """Ballots with ties, things left behind and things not compared."""
    dice = np.random.default_rng(seed)
    places = full_orders(np.argsort(dice.normal(np.arange(items), 3, (people, items))), items)
    rows = []
    for row in places.places:
        offered = [i for i in range(items) if dice.random() > 0.1]
        order = sorted(offered, key=lambda i: row[i])[:5]
        groups = [order[:2], *[[i] for i in order[2:]]] if dice.random() < 0.4 else [
            [i] for i in order]  # fmt: skip
        rows.append(ballot(groups, offered, items))
    return table(rows, items)


# -- golden figures -------------------------------------------------------------------------------


def test_puddings_with_ties_have_the_printed_worths_tie_and_deviance():
    found = fit(pudding(), pseudo=0)
    assert found.against(0) == pytest.approx([0, 0.2202, 0.1530, 0.1753, 0.1339, 0.3771], abs=5e-4)
    assert found.ties[2] == pytest.approx(-0.2919, abs=5e-4)
    assert found.deviance == pytest.approx(1619.4, abs=0.05)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared samples are not here")
def test_nascar_2002_has_the_printed_worths_with_and_without_the_ghost():
    races = [[int(each) - 1 for each in row] for row in csv.reader(SHARED.open())]
    rows = [ballot([[driver] for driver in race], race, 87) for race in races]
    place = [np.mean([r.index(d) for r in races if d in r] or [99]) for d in range(87)]
    order = np.argsort(place, kind="stable")
    whole = fit(table(rows, 87)).against(0)[order]
    assert np.round(whole[:3], 2).tolist() == [3.20, 2.77, 1.91]
    assert np.round(whole[-4:], 2).tolist() == [-2.17, -1.74, -1.59, -1.77]
    with pytest.raises(NotConnected):
        fit(table(rows, 87), pseudo=0)  # four drivers were last in each race they drove
    kept = fit(Ballots(table(rows, 87).places[:, :83]), pseudo=0).against(0)
    assert np.round(kept[order[:3]], 2).tolist() == [4.15, 3.62, 2.08]


def test_the_slope_and_curve_are_those_of_the_likelihood():
    sums = totals(stages(mixed()))
    point = np.random.default_rng(1).normal(size=7 + len(sums.ties)) / 2
    here, step = look(sums, point), 1e-5 * np.eye(len(point))
    ups, downs = [look(sums, point + s) for s in step], [look(sums, point - s) for s in step]
    slope = [(u.height - d.height) / 2e-5 for u, d in zip(ups, downs, strict=True)]
    curve = [-(u.slope - d.slope) / 2e-5 for u, d in zip(ups, downs, strict=True)]
    assert here.slope == pytest.approx(slope, abs=1e-4)
    assert here.curve == pytest.approx(np.array(curve), abs=1e-4)


def test_ties_of_four_are_those_of_the_definition():
    """The likelihood by its definition: a sum over every tied set of a size that was met."""
    from itertools import combinations

    sums = totals(stages(table([ballot([[0, 1, 2, 3], [4]], range(6), 6),
                                ballot([[5], [0, 2], [1]], range(6), 6)], 6)))  # fmt: skip
    point = np.array([0.3, -0.2, 0.5, 0.1, -0.4, 0.0, -1.0, -2.0])
    delta = {1: 0.0, 2: -1.0, 4: -2.0}

    def said(chosen, among):
        def weight(some):
            return np.exp(delta[len(some)] + point[list(some)].mean())

        sets = [s for size in delta for s in combinations(among, size)]
        return np.log(weight(chosen) / sum(map(weight, sets)))

    rest = (said([0, 1, 2, 3], range(6)) + said([4], [4, 5]) + said([5], range(6))
            + said([0, 2], [0, 1, 2, 3, 4]) + said([1], [1, 3, 4]))  # fmt: skip
    assert look(sums, point).height == pytest.approx(rest)


# -- what ballots mean ----------------------------------------------------------------------------


def test_what_does_not_apply_is_not_compared_and_what_is_left_behind_is():
    rows = [ballot([[0], [1]], [0, 1, 2], 4)] * 5
    found = table(rows, 4)
    assert found.compared.tolist() == [5, 5, 5, 0]
    assert wins(found).before[0].tolist() == [0, 5, 5, 0]
    worths = fit(found).worths
    assert worths[0] > worths[1] > worths[2]
    assert np.isnan(borda(found)[3])


def test_an_item_that_is_always_first_has_a_worth_with_the_ghost_and_none_without():
    found = full_orders([[0, 1, 2], [0, 2, 1]], 3)
    assert not connected(found)
    with pytest.raises(NotConnected):
        fit(found, pseudo=0)
    assert fit(found).worths.argmax() == 0


@pytest.mark.parametrize(
    ("order", "offered"),
    [([[0], [0]], [0, 1]), ([[0, 0]], [0]), ([[7]], [0, 1]), ([[-1]], [0]), ([[1]], [0]),
     ([[0]], [10**9])],
)  # fmt: skip
def test_a_ballot_that_names_an_item_twice_or_one_that_is_not_there_is_refused(order, offered):
    with pytest.raises(ValueError, match="item"):
        ballot(order, offered, 3)


def test_tables_that_are_no_ballots_are_refused():
    for orders in ([[0, 0]], [[0, 5]], [[0]]):
        with pytest.raises(ValueError, match="order"):
            full_orders(orders, 2)
    with pytest.raises(ValueError, match="table"):
        Ballots(np.zeros((2, 0), np.int16))
    with pytest.raises(ValueError, match="share a place"):
        ballot([[0, 1, 2]], [0, 1, 2], 3, most_tied=2)
    with pytest.raises(ValueError, match="share a place"):
        stages(table([ballot([list(range(7))], range(8), 8)], 8))


def test_no_ballots_at_all_leave_every_item_level():
    none = table([], 3)
    assert fit(none).worths.tolist() == [0, 0, 0]
    with pytest.raises(ValueError, match="no ballots"):
        bootstrap(none, 1)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_neither_the_order_of_ballots_nor_of_items_changes_what_is_found(seed):
    found, dice = mixed(seed=seed), np.random.default_rng(seed)
    items = dice.permutation(7)
    turned = Ballots(found.places[dice.permutation(found.many)][:, items])
    one, other = fit(found), fit(turned)
    assert other.worths == pytest.approx(one.worths[items], abs=1e-6)
    assert other.errors == pytest.approx(one.errors[items], abs=1e-6)
    assert other.deviance == pytest.approx(one.deviance)


def test_many_ballots_come_to_the_worths_they_were_drawn_from():
    """More than a million choices: begun from a part, many items in more than one word of bits."""
    dice = np.random.default_rng(5)
    true = dice.normal(size=18)
    orders = np.argsort(-(true + dice.gumbel(size=(20_000, 18))), axis=1)
    found = fit(full_orders(orders, 18))
    assert np.abs(found.worths - (true - true.mean())).max() < 0.06
    away = (found.worths - (true - true.mean())) / found.errors
    assert np.abs(away).max() < 4
    wide = np.zeros((200, 40), np.int16)
    wide[:, [3, 39, 35, 8]] = full_orders(orders[:200] % 18, 18).places[:, :4].argsort(1) + 1
    assert fit(Ballots(wide)).worths[[0, 1]] == pytest.approx([0, 0], abs=0.5)


# -- how sure -------------------------------------------------------------------------------------


def test_rank_intervals_hold_the_rank_and_the_same_seed_gives_the_same():
    found = mixed()
    sure, again = bootstrap(found, 7, 50), bootstrap(found, 7, 50)
    ranks = ranked(fit(found).worths)
    assert (sure.rank_low <= ranks).all()
    assert (ranks <= sure.rank_high).all()
    assert sure.rank_low.tolist() == again.rank_low.tolist()
    assert sure.top.sum() == pytest.approx(3)
    assert (bootstrap(found, 8, 50).worth_low != sure.worth_low).any()


def test_people_who_all_agree_leave_no_doubt():
    sure = bootstrap(full_orders([[2, 0, 1, 3]] * 30, 4), 1, 20)
    assert sure.rank_low.tolist() == sure.rank_high.tolist() == [2, 3, 1, 4]
    assert sure.top.tolist() == [1, 1, 1, 0]


# -- Borda and Kemeny -----------------------------------------------------------------------------


def test_borda_counts_ties_and_things_left_behind_as_half():
    found = table([ballot([[0], [1, 2]], range(5), 5)], 5)
    assert borda(found).tolist() == [1, 0.625, 0.625, 0.125, 0.125]
    assert borda(full_orders([[1, 0], [0, 1], [0, 1]], 2)).tolist() == pytest.approx([2 / 3, 1 / 3])


@settings(max_examples=25, deadline=None)
@given(st.integers(3, 6), st.integers(1, 9), st.integers(0, 10**6))
def test_kemeny_is_the_best_of_all_orders_and_says_so(items, people, seed):
    orders = np.argsort(np.random.default_rng(seed).normal(size=(people, items)), axis=1)
    counted = wins(full_orders(orders, items))
    found = kemeny(counted)
    least = min(cost(counted.before, list(each)) for each in permutations(range(items)))
    assert (found.against, found.proven) == (least, True)
    assert sorted(found.order) == list(range(items))
    in_order = found.places[list(found.order)]
    assert (np.diff(in_order) >= 0).all()
    for one, other in zip(found.order, found.order[1:], strict=False):
        shares = found.places[one] == found.places[other]
        assert not shares or counted.before[one, other] == counted.before[other, one]


def test_kemeny_gives_a_bound_where_it_may_not_finish():
    orders = np.argsort(np.random.default_rng(2).normal(size=(15, 30)), axis=1)
    found = kemeny(wins(full_orders(orders, 30)), seconds=1e-9)
    assert found.bound <= found.against
    assert better(wins(full_orders(orders, 30)).before, list(found.order)) == list(found.order)


def test_kemeny_of_fifty_items_is_proven():
    dice = np.random.default_rng(4)
    orders = np.argsort(dice.normal(np.arange(50) / 5, 3, (60, 50)), axis=1)
    assert kemeny(wins(full_orders(orders, 50))).proven


def test_ways_to_rank_are_compared_and_a_group_left_out():
    assert comparing.places(np.array([0.2, np.nan, 0.9, 0.2])).tolist() == [2, 4, 1, 2]
    one, other = np.array([1, 2, 3]), np.array([3, 2, 1])
    assert comparing.spread([one, other]).tolist() == [2, 0, 2]
    assert comparing.tau(one, other) == pytest.approx(-1)
    found = full_orders([[0, 1, 2]] * 6 + [[1, 0, 2]] * 5, 3)
    first = np.arange(11) < 6
    (left,) = comparing.without(found, {"Six": first, "All": first | True, "None": ~first & first})
    assert (left.group, left.left, left.ranks.tolist()) == ("Six", 5, [2, 1, 3])
    assert left.moved.tolist() == [1, -1, 0]


# -- best-worst, ratings --------------------------------------------------------------------------


def test_best_worst_counts_what_was_shown_best_and_worst():
    one = best_worst.Choice((0, 1, 2), 0, 2)
    other = best_worst.Choice((0, 1, 2), 0, None)
    found = best_worst.counts([[one, other], [one]], 4, 1)
    assert found.shown.tolist() == [3, 3, 3, 0]
    assert found.score[:3].tolist() == pytest.approx([1, 0, -2 / 3])
    assert np.isnan([found.score[3], found.low[3], found.high[3]]).all()
    assert found.low[2] <= found.score[2] <= found.high[2]
    assert np.isnan(best_worst.counts([], 2, 1).score).all()


@pytest.mark.parametrize(
    "wrong", [((0, 0), 0, None), ((0, 9), 0, None), ((0, 1), 2, None), ((0, 1), 0, 0)]
)
def test_a_best_worst_set_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match=r"set|best"):
        best_worst.counts([[best_worst.Choice(*wrong)]], 3, 1)


def test_designs_are_even_and_the_same_for_the_same_seed():
    sets = design.design(20, 4, 3, seed=9)
    assert sets == design.design(20, 4, 3, seed=9) != design.design(20, 4, 3, seed=10)
    assert len(sets) == 15
    shown = np.bincount(np.array(sets).ravel(), minlength=20)
    assert shown.tolist() == [3] * 20
    assert design.unevenness(sets) <= 100  # 90 pairs, hardly any of them twice
    for wrong in ((3, 4, 1), (3, 1, 1), (3, 2, 0)):
        with pytest.raises(ValueError, match="set"):
            design.design(*wrong, seed=1)


def test_ratings_are_counted_and_averaged():
    found = rating.rated([[1, 5, 0], [3, 5, 0]], 3, 5, 1)
    assert found.counts[0].tolist() == [1, 0, 1, 0, 0]
    assert found.mean[:2].tolist() == [2, 5]
    assert np.isnan([found.mean[2], found.low[2]]).all()
    assert found.low[0] <= 2 <= found.high[0]
    assert np.isnan(rating.rated([], 2, 5, 1).mean).all()
    with pytest.raises(ValueError, match="step"):
        rating.rated([[6]], 1, 5, 1)


def test_left_is_behind_every_place_there_could_be():
    assert LEFT > 10_000
