"""The counts of a flow diagram: what cannot be a count is refused, what cannot be true is said."""

import pytest

from firsthand.methods.flow.checks import contradictions, questions
from firsthand.methods.flow.counts import (
    Flow,
    FromDatabases,
    FromElsewhere,
    Included,
    Named,
    Reports,
)


def flow(**changed):
    """The review of 2023, changed."""
    counts = {
        "databases": 4497,
        "joined": (Named("Experts", 7),),
        "duplicates": 975,
        "screened": 3529,
        "excluded": 3445,
        "reports": Reports(assessed=84, excluded=62),
    }
    rest = {k: changed.pop(k) for k in ("elsewhere", "previous", "total") if k in changed}
    included = changed.pop("included", Included(reports=22))
    return Flow(FromDatabases(**{**counts, **changed}), included, **rest)


def test_counts_that_add_up_are_not_questioned():
    assert contradictions(flow()) == ()
    assert questions(flow()) == ()


@pytest.mark.parametrize("wrong", [-1, 2.5, True])
@pytest.mark.parametrize("kind", [Reports, FromDatabases, FromElsewhere, Included])
def test_what_is_no_count_is_refused_by_name(kind, wrong):
    name = next(iter(kind.__dataclass_fields__))
    with pytest.raises(ValueError, match=f"{name}: a count is a whole number from 0 up"):
        kind(**{name: wrong})


def test_a_count_needs_a_name():
    with pytest.raises(ValueError, match="without the name"):
        Named("  ", 3)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"screened": 3500},
            "4,504 records were identified, less 975 removed before screening, leaves 3,529; "
            "but 3,500 were screened.",
        ),
        (
            {"duplicates": None},
            "4,504 records were identified and 3,529 were screened: it is not said where 975 went.",
        ),
        (
            {"duplicates": 5000},
            "4,504 records were identified, but 5,000 removed before screening.",
        ),
        (
            {"duplicates": None, "screened": 5000, "excluded": 4916},
            "4,504 records were identified; but 5,000 were screened.",
        ),
        (
            {"excluded": 3000},
            "3,529 records were screened, less 3,000 excluded, leaves 529; "
            "but 84 reports were taken on to full text.",
        ),
        (
            {"reports": Reports(sought=90, assessed=84, excluded=62)},
            "3,529 records were screened, less 3,445 excluded, leaves 84; "
            "but 90 reports were sought.",
        ),
        (
            {"reports": Reports(sought=84, not_retrieved=3, assessed=84, excluded=62)},
            "84 reports were sought, less 3 not retrieved, leaves 81; but 84 were assessed.",
        ),
        (
            {"reports": Reports(assessed=84, excluded=90)},
            "90 reports were excluded, but only 84 assessed.",
        ),
        (
            {"included": Included(reports=23)},
            "84 reports were assessed, less 62 excluded, leaves 22; but 23 reports were included.",
        ),
        (
            {"reports": Reports(assessed=84, excluded=62, reasons=(Named("Old", 60),))},
            "62 reports excluded are named, but one by one they make 60.",
        ),
        (
            {"by_database": (Named("ASSIA", 4000), Named("SSCI", 498))},
            "4,497 records from databases are named, but one by one they make 4,498.",
        ),
        (
            {"registers": 5, "by_register": (Named("A", 9), Named("B"))},
            "5 records from registers are named, but one by one they make 9.",
        ),
        (
            {
                "previous": Included(10, 12),
                "included": Included(20, 22),
                "total": Included(31, 34),
            },
            "10 studies from before and 20 new ones make 30, "
            "but 31 are said to be included in all.",
        ),
        (
            {"elsewhere": FromElsewhere(websites=2, reports=Reports(sought=3, assessed=3))},
            "3 reports were sought by other methods, but only 2 records found.",
        ),
    ],
)
def test_what_cannot_be_true_is_said_in_plain_words(changed, sentence):
    assert sentence in contradictions(flow(**changed))


def test_reports_of_both_ways_are_included_together():
    other = FromElsewhere(websites=5, reports=Reports(5, 1, 4, None, (Named("Old", 1),)))
    assert contradictions(flow(elsewhere=other, included=Included(reports=25))) == ()
    assert "leaves 25" in contradictions(flow(elsewhere=other))[0]


def test_nothing_is_concluded_from_what_was_not_reported():
    other = FromElsewhere(reports=Reports(sought=5))
    assert contradictions(flow(elsewhere=other, total=Included())) == ()
    assert contradictions(Flow(FromDatabases(), Included(22, 22))) == ()
    named = (Named("Old", 60), Named("Other"))
    assert contradictions(flow(reports=Reports(assessed=84, excluded=62, reasons=named))) == ()


def test_what_may_be_true_is_asked():
    other = FromElsewhere(websites=9, reports=Reports(sought=5))
    asked = questions(flow(elsewhere=other, included=Included(30, 22)))
    assert asked == (
        "30 studies are included, but only 22 reports: does one report tell of several studies?",
        "9 records were found by other methods and 5 reports sought: what became of the others?",
    )


def test_reasons_that_all_have_a_count_make_the_count_of_reports_excluded():
    assert Reports(reasons=(Named("a", 2), Named("b", 3))).left_out == 5
    assert Reports(reasons=(Named("a", 2), Named("b"))).left_out is None
    assert Reports(excluded=9, reasons=(Named("a", 2),)).left_out == 9


def test_a_review_under_way_is_not_contradicted_by_what_is_still_to_be_decided():
    way = FromDatabases(
        databases=10, duplicates=1, screened=6, excluded=2, waiting=3,
        reports=Reports(sought=4, assessed=1, waiting=3),
    )  # fmt: skip
    assert contradictions(Flow(way, Included())) == ()
    bare = FromDatabases(databases=10, screened=6, waiting=4)
    assert contradictions(Flow(bare, Included())) == ()


def test_what_is_missing_beyond_what_waits_is_still_said():
    way = FromDatabases(databases=10, duplicates=1, screened=6, waiting=2)
    assert contradictions(Flow(way, Included())) == (
        "10 records were identified, less 3 removed before screening or still to be screened, "
        "leaves 7; but 6 were screened.",
    )
