"""Groups, guards and growing: nothing is compared twice, chained together or lost."""

import gc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.methods.dedupe import Index, Report, find, finding
from firsthand.methods.dedupe.answers import GUARD

TOWNS = "Aldham Birchwick Corley Dunmere Eastry Fenwold Garsdale Hythe Ilmer Jarrow".split()  # noqa: SIM905
TOPICS = (
    "waiting lists and what they cost the families of carers",
    "friendship on closed wards as told by former residents",
    "crisis houses run by survivors and their neighbours",
    "direct payments and the paperwork that comes with them",
    "advocates in tribunals and whether anybody listened",
)


def report(number: int, **changes) -> Report:
    """An invented report, one for each number."""
    town, topic = TOWNS[number % 10], TOPICS[number // 10 % 5]
    plain = {
        "authors": (f"{town}son, A.", "Byrne, C."),
        "year": 1990 + number % 30,
        "title": f"{town}: {topic}",
        "container": "Journal of Invented Care",
        "volume": str(1 + number % 30),
        "pages": f"{100 + 20 * number}-{110 + 20 * number}",
        "doi": f"10.1234/invented.{number}",
    }
    return Report(id=changes.pop("id", f"n{number}"), **{**plain, **changes})


def groups(found) -> set[frozenset[str]]:
    return {frozenset(each.ids) for each in found.groups}


def test_without_reports_nothing_is_found():
    found = find([])
    assert (found.groups, found.pairs, found.links) == ((), (), ())


def test_an_id_that_comes_twice_is_refused_and_nothing_is_added():
    with pytest.raises(ValueError, match="'n1' stands more than once"):
        find([report(1), report(1)])
    index = Index([report(1)])
    with pytest.raises(ValueError, match="'n1' stands more than once"):
        index.add([report(2), report(1)])
    assert len(index) == 1
    assert index.add([report(2)]).groups == ()


@pytest.mark.parametrize("collecting", [True, False])
def test_the_collector_of_cycles_is_left_as_it_was_found(monkeypatch, collecting):
    monkeypatch.setattr(finding, "edge", lambda *_: 1 / 0)
    (gc.enable if collecting else gc.disable)()
    try:
        with pytest.raises(ZeroDivisionError):
            find([report(1), report(1, id="again")])
        assert gc.isenabled() is collecting
    finally:
        gc.enable()


def test_different_reports_stay_apart():
    found = find([report(each) for each in range(50)])
    assert (found.groups, found.pairs) == ((), ())


def test_a_group_is_held_together_by_as_many_merges_as_it_needs():
    copies = [report(7, id=f"copy{each}") for each in range(5)]
    (group,) = find([report(8), *copies]).groups
    assert group.ids == ("copy0", "copy1", "copy2", "copy3", "copy4")
    assert len(group.merges) == 4
    assert {each.reason.rule for each in group.merges} == {"same title and identifier"}


def test_two_thousand_copies_of_one_report_are_one_group():
    copies = [report(7, id=f"copy{each}") for each in range(2_000)]
    (group,) = find(copies).groups
    assert len(group.ids) == 2_000


def test_a_thousand_reports_with_one_wrong_doi_stay_apart():
    wrong = [report(each, id=f"w{each}", doi="10.1234/book") for each in range(50)]
    shared = [
        Report(f"s{each}", (TOWNS[each % 10] + TOWNS[each // 10 % 10] + TOWNS[each // 100],), 2000,
               f"{TOWNS[each % 10]} looks at {TOPICS[each // 10 % 5]} in {TOWNS[each // 50]}",
               "Meeting", "1", "", "S1", "", "10.1234/book")
        for each in range(500)
    ]  # fmt: skip
    found = find([*wrong, *shared])
    assert found.groups == ()
    assert len(found.pairs) <= 10


def test_a_chain_never_joins_what_contradicts_itself():
    """The middle one says too little: it fits both papers, which are a series' parts."""
    title = "Crisis houses run by survivors in the hills of Corley"
    first = report(2, id="a", title=f"{title}. Part 1", pages="5-9", doi="10.1234/one")
    second = report(2, id="b", title=f"{title}. Part 2", pages="10-19", doi="10.1234/two")
    one = report(2, id="c", title=f"{title}. Part 1", pages="", doi="10.1234/two")
    found = find([first, second, one])
    for group in found.groups:
        assert not {"a", "b"} <= set(group.ids)


def test_a_merge_that_the_guard_refuses_is_put_to_a_person():
    title = "Friendship on closed wards as told by former residents"
    told = {"title": title, "abstract": "We listened to twelve people who had lived there. " * 5}
    first = report(2, id="a", volume="3", pages="5-9", doi="10.1/a", year=2001, **told)
    second = report(2, id="b", volume="9", pages="80-99", doi="10.1/b", year=2007, **told)
    bare = Report("c", first.authors, None, container=first.container, **told)
    found = find([first, second, bare])
    assert len(found.groups) == 1
    assert "c" in found.groups[0].ids
    assert not {"a", "b"} <= set(found.groups[0].ids)
    refused = [each for each in found.pairs if each.reason.rule == GUARD]
    assert len(refused) == 1


def test_two_groups_have_one_pair_and_one_link_between_them():
    article = [report(3, id=f"a{each}") for each in range(3)]
    preprint = [
        report(3, id=f"p{each}", container="SocArXiv", volume="", pages="", doi="10.31235/osf.io/x")
        for each in range(3)
    ]
    found = find([*article, *preprint])
    assert groups(found) == {frozenset({"a0", "a1", "a2"}), frozenset({"p0", "p1", "p2"})}
    assert len(found.links) == 1
    assert found.links[0].kind == "preprint"
    assert found.links[0].reason.sentence().startswith("titles equal")


def test_a_new_search_is_told_what_it_belongs_to_and_nothing_else():
    index = Index([report(each) for each in range(30)] + [report(4, id="old copy")])
    assert groups(index.first) == {frozenset({"n4", "old copy"})}
    found = find([report(4, id="new copy"), report(40)], known=index)
    assert groups(found) == {frozenset({"n4", "old copy", "new copy"})}
    assert index.add([report(41)]).groups == ()
    assert len(index) == 34


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 12), max_size=30), st.data())
def test_adding_later_finds_what_finding_at_once_finds(numbers, data):
    reports = [report(each, id=f"r{at}") for at, each in enumerate(numbers)]
    cut = data.draw(st.integers(0, len(reports)))
    index = Index(reports[:cut])
    later = index.add(reports[cut:])
    assert groups(later) <= groups(find(reports))
    together = {x for each in groups(find(reports)) for x in each if int(x[1:]) >= cut}
    assert together == {x for each in groups(later) for x in each if int(x[1:]) >= cut}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.builds(
            Report,
            id=st.uuids().map(str),
            authors=st.lists(st.text(max_size=12), max_size=3).map(tuple),
            year=st.none() | st.integers(-1, 99999),
            title=st.text(max_size=40),
            container=st.text(max_size=20),
            volume=st.text(max_size=6),
            issue=st.text(max_size=6),
            pages=st.text(max_size=10) | st.from_regex(r"\A[eSs]?\d{1,5}-\d{0,4}\Z"),
            abstract=st.text(max_size=80),
            doi=st.text(max_size=20) | st.just("10.1/") | st.just("10.1234/a"),
            pmid=st.text(max_size=10),
            kind=st.text(max_size=10),
        ),
        max_size=6,
        unique_by=lambda each: each.id,
    )
)
def test_whatever_stands_in_the_fields_nothing_breaks_and_each_report_is_in_one_group(reports):
    found = find(reports)
    grouped = [x for each in found.groups for x in each.ids]
    assert len(grouped) == len(set(grouped))
    for each in (*found.pairs, *found.links):
        assert each.first != each.second


def test_found_again_in_any_order_the_groups_are_the_same():
    reports = [report(each % 17, id=f"r{each}") for each in range(80)]
    expected = groups(find(reports))
    for seed in range(5):
        order = np.random.default_rng(seed).permutation(len(reports))
        assert groups(find([reports[at] for at in order])) == expected
