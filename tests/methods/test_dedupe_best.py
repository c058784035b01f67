"""The best record of a group says most, and every other value is still there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.methods.dedupe import Report
from firsthand.methods.dedupe.best import FIELDS, best


def test_each_field_takes_what_says_most():
    found = best(
        [
            Report("a", ("Okri, A.",), 2015, "WAITING FOR CARE", "J Care", "12", "", "345-59",
                   "Short.", "no doi", "", "JOUR"),
            Report("b", ("Okri, Ada", "Mbeki, T."), 2014, "[Waiting for care]", "Journal of Care",
                   "12", "3", "345-359", "A longer abstract.", "10.1234/x", "123", ""),
            Report("c", ("Okri, A.", "Mbeki, T."), 2015, "Waiting for care", "Journal of Care",
                   "21", "3", "345-359", "", "10.1234/x", "", "JOUR"),
        ]
    )  # fmt: skip
    assert found.report == Report(
        "a", ("Okri, Ada", "Mbeki, T."), 2015, "Waiting for care", "Journal of Care", "12", "3",
        "345-359", "A longer abstract.", "10.1234/x", "123", "JOUR",
    )  # fmt: skip
    assert found.values["volume"] == (("12", ("a", "b")), ("21", ("c",)))
    assert found.values["year"] == ((2015, ("a", "c")), (2014, ("b",)))


def test_an_empty_group_has_no_best_record():
    with pytest.raises(ValueError, match="without records"):
        best([])


def test_what_nobody_knows_stays_unknown():
    found = best([Report("a"), Report("b")])
    assert found.report == Report("a")
    assert found.values == {}


REPORTS = st.builds(
    Report,
    id=st.uuids().map(str),
    authors=st.lists(st.text(max_size=5), max_size=3).map(tuple),
    year=st.none() | st.integers(1400, 2100),
    title=st.text(max_size=8),
    container=st.text(max_size=8),
    pages=st.text(max_size=8),
    doi=st.sampled_from(["", "10.1234/a", "x"]),
    pmid=st.sampled_from(["", "1", "x"]),
    abstract=st.text(max_size=8),
)


@given(st.lists(REPORTS, min_size=1, max_size=5, unique_by=lambda each: each.id))
def test_no_value_is_lost_and_none_is_made_up(reports):
    found = best(reports)
    for name in FIELDS:
        given_ = {getattr(each, name) for each in reports} - {"", None, ()}
        assert {value for value, _ in found.values.get(name, ())} == given_
        assert getattr(found.report, name) in (given_ or {"", None, ()})
