"""Agreement: figures of papers and of irrCAC 0.4.4, and "undefined" where there is no figure."""

import itertools
import math

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.methods.agreement import Agreement, Interval, Measure, Undefined, agreement
from firsthand.methods.agreement.chance import fleiss_kappa, gwet_ac1, krippendorff_alpha
from firsthand.methods.agreement.cohen import cohen_kappa
from firsthand.methods.agreement.plain import on_category, percent
from firsthand.methods.agreement.table import table

# Krippendorff 2011, "Computing Krippendorff's alpha-reliability", example C: four people, twelve
# units, five categories; it prints alpha = 0.743.
FOUR = [
    "11?1", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "?555", "??11", "??3?",
]  # fmt: skip
FOUR_ROWS = [[None if each == "?" else each for each in row] for row in FOUR]
# Three invented reviewers of forty records (i include, o exclude), and five decisions taken out.
SHORT = "iioo ioox ozoo owoo iwoi ioio yooo iooi ooxy xooi".replace(" ", "")
WHOLE = {"i": "iii", "o": "ooo", "x": "oii", "y": "oio", "z": "ioi", "w": "ooi"}
THREE = [WHOLE[each] for each in SHORT]
GAPS = {(1, 0), (5, 0), (7, 1), (7, 2), (9, 0)}


def three(people=3, gaps=frozenset()):
    return [
        [None if (at, who) in gaps else row[who] for who in range(people)]
        for at, row in enumerate(THREE)
    ]


def shown(found):
    return found.value, found.interval.low, found.interval.high


@pytest.mark.parametrize(
    ("method", "figures"),
    [
        (gwet_ac1, (0.77544407, 0.46081335, 1)),
        (fleiss_kappa, (0.76116928, 0.42437628, 1)),
        (krippendorff_alpha, (0.74342105, 0.41906222, 1)),
    ],
)
def test_four_people_with_gaps_agree_as_krippendorff_and_irrcac_say(method, figures):
    found = method(table(FOUR_ROWS))
    assert shown(found) == pytest.approx(figures, abs=2e-7)
    assert found.n == 11
    assert found.interval.method == "linearised over records, Student's t"


@pytest.mark.parametrize(
    ("people", "gaps", "method", "figures"),
    [
        (3, (), gwet_ac1, (0.75535168, 0.58628915, 0.92441421)),
        (3, (), fleiss_kappa, (0.70695971, 0.51897699, 0.89494242)),
        (3, (), krippendorff_alpha, (0.70940171, 0.52141899, 0.89738442)),
        (2, (), gwet_ac1, (0.73273942, 0.51398832, 0.95149052)),
        (2, (), fleiss_kappa, (0.65811966, 0.39675538, 0.91948393)),
        (2, (), krippendorff_alpha, (0.66239316, 0.40102889, 0.92375744)),
        (3, GAPS, gwet_ac1, (0.77039315, 0.59408619, 0.94670012)),
        (3, GAPS, fleiss_kappa, (0.70970142, 0.49680198, 0.92260085)),
        (3, GAPS, krippendorff_alpha, (0.72610803, 0.52964746, 0.92256861)),
    ],
)
def test_figures_and_intervals_are_those_of_irrcac(people, gaps, method, figures):
    assert shown(method(table(three(people, gaps)))) == pytest.approx(figures, abs=2e-7)


def test_cohens_kappa_and_its_interval_are_those_of_irrcac():
    assert shown(cohen_kappa(three(2))) == pytest.approx(
        (0.66197183, 0.40917827, 0.91476539), abs=2e-7
    )


def test_cohens_own_example_has_his_figure():
    """Cohen 1960, table 1: 200 patients in three diagnoses, kappa = 0.492."""
    counts = {
        "aa": 88,
        "ab": 14,
        "ac": 18,
        "ba": 10,
        "bb": 40,
        "bc": 10,
        "ca": 2,
        "cb": 6,
        "cc": 12,
    }
    found = cohen_kappa([list(pair) for pair, count in counts.items() for _ in range(count)])
    assert found.value == pytest.approx(0.492, abs=5e-4)
    assert found.n == 200


def test_the_paradox_of_high_agreement_and_low_kappa_is_there_and_ac1_escapes_it():
    """Feinstein and Cicchetti 1990, "High agreement but low kappa: I": 80, 5 and 10, 5 of 100."""
    rows = [["i", "i"]] * 80 + [["i", "o"]] * 5 + [["o", "i"]] * 10 + [["o", "o"]] * 5
    found = agreement(rows, "i", "o")
    assert found.percent.value == pytest.approx(0.85)
    assert found.cohen_kappa.value == pytest.approx(0.32, abs=0.005)
    assert found.positive.value == pytest.approx(160 / 175)
    assert found.negative.value == pytest.approx(10 / 25)
    assert found.gwet_ac1.value > 0.75


def spans(one, two, size):
    """Characters of a document of `size`, as two coders marked them."""
    return [["in" if at in each else "out" for each in (one, two)] for at in range(size)]


GOLDEN = [
    spans(range(100), range(50, 150), 10_000),
    spans(range(100), range(50, 150), 400),
    spans({*range(60), *range(40, 100)}, (), 1_000),
    spans(range(4_000), range(2_000), 4_000),
    spans({*range(60), *range(40, 100)}, range(100), 400),
]


