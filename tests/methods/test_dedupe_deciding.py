"""Every rule decides what it says, on invented reports that differ in a few fields."""

import itertools

import pytest

from firsthand.methods.dedupe import Report, find
from firsthand.methods.dedupe.comparing import compare, side_by_side
from firsthand.methods.dedupe.deciding import decide
from firsthand.methods.dedupe.facts import facts

TITLE = "Waiting for care in the community and what it does to hope"
TEXT = (
    "We asked forty two young carers in three towns how long they had waited for an assessment, "
    "what they were told meanwhile, and what it did to their hope. Most had waited over a year. "
)
HALF = (
    TEXT[:90] + "Nineteen allotments were drawn by gardeners according to season and mood over tea."
)
UNLIKE = "Photographs of bridges were sorted by season, soil, shade and mood; then all went home. "
WHOLE = {
    "authors": ("Okri, Ada B.", "Lindqvist, Sven"),
    "year": 2015,
    "title": TITLE,
    "container": "Journal of Community Care",
    "volume": "12",
    "issue": "3",
    "pages": "345-359",
}
BARE = {"volume": "", "issue": "", "pages": ""}
OTHERS = ("Vogel, Ute", "Byrne, Cormac")
NEAR = "Waiting for care in the community and what that means for hope"
_number = itertools.count()


def answer(first: dict, second: dict) -> tuple[str, str]:
    """Outcome and rule for two reports, the same both ways round."""
    one, other = (facts(Report(f"x{next(_number)}", **{**WHOLE, **x})) for x in (first, second))
    there, back = (decide(a, b, side_by_side(a, b)) for a, b in ((one, other), (other, one)))
    assert there == back
    return there.outcome, there.rule


