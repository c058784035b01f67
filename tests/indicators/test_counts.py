"""What is published of a period, and of promises, cannot be turned back into small counts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.indicators import accounts, promises
from firsthand.indicators.accounts import ALL, Account, Names
from firsthand.methods.disclosure.attack import attack
from firsthand.methods.disclosure.suppress import CannotCover, Protected, under
from firsthand.methods.disclosure.table import TOTAL

THRESHOLD = 10
NAMES = Names(("k1", "k2", "k3"), ("S1", "S2", "S3"), ("I1", "I2", "I3", "I4"))
groups = st.lists(
    st.tuples(
        st.builds(
            Account,
            st.sampled_from(NAMES.kinds),
            st.frozensets(st.sampled_from(NAMES.sources)),
            st.frozensets(st.sampled_from(NAMES.impacts)),
        ),
        st.integers(0, 25),
    ),
    max_size=8,
)
made = st.lists(
    st.tuples(
        st.sampled_from([*promises.VERDICTS, "running"]), st.sampled_from("ABC"), st.integers(0, 25)
    ),
    max_size=8,
)


def assert_covered(table: Protected) -> None:
    found = attack(table.table, table.withheld)
    for key in under(table.table, table.threshold):
        low, high = found[key].low, found[key].high
        assert low == 0
        assert high is None or high >= table.threshold


@settings(max_examples=60, deadline=None)
@given(groups)
def test_no_small_count_of_a_period_can_be_worked_out_from_all_its_tables(groups):
    crowd = [one for one, many in groups for _ in range(many)]
    assert_covered(accounts.protected(crowd, NAMES, THRESHOLD))


@settings(max_examples=60, deadline=None)
@given(made)
def test_no_small_count_of_promises_can_be_worked_out_from_the_table(made):
    rows = [(verdict, period) for verdict, period, many in made for _ in range(many)]
    assert_covered(promises.protected(rows, ("A", "B", "C"), THRESHOLD))


def test_an_account_is_counted_once_in_each_row_it_tells_of():
    both = Account("k1", frozenset({"S1", "S2"}), frozenset())
    table = accounts.protected([both] * 12, NAMES, THRESHOLD)
    assert table.shown(ALL) == 12
    assert table.table.cells["sources", "S1"] == table.table.cells["sources", "S2"] == 12


def test_a_lone_small_kind_takes_another_with_it():
    crowd = [Account("k1", frozenset({"S1"}), frozenset())] * 40
    crowd += [Account("k2", frozenset({"S1"}), frozenset())] * 3
    table = accounts.protected(crowd, NAMES, THRESHOLD)
    assert table.shown(("kinds", "k1")) is None
    assert table.shown(("kinds", "k2")) is None
    assert table.shown(ALL) == 43


def test_sources_that_would_add_up_to_every_account_do_not_give_a_small_one_away():
    """41 accounts, each of one source, 38 and 3: a reader may guess that none tells of two."""
    crowd = [Account("k1", frozenset({"S1"}), frozenset())] * 38
    crowd += [Account("k1", frozenset({"S2"}), frozenset())] * 3
    table = accounts.protected(crowd, NAMES, THRESHOLD)
    assert_covered(table)
    assert table.shown(("sources", "S2")) is None


def test_a_verdict_not_yet_given_stands_as_too_soon_to_say():
    table = promises.protected([("running", "A")] * 20 + [("kept", "A")] * 20, ("A",), 0)
    assert table.shown((promises.OPEN, TOTAL)) == 20
    assert table.shown((promises.KEPT, "A")) == 20


@pytest.mark.parametrize("part", [accounts, promises])
def test_when_nothing_covers_a_small_count_everything_is_withheld(part, monkeypatch):
    def no_cover(table, threshold, keep=()):
        raise CannotCover

    monkeypatch.setattr(part, "protect", no_cover)
    if part is accounts:
        made = accounts.protected([Account("k1", frozenset(), frozenset())] * 31, NAMES, 7)
    else:
        made = promises.protected([("kept", "A")] * 31, ("A",), 7)
    assert made.withheld == set(made.table.cells)
