"""A calibration round's agreement in words and as a file: what is undefined is said, with why."""

import csv
import io

import pytest

from firsthand.evidence import agreeing
from firsthand.evidence.actions import rounds
from firsthand.evidence.calibration import AC1, ALPHA, COHEN, FLEISS, PERCENT, calibration
from firsthand.evidence.rules import ABSTRACT, CHOICES, EXCLUDE, INCLUDE, MAYBE
from firsthand.methods.agreement import agreement
from tests.evidence import kit

pytestmark = pytest.mark.django_db
RATINGS = [
    (INCLUDE, INCLUDE, INCLUDE), (EXCLUDE, EXCLUDE, INCLUDE), (EXCLUDE, EXCLUDE, EXCLUDE),
    (MAYBE, EXCLUDE, EXCLUDE), (EXCLUDE, EXCLUDE, EXCLUDE),
]  # fmt: skip


def went(names, ratings):
    """A round in which these people decided so, one row a record."""
    members = kit.review(*names)
    records = kit.imported(members[0], len(ratings))
    row = rounds.begin(members[0], ABSTRACT, len(ratings))
    for record, choices in zip(records, ratings, strict=True):
        kit.decide(record, *zip(members, choices, strict=True))
    return calibration(row)


def read(found):
    return list(csv.DictReader(io.StringIO(agreeing.as_csv(found).removeprefix("\ufeff"))))


def test_figures_are_those_of_the_method_with_all_three_choices_counted():
    found = went(("Ada", "Ben", "Cai"), RATINGS)
    assert found.agreement == agreement(RATINGS, INCLUDE, EXCLUDE, list(CHOICES))
    names = [name for name, _ in found.measures()]
    assert FLEISS in names
    assert COHEN not in names


def test_three_are_told_of_each_two_as_well_with_cohens_kappa():
    told = agreeing.told(went(("Ada", "Ben", "Cai"), RATINGS))
    assert [row[0] for row in told.pairs] == ["Ada and Ben", "Ada and Cai", "Ben and Cai"]
    assert told.pair_columns[:3] == ("Who", PERCENT, COHEN)
    assert told.pairs[0][1].startswith("80.0% (")
    assert told.pairs[0][1].endswith("; n = 5)")


def test_two_are_told_of_once():
    told = agreeing.told(went(("Ada", "Ben"), [row[:2] for row in RATINGS]))
    assert told.pairs == told.pair_columns == ()
    assert [row[3] for row in told.rows[:4]] == ["5"] * 4


def test_what_cannot_be_estimated_says_why_and_is_no_number():
    found = went(("Ada", "Ben"), [(EXCLUDE, EXCLUDE)] * 3)
    told = agreeing.told(found)
    kappa = next(row for row in told.rows if row[0] == COHEN)
    assert kappa == (COHEN, "cannot be estimated", "cannot be estimated", "3")
    same, spread = (line for line in told.why if "the same" in line)
    assert same.startswith("Everyone decided the same for every record")
    assert same.endswith(f"So not estimated: {COHEN}; {AC1}; {ALPHA}.")
    assert "the interval of Negative agreement, on Exclude" in spread
    line = next(row for row in read(found) if row["measure"] == ALPHA)
    assert (line["value"], line["low_95"], line["high_95"]) == ("", "", "")
    assert line["why_not"].startswith("cannot be estimated: Everyone decided the same")


def test_a_pair_without_a_figure_says_so_in_its_cell():
    found = went(("Ada", "Ben", "Cai"), [(EXCLUDE, EXCLUDE, INCLUDE)] * 2)
    told = agreeing.told(found)
    assert told.pairs[0][2] == "cannot be estimated (n = 2)"
    assert any(f"{COHEN} of Ada and Ben" in line for line in told.why)


def test_the_file_has_everyone_and_each_two_and_the_same_figures():
    found = went(("Ada", "Ben", "Cai"), RATINGS)
    lines = read(found)
    assert len(lines) == 4 * 6
    assert {row["who"] for row in lines} == {
        "Everyone", "Ada and Ben", "Ada and Cai", "Ben and Cai",
    }  # fmt: skip
    assert float(lines[0]["value"]) == pytest.approx(found.agreement.percent.value, abs=1e-6)
    assert (lines[0]["records"], lines[0]["interval"]) == ("5", "Wilson")


def test_a_name_is_no_formula_in_a_spreadsheet():
    found = went(("=1+1", "Ben", "Cai"), RATINGS)
    assert any(row["who"] == "'=1+1 and Ben" for row in read(found))


@pytest.mark.parametrize(
    ("value", "words"), [(-0.333, "\u22120.33"), (-0.001, "0.00"), (1.0, "1.00"), (0.415, "0.41")]
)
def test_a_figure_below_nought_has_a_minus_and_nought_has_none(value, words):
    assert agreeing.shown(COHEN, value) == words