CASES = [
    # a title that many papers have
    ({"title": "Editorial", "doi": "10.1/a"}, {"title": "Editorial", "authors": OTHERS}, ""),
    ({"title": "Editorial", "pages": ""}, {"title": "Editorial"}, "merge"),
    ({"title": "Editorial", "pages": "", "issue": ""}, {"title": "Editorial"}, "ask"),
    ({"title": "Editorial", "pages": "", "year": None}, {"title": "Editorial"}, ""),
    # a short title
    ({"title": "Hope"}, {"title": "HOPE", **BARE}, "ask"),
    ({"title": "Hope"}, {"title": "HOPE", **BARE, "container": "Chest"}, ""),
    # the same identifier
    ({"doi": "10.1234/a"}, {"doi": "10.1234/a", "volume": "9", "pages": "1-2"}, "ask"),
    ({"doi": "10.1234/a", "abstract": TEXT},
     {"doi": "10.1234/a", "volume": "9", "pages": "1-2", "abstract": UNLIKE}, "link"),
    ({"pmid": "123"}, {"pmid": "0123", **BARE}, "merge"),
    # the same page in another year
    ({"volume": "", "pages": "CD006828"}, {"volume": "", "pages": "CD006828", "year": 2019}, "ask"),
    # other authors
    ({}, {"authors": OTHERS}, "merge"),
    ({}, {"authors": OTHERS, "title": TITLE.replace("community", "comunity")}, "ask"),
    ({}, {"authors": OTHERS, **BARE}, "ask"),
    ({}, {"authors": OTHERS, **BARE, "container": "Chest"}, ""),
    # nothing against it
    ({**BARE, "container": ""}, {**BARE, "container": "", "year": None}, "ask"),
    ({**BARE, "container": "", "abstract": TEXT}, {**BARE, "abstract": UNLIKE}, "link"),
    ({**BARE, "issue": "3"}, {**BARE, "issue": "4"}, "ask"),
    ({"year": 2014, **BARE}, {}, "merge"),
    # one field against it
    ({"container": "Chest"}, {}, "merge"),
    ({"container": "Chest", "pages": ""}, {}, "merge"),
    ({"container": "Chest", "pages": "", "issue": ""}, {}, "link"),
    ({"container": "Chest", "abstract": UNLIKE}, {"abstract": TEXT}, "link"),
    ({"container": "", "pages": "9-12"}, {}, "link"),
    ({"volume": "13"}, {}, "merge"),
    ({"volume": "13", "pages": "", "abstract": TEXT}, {"abstract": TEXT}, "merge"),
    ({"volume": "13", "pages": ""}, {}, "link"),
    ({"pages": "9-12"}, {}, "ask"),
    ({"year": 2012, **BARE}, {}, "ask"),
    ({"year": 2012, "pages": "9-12"}, {}, "link"),
    ({"year": 2012, **BARE, "title": TITLE.replace("community", "comunity")}, {}, "link"),
    ({"year": 2012, **BARE, "container": "Chest"}, {}, "link"),
    ({**BARE, "container": ""}, {**BARE, "container": ""}, "merge"),
    ({**BARE, "container": ""}, {**BARE}, "ask"),
    # more against it
    ({"volume": "9", "pages": "9-12", "abstract": TEXT}, {"abstract": TEXT}, "ask"),
    ({"volume": "9", "pages": "9-12"}, {}, "link"),
    # titles alike
    ({"title": NEAR}, {}, "merge"),
    ({"title": NEAR, "abstract": UNLIKE}, {"abstract": TEXT}, ""),
    ({"title": NEAR, "authors": OTHERS}, {}, ""),
    ({"title": NEAR, "pages": "S12"}, {"pages": "S12"}, "ask"),
    ({"title": NEAR, "pages": "S12", "abstract": TEXT}, {"pages": "S12", "abstract": TEXT}, "ask"),
    ({"title": NEAR, "authors": ("Lindqvist, Sven", "Okri, A."), "abstract": TEXT},
     {"abstract": TEXT}, "merge"),
    ({"title": NEAR, "authors": ("Lindqvist, Sven", "Okri, A.")}, {}, "ask"),
    ({"title": NEAR, "doi": "10.1234/a", "container": "Chest", "volume": "7"},
     {"doi": "10.1234/a"}, "merge"),
    ({"title": NEAR, "doi": "10.1234/a", **BARE, "abstract": TEXT},
     {"doi": "10.1234/a", "abstract": TEXT}, "merge"),
    ({"title": NEAR, "doi": "10.1234/a", **BARE}, {"doi": "10.1234/a"}, "ask"),
    ({"title": NEAR, **BARE, "abstract": TEXT}, {"abstract": TEXT}, "ask"),
    ({"title": NEAR, **BARE}, {}, ""),
    ({"title": NEAR, "pages": "CD006828"}, {"pages": "CD006828"}, "merge"),
    ({"title": NEAR, "pages": "7-9", "issue": ""}, {"pages": "7-9"}, "ask"),
    ({"title": TITLE[:40], **BARE}, {}, "ask"),
    ({"title": TITLE[:40], **BARE, "container": "Chest"}, {}, ""),
    # a number differs
    ({"title": f"{TITLE} in 2014"}, {"title": f"{TITLE} in 2015"}, "merge"),
    ({"title": f"{TITLE} in 2014", "pages": "345"}, {"title": f"{TITLE} in 2015"}, "ask"),
    ({"title": f"{TITLE} in 2014", "pages": "S1"}, {"title": f"{TITLE} in 2015", "pages": "S1"},
     "ask"),
    ({"title": f"{TITLE} in 2014"}, {"title": f"{TITLE} in 2015", "pages": "9"}, "link"),
    ({"title": f"{TITLE} in 2014"}, {"title": f"{TITLE} in 2015", "container": "Chest"}, "merge"),
    ({"title": f"{TITLE} in 2014", "authors": OTHERS}, {"title": f"{TITLE} in 2015"}, ""),
    # no title
    ({"title": ""}, {}, "ask"),
    ({"title": "", "doi": "10.1234/a"}, {"doi": "10.1234/a"}, "merge"),
    ({"title": "", "doi": "10.1234/a", "authors": OTHERS}, {"doi": "10.1234/a"}, ""),
    ({"title": "", **BARE}, {}, ""),
    ({"title": "", "abstract": UNLIKE}, {"abstract": TEXT}, ""),
    # another title
    ({"title": "Warten auf Hilfe, und was davon bleibt"}, {}, "merge"),
    ({"title": "Warten auf Hilfe, und was davon bleibt", "abstract": UNLIKE},
     {"abstract": TEXT}, ""),
    ({"title": "Warten auf Hilfe, und was davon bleibt", "pages": "S12", "doi": "10.1234/a"},
     {"pages": "S12", "doi": "10.1234/a"}, "ask"),
    ({"title": "Warten auf Hilfe, und was davon bleibt", "authors": OTHERS}, {}, ""),
    ({"title": "Warten auf Hilfe, und was davon bleibt", "authors": ()}, {}, "ask"),
    ({"title": "Community care and hope among some others waiting", "authors": ()}, {}, "merge"),
    ({"title": "Warten auf Hilfe, und was davon bleibt", **BARE, "abstract": TEXT},
     {"abstract": TEXT}, "ask"),
    ({"title": "Warten auf Hilfe, und was davon bleibt", **BARE, "abstract": HALF},
     {"abstract": TEXT}, ""),
    ({"title": "Warten auf Hilfe, und was davon bleibt", "year": 1999}, {}, ""),
    ({"title": "Warten auf Hilfe, und was davon bleibt", "volume": "13"}, {}, ""),
    ({"title": "Warten auf Hilfe, und was davon bleibt", "issue": "4", "pages": "50-60"},
     {"pages": "50-60"}, ""),
    # notices and preprints
    ({"title": "Erratum"}, {"title": "Reply"}, ""),
    ({"title": "Erratum: Hope"}, {"title": "Hope"}, ""),
    ({"container": "arXiv", **BARE, "authors": OTHERS}, {}, ""),
    ({"container": "arXiv", **BARE, "authors": ()}, {}, "link"),
    ({"container": "arXiv", **BARE, "title": NEAR, "authors": ()}, {}, ""),
    ({"kind": "preprint", **BARE, "title": "Hope"}, {"title": "Hope"}, ""),
    ({"title": f"Study protocol: {TITLE}"}, {"title": f"{TITLE}, in all towns"}, ""),
    ({"title": f"Study protocol: {TITLE}"}, {"title": f"A study protocol: {TITLE}"}, "merge"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "expected"), CASES)
def test_what_is_done_with_two_reports(first, second, expected):
    outcome, rule = answer(first, second)
    assert outcome == expected
    assert bool(rule) == bool(outcome)


def test_candidates_with_nothing_in_common_end_early():
    one = facts(Report("a", title=TITLE, doi="10.1234/a", **BARE))
    assert compare(one, facts(Report("b", title="Allotments in the rain", pmid="3"))) is None
    assert compare(one, facts(Report("c", title="Allotments in the rain", doi="10.1234/a")))


def test_a_new_report_in_a_group_is_asked_of_all_its_members():
    part = [
        Report(f"p{n}", **{**WHOLE, "title": f"{TITLE}. Part {n}", "pages": ""}) for n in (1, 2)
    ]
    assert not find(part).groups
    assert find(part).links[0].kind == "part"