@pytest.mark.parametrize("at", range(5))
def test_two_coders_of_one_text_agree_as_the_golden_figures_say(shared_dir, at):
    listed = yaml.safe_load((shared_dir / "data/statistics/golden.yaml").read_text())["agreement"]
    found = agreement(GOLDEN[at], "in", "out")
    assert found.cohen_kappa.value == pytest.approx(listed[at]["cohen_kappa"], abs=1e-3)
    assert found.krippendorff_alpha.value == pytest.approx(
        listed[at]["krippendorff_alpha"], abs=1e-3
    )


def test_the_plain_share_has_wilsons_interval():
    """Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I."""
    rows = [["i", "i"]] * 81 + [["i", "o"]] * 182
    found = percent(table(rows))
    assert shown(found) == pytest.approx((0.308, 0.2553, 0.3662), abs=5e-5)
    assert found.interval.method == "Wilson"


def test_all_alike_is_never_called_perfect_beyond_chance():
    found = agreement([["o", "o"]] * 30, "i", "o")
    assert found.percent.value == 1.0
    assert found.percent.interval.low < 0.9
    for each in (found.cohen_kappa, found.fleiss_kappa, found.gwet_ac1, found.krippendorff_alpha):
        assert each == Measure(Undefined.ONE_CATEGORY, Undefined.ONE_CATEGORY, 30)
    assert found.positive.value is Undefined.NEVER_USED
    assert found.negative == Measure(1.0, Undefined.NO_SPREAD, 30)


@pytest.mark.parametrize("rows", [[], [["i", None], [None, "o"]], [[None, None]]])
def test_nothing_decided_by_two_people_is_undefined(rows):
    found = agreement(rows, "i", "o")
    for each in vars(found).values():
        assert each == Measure(Undefined.NOTHING_SHARED, Undefined.NOTHING_SHARED, 0)


def test_one_record_has_a_figure_and_no_interval():
    found = agreement([["i", "o"]], "i", "o")
    assert found.percent.value == 0.0
    assert found.krippendorff_alpha.value == pytest.approx(0)
    assert found.krippendorff_alpha.interval is Undefined.TOO_FEW


def test_full_agreement_on_two_categories_is_one_without_an_interval():
    found = agreement([["i", "i"]] * 3 + [["o", "o"]] * 4, "i", "o")
    assert found.cohen_kappa == Measure(1.0, Undefined.NO_SPREAD, 7)


def test_kappa_for_two_says_so_when_there_are_three():
    assert agreement(three(), "i", "o").cohen_kappa.value is Undefined.NOT_TWO


def test_what_nobody_chose_counts_for_ac1_when_it_could_be_chosen():
    few = agreement(three(), "i", "o").gwet_ac1.value
    many = agreement(three(), "i", "o", ["i", "maybe", "o"]).gwet_ac1.value
    assert many > few


def test_every_undefined_says_why_in_a_sentence():
    assert all(each.value.endswith(".") for each in Undefined)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["i", "o"], ["i"]], "between 1 and 2 ratings"),
        ([["i"]], "at least two people"),
        ([["i", "o"], ["i", "?"]], "Record 2: '[?]' is not among"),
    ],
)
def test_what_is_no_table_is_told_with_its_place(rows, sentence):
    with pytest.raises(ValueError, match=sentence):
        agreement(rows, "i", "o", ["i", "o"])


def test_an_unknown_category_is_told():
    with pytest.raises(ValueError, match="'x' is not among"):
        on_category(table([["i", "o"]]), "x")


ROWS = st.integers(2, 4).flatmap(
    lambda wide: st.lists(
        st.lists(st.sampled_from(["i", "o", "m", None]), min_size=wide, max_size=wide), max_size=12
    )
)


@settings(deadline=None)
@given(ROWS)
def test_no_ratings_give_nan_or_more_than_one_and_intervals_hold_their_figure(rows):
    for each in vars(agreement(rows, "i", "o")).values():
        assert isinstance(each.value, Undefined) or -math.inf < each.value <= 1.0 + 1e-12
        if isinstance(each.interval, Interval):
            assert -math.inf < each.interval.low <= each.value + 1e-9
            assert each.value - 1e-9 <= each.interval.high <= 1


@settings(deadline=None)
@given(ROWS, st.permutations(range(12)))
def test_neither_the_order_of_records_nor_of_people_matters(rows, order):
    turned = [rows[at][::-1] for at in order if at < len(rows)]
    one, two = agreement(rows, "i", "o"), agreement(turned, "i", "o")
    for name in Agreement.__dataclass_fields__:
        first, second = getattr(one, name).value, getattr(two, name).value
        assert first == second or first == pytest.approx(second)


def test_alpha_of_all_small_tables_is_as_its_definition_says():
    """1 - (observed pairs that differ) / (expected ones), counted by hand, pair by pair."""
    for rows in itertools.product(itertools.product("io", repeat=2), repeat=3):
        said = [each for row in rows for each in row]
        seen = sum(one != two for one, two in rows) / 3
        pairs = list(itertools.permutations(range(6), 2))
        by_chance = sum(said[one] != said[two] for one, two in pairs) / len(pairs)
        found = krippendorff_alpha(table([list(row) for row in rows])).value
        if by_chance:
            assert found == pytest.approx(1 - seen / by_chance)
        else:
            assert found is Undefined.ONE_CATEGORY
