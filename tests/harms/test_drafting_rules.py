"""Places, codes and names of versions; what may be shown; the note that the program begins."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.harms import noting, rules, shown
from firsthand.harms.models import Ground
from firsthand.methods.mapping import Step


def test_a_line_stands_in_the_list_of_its_source_or_its_kind():
    assert rules.list_of("experience", "S1") == "S1"
    assert rules.list_of("impact", None) == "impact"


def test_places_that_are_shared_are_gathered_and_get_letters_again():
    pairs = [("M1", "1"), ("M6A", "6A"), ("M6B", "6B"), ("M7", "7")]
    assert rules.grouped(pairs) == [["M1"], ["M6A", "M6B"], ["M7"]]
    assert rules.ranks([["M1"], ["M6A", "M6B"], ["M7"]]) == {
        "M1": "1", "M6A": "2A", "M6B": "2B", "M7": "3",
    }  # fmt: skip
    with pytest.raises(ValueError, match="26"):
        rules.ranks([[f"I{at}" for at in range(27)]])


@given(st.lists(st.lists(st.integers(), max_size=4, min_size=1), max_size=6))
@settings(max_examples=40, deadline=None)
def test_ranks_gathered_again_are_the_groups_they_were_made_of(sizes):
    groups = [[f"I{at}-{i}" for i, _ in enumerate(group)] for at, group in enumerate(sizes)]
    assert rules.grouped(rules.ranks(groups).items()) == groups


@pytest.mark.parametrize(
    ("kind", "parent", "used", "code"),
    [
        ("source", None, ["S1", "S2", "S2.14"], "S3"),
        ("experience", "S1", ["S1.2", "S12.40", "S1"], "S1.3"),
        ("minimisation", None, ["M6A", "M6B", "M8"], "M9"),
        ("impact", None, [], "I1"),
        ("impact", None, ["I", "Ix"], "I1"),
    ],
)
def test_the_next_code_is_one_that_nothing_had(kind, parent, used, code):
    assert rules.next_code(kind, parent, used) == code


def test_a_place_that_is_empty_goes():
    assert rules.without([["A", "B"], ["C"]], ["C", "A"]) == [["B"]]


@pytest.mark.parametrize("slug", ["2027", "a", "2027-draft", "a" * 20])
def test_names_a_version_can_have(slug):
    assert rules.is_slug(slug)


def test_a_note_says_every_change_and_why():
    labels = {"A": "Waiting", "B": "Fear", "C": "Both"}
    steps = [
        Step("added", (), ("N",), reason="Named"), Step("reworded", ("A",), ("A",), reason="Plain"),
        Step("moved", ("A",), ("B",), reason="Choice"), Step("removed", ("B",), (), reason="No"),
        Step("merged", ("A", "B"), ("C",), reason="One"), Step("ranked", ("S1",), (), reason="New"),
        Step("split", ("C",), ("A", "B", "N"), reason="Three"),
    ]  # fmt: skip
    note = noting.begun("2022", steps, labels)
    for line in (
        "- N. Why: Named", "- “Waiting” (A) is now “Fear” (B). Why: Choice",
        "- “Waiting” (A) and “Fear” (B) became “Both” (C). Why: One", "- The list of S1. Why: New",
        "- “Both” (C) became “Waiting” (A), “Fear” (B) and N. Why: Three",
    ):  # fmt: skip
        assert line in note
    assert noting.begun("2022", [], {}) == "Nothing has changed since 2022."


def _ground(**more):
    return Ground(**{"code": "S1", "kind": "paper", "title": "Brook 2020", "detail": {}, **more})


@pytest.mark.parametrize(
    ("ground", "words", "interval"),
    [
        (_ground(), "paper", ""),
        (_ground(count=1), "1 paper", ""),
        (_ground(count=1200), "1,200 papers", ""),
        (_ground(kind="passage", count=34, detail={"groups": 5}), "34 passages in 5 groups", ""),
        (_ground(kind="survey", count=40, low=2, high=2), "40 survey answers", "2"),
        (_ground(kind="survey", count=40, low=1.5, high=5), "40 survey answers",
         "between 1.5 and 5"),
        (_ground(kind="survey", count=4, low=1, high=5), "fewer than 10 survey answers", ""),
        (_ground(kind="testimony", detail={"held_back": True}),
         "fewer than 10 accounts of what happened", ""),
    ],
)  # fmt: skip
def test_what_anyone_may_read_of_a_ground(ground, words, interval):
    (one,) = shown.shown([ground])
    assert (one.words, one.interval) == (words, interval)


def test_titles_of_what_people_said_are_not_public_and_only_addresses_outside_are_linked(settings):
    rows = [_ground(kind="comment", count=99), _ground(at="https://doi.org/x"), _ground(at="/x")]
    told = shown.shown(rows)
    assert [one.title for one in told] == ["Brook 2020", "Brook 2020", ""]
    assert [one.link for one in told] == ["https://doi.org/x", "", ""]
    settings.FIRSTHAND_FIGURES_THRESHOLD = 1
    assert shown.shown([_ground(kind="comment", count=1)])[0].words == "1 comment"
    assert shown.words(_ground(kind="testimony", detail={"held_back": True})).startswith("accounts")
