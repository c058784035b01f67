"""Charting, counted: what a form is, what was charted, compared, merged, mapped, in tables."""

from decimal import Decimal

import pytest
from hypothesis import given as some
from hypothesis import strategies as st

from firsthand.methods.agreement import Undefined
from firsthand.methods.charting import designing, tabular
from firsthand.methods.charting.choosing import askable, in_order, kept
from firsthand.methods.charting.comparing import agreement, alike, compare, together
from firsthand.methods.charting.drawing import draw
from firsthand.methods.charting.gaps import counted, sentences
from firsthand.methods.charting.mapping import crossed
from firsthand.methods.charting.merging import carried, merge
from firsthand.methods.charting.naming import apart, family, short_name
from firsthand.methods.charting.plain import read_answers, read_form, told_answers, told_form
from firsthand.methods.charting.values import (
    CHOICE,
    DATE,
    DIFFERS,
    GIVEN,
    GROUP,
    MANY,
    NOT_CHARTED,
    NOT_REPORTED,
    NUMBER,
    TEXT,
    UNCHARTED,
    UNREPORTED,
    Answer,
    Charted,
    Choice,
    Day,
    Entry,
    Field,
    Passage,
    asked,
    chosen,
    entries,
    words,
)

AIM = Field("aim", TEXT, "Aim")
MANY_OF = Field("n", NUMBER, "Participants", unit="people")
HARM = Field("harm", CHOICE, "Harm", choices=(Choice("y", "Yes"), Choice("n", "No")))
WHO = Field(
    "who", MANY, "Disability",
    choices=(Choice("l", "Learning"), Choice("p", "Physical"), Choice("s", "Sensory")),
)  # fmt: skip
WHEN = Field("when", DATE, "Done when")
SAID = Field("said", TEXT, "Finding")
THEME = Field("theme", CHOICE, "Theme", choices=(Choice("t", "Trust"), Choice("m", "Money")))
FOUND = Field("found", GROUP, "Findings", parts=(SAID, THEME))
FORM = (AIM, MANY_OF, HARM, WHO, WHEN, FOUND)


def it(value, *passages):
    return Answer(GIVEN, value, passages)


def study(number, **answers):
    return Charted(number, f"Brook {2000 + number}", answers)


ONE = study(
    1, aim=it("To know"), n=it("12"), harm=it("y"), who=it(("l",)),
    when=it(Day("2015", "2015-01-01", "2015-12-31")),
    found=it((Entry({"said": it("Nobody asked"), "theme": it("t")}), Entry({"theme": it("m")}))),
)  # fmt: skip
TWO = study(2, aim=it("To ask"), n=it("7"), harm=it("n"), who=UNREPORTED, found=UNREPORTED)
THREE = study(3, harm=UNREPORTED, who=it(("l", "p")), n=Answer(DIFFERS))
ALL = (ONE, TWO, THREE)


# -- gaps ------------------------------------------------------------------------------------


def test_not_reported_no_and_not_charted_are_three_things():
    harm = next(each for each in counted(FORM, ALL) if each.field == HARM)
    assert (harm.reported, harm.not_reported, harm.not_charted) == ((1, 2), (3,), ())
    assert [(line.label, line.studies) for line in harm.lines] == [("Yes", (1,)), ("No", (2,))]
    aim = counted(FORM, ALL)[0]
    assert (aim.reported, aim.not_charted) == ((1, 2), (3,))


def test_a_choice_that_no_study_reported_is_said_to_be_a_gap():
    found = sentences(counted(FORM, ALL))
    assert "Disability: no study reported \u201cSensory\u201d." in found
    assert not any("Learning" in each for each in found)


def test_a_field_that_all_looked_for_and_none_reported_is_a_gap_of_its_own():
    assert sentences(counted((AIM,), [study(1, aim=UNREPORTED)])) == ("Aim: no study reported it.",)


def test_where_not_all_is_charted_a_gap_is_one_of_what_is_charted():
    some_ = counted((WHO, AIM), [study(1, who=it(("l", "p")), aim=UNREPORTED), study(2)])
    assert sentences(some_) == (
        "Disability: no study that is charted reported \u201cSensory\u201d.",
        "Aim: no study that is charted reported it.",
    )
    assert "no study reported" in sentences(some_, so_far=False)[0]


def test_before_anything_is_charted_no_gap_is_known():
    assert sentences(counted(FORM, [study(1), study(2)])) == ()
    assert sentences(counted(FORM, [])) == ()


def test_what_two_charted_differently_counts_for_neither():
    found = counted(FORM, ALL)[1]
    assert (found.reported, found.differs) == ((1, 2), (3,))


def test_parts_of_a_group_are_counted_by_study_and_not_by_entry():
    theme = next(each for each in counted(FORM, ALL) if each.field == THEME)
    assert theme.name == "Findings: Theme"
    assert [line.studies for line in theme.lines] == [(1,), (1,)]
    assert (theme.not_reported, theme.not_charted) == ((2,), (3,))
    bare = study(4, found=it((Entry({"said": it("x")}),)))
    assert counted((FOUND,), [bare])[2].not_charted == (4,)


def test_a_choice_that_the_form_no_longer_has_is_counted_all_the_same():
    line = counted((HARM,), [study(1, harm=it("gone"))])[0].lines[-1]
    assert (line.label, line.studies) == ("gone", (1,))


# -- comparing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "one", "other", "same"),
    [
        (AIM, it("To  Know "), it("to know"), True),
        (AIM, it("To know"), it("To ask"), False),
        (AIM, UNREPORTED, it("To ask"), False),
        (AIM, UNREPORTED, UNREPORTED, True),
        (AIM, UNCHARTED, UNREPORTED, False),
        (MANY_OF, it("7"), it("7.0"), True),
        (MANY_OF, it("7"), it("70"), False),
        (MANY_OF, it("seven"), it("Seven"), True),
        (HARM, it("y"), it("n"), False),
        (WHO, it(("l", "p")), it(("p", "l")), True),
        (WHO, it(("l",)), it(("p", "l")), False),
        (WHEN, it(Day("2015", "2015-01-01", "2015-12-31")),
         it(Day("in 2015", "2015-01-01", "2015-12-31")), True),
        (WHEN, it(Day("Then")), it(Day("then")), True),
        (FOUND, ONE["found"], ONE["found"], True),
        (FOUND, ONE["found"], it((Entry({"theme": it("m")}),)), False),
        (FOUND, it((Entry({"said": it("A")}),)), it((Entry({"said": it("a")}),)), True),
        (AIM, it("x", Passage("here")), it("x", Passage("there")), True),
    ],
)  # fmt: skip
def test_two_answers_are_alike_when_they_say_the_same(field, one, other, same):
    assert alike(field, one, other) is same
    assert alike(field, other, one) is same


def test_two_charts_are_compared_field_by_field_retired_ones_left_out():
    gone = Field("old", TEXT, "Old", retired=True)
    found = compare((AIM, gone, HARM), {"harm": it("y")}, {"harm": it("n")})
    assert [(each.field.key, each.alike) for each in found] == [("aim", True), ("harm", False)]


def test_what_settles_counts_else_what_both_say_else_it_differs():
    one = {"aim": it("To know", Passage("a")), "harm": it("y"), "n": it("3")}
    other = {"aim": it("to know", Passage("b")), "harm": it("n"), "n": it("4")}
    found = together(FORM, [one, other], {"harm": UNREPORTED})
    assert found["aim"] == it("To know", Passage("a"), Passage("b"))
    assert found["harm"] == UNREPORTED
    assert found["n"].state == DIFFERS
    assert "who" not in found


def test_agreement_is_a_share_and_for_choices_kappa_and_ac1_too():
    """Cohen's kappa by hand: 4 both yes, 3 both no, 3 differ; chance .7 x .4 + .3 x .6."""
    pairs = [("y", "y")] * 4 + [("n", "n")] * 3 + [("y", "n")] * 3
    twice = [({"harm": it(a)}, {"harm": it(b)}) for a, b in pairs]
    (found,) = agreement((HARM,), twice)
    assert found.percent.value == pytest.approx(0.7)
    assert found.kappa is not None
    assert found.kappa.value == pytest.approx((0.7 - 0.46) / (1 - 0.46))
    assert found.ac1 is not None
    assert found.ac1.n == 10


def test_agreement_that_cannot_be_told_is_undefined_and_never_a_number():
    (nothing,) = agreement((HARM,), [])
    assert nothing.percent.value is Undefined.NOTHING_SHARED
    (same,) = agreement((HARM,), [({"harm": it("y")}, {"harm": it("y")})] * 3)
    assert same.percent.value == 1
    assert same.kappa.value is Undefined.ONE_CATEGORY
    (half,) = agreement((HARM,), [({"harm": it("y")}, {})])
    assert half.percent.n == 0


def test_any_of_several_choices_is_compared_whole_and_choice_by_choice():
    found = agreement((WHO,), [({"who": it(("l",))}, {"who": it(("l", "p"))})])
    assert [each.label for each in found] == [
        "Disability", "Disability: Learning", "Disability: Physical", "Disability: Sensory",
    ]  # fmt: skip
    assert [each.percent.value for each in found] == [0, 1, 0, 1]
    assert found[0].kappa is None


def test_not_reported_is_a_choice_of_its_own_when_people_are_compared():
    twice = [
        ({"harm": UNREPORTED}, {"harm": it("n")}),
        ({"harm": UNREPORTED}, {"harm": UNREPORTED}),
    ]
    assert agreement((HARM,), twice)[0].percent.value == 0.5


# -- two windows, and a later version ----------------------------------------------------------


def test_what_one_window_left_alone_is_as_the_other_saved_it():
    began, saved = {"a": it("1"), "b": it("1")}, {"a": it("2"), "b": it("1")}
    found = merge(began, {"a": it("1"), "b": it("3")}, saved)
    assert (found.answers, found.clashes) == ({"a": it("2"), "b": it("3")}, ())


def test_where_both_windows_changed_a_field_both_are_told():
    found = merge({"a": it("1")}, {"a": it("2")}, {"a": it("3")})
    assert found.clashes == ("a",)
    assert found.answers == {"a": it("2")}


def test_both_windows_saying_the_same_is_no_clash_and_taking_out_is_a_change():
    assert merge({}, {"a": it("2")}, {"a": it("2")}).clashes == ()
    assert merge({"a": it("1")}, {}, {"a": it("1")}).answers == {}
    assert merge({"a": it("1")}, {}, {"a": it("2")}).clashes == ("a",)


_SOME = st.dictionaries(st.sampled_from("abc"), st.builds(it, st.sampled_from("xyz")))


@some(_SOME, _SOME, _SOME)
def test_a_merge_never_makes_anything_up_and_loses_nothing_unless_it_says_so(began, mine, saved):
    found = merge(began, mine, saved)
    for key, each in found.answers.items():
        assert each in (mine.get(key), saved.get(key))
    for key in {*mine, *saved} - set(found.clashes):
        changed = [each.get(key) for each in (mine, saved) if each.get(key) != began.get(key)]
        assert found.answers.get(key) == (changed[0] if changed else began.get(key))


def test_a_later_version_carries_what_was_charted_for_fields_that_did_not_change():
    from dataclasses import replace

    now = (
        replace(AIM, help="Say it in a sentence", required=True), replace(HARM, label="Any harm"),
        replace(MANY_OF, retired=True), replace(WHO, choices=WHO.choices[::-1]),
        replace(FOUND, parts=(SAID,)),
    )  # fmt: skip
    assert set(carried(FORM, ONE.answers, now)) == {"aim", "who"}
    assert carried((), ONE.answers, now) == {}


# -- designing ---------------------------------------------------------------------------------


def test_fields_and_parts_are_found_added_moved_changed_and_taken_out():
    form = designing.added(FORM, Field("x", TEXT, "More"))
    form = designing.added(form, Field("y", TEXT, "Who said it"), into="found")
    assert designing.find(form, "y")[1].key == "found"
    assert designing.find(form, "x") == (Field("x", TEXT, "More"), None)
    assert designing.keys(designing.moved(form, "x", -1))[-5:] == (
        "x",
        "found",
        "said",
        "theme",
        "y",
    )
    assert [each.key for each in designing.moved(form, "y", -1)[5].parts] == ["said", "y", "theme"]
    assert designing.moved(form, "aim", -1) == form
    assert designing.moved(form, "x", 1) == form
    assert "y" not in designing.keys(designing.without(form, "y"))
    with pytest.raises(KeyError):
        designing.find(form, "nothing")


def test_a_choice_worded_as_before_keeps_its_key_and_another_gets_a_new_one():
    keys = iter(["c1", "c2"])
    found = designing.choices(["Yes", "Perhaps", "Yes"], HARM.choices, lambda: next(keys))
    assert found == (Choice("y", "Yes"), Choice("c1", "Perhaps"))


# -- drawing -----------------------------------------------------------------------------------


def test_the_same_seed_draws_the_same_studies_and_at_least_the_share():
    pool = list(range(1, 23))
    assert draw(pool, 25, 7) == draw(pool, 25, 7)
    assert len(draw(pool, 25, 7)) == 6  # 5.5, and at least the share
    assert draw(pool, 100, 3) == tuple(pool)
    assert draw([], 25, 1) == ()
    assert len({draw(pool, 25, seed) for seed in range(20)}) > 10


@pytest.mark.parametrize("share", [0, -1, 101])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(ValueError, match="per cent"):
        draw([1], share, 1)


# -- map ---------------------------------------------------------------------------------------


def test_a_study_stands_in_every_cell_whose_choices_it_reported():
    known = askable(FORM)
    found = crossed([known["harm"], known["who"]], ALL)
    assert found.studies("y", "l") == (1,)
    assert found.studies("n", NOT_REPORTED) == (2,)
    assert found.studies(NOT_REPORTED, "l") == found.studies(NOT_REPORTED, "p") == (3,)
    assert found.studies("y", "s") == ()
    assert (found.most, found.left_out) == (1, ())
    assert [each.label for each in found.axes[0]] == ["Yes", "No", "Not reported"]


def test_a_third_field_parts_the_cells_and_what_is_not_charted_is_left_out_and_named():
    known = askable(FORM)
    found = crossed([known["harm"], known["who"], known["theme"]], ALL)
    assert found.studies("y", "l") == found.studies("y", "l", "t") == found.studies("y", "l", "m")
    assert found.left_out == (3,)
    assert crossed([known["harm"], known["n"]], []).most == 0


# -- tables ------------------------------------------------------------------------------------


def test_a_table_says_in_words_what_is_not_reported_and_what_is_not_charted():
    rows = tabular.wide(FORM, ALL)
    assert rows[0][:4] == ("Study", "Name", "Aim", "Participants (people)")
    assert rows[1] == ("1", "Brook 2001", "To know", "12", "Yes", "Learning", "2015", "2")
    assert rows[2][5:] == ("Not reported", "Not charted yet", "Not reported")
    assert rows[3][2:5] == ("Not charted yet", "To be reconciled", "Not reported")


def test_what_repeats_has_a_row_an_entry():
    rows = tabular.long(FOUND, ALL)
    assert rows[0] == ("Study", "Name", "Entry", "Finding", "Theme")
    assert rows[1:3] == (
        ("1", "Brook 2001", "1", "Nobody asked", "Trust"),
        ("1", "Brook 2001", "2", "Not charted yet", "Money"),
    )
    assert rows[3] == ("2", "Brook 2002", "", "Not reported", "Not reported")
    assert rows[4][2:] == ("", "Not charted yet", "Not charted yet")
    assert tabular.groups(FORM) == (FOUND,)


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({}, [1, 2, 3]), ({"harm": "y"}, [1]), ({"harm": NOT_REPORTED}, [3]),
        ({"who": "l"}, [1, 3]), ({"who": "l", "harm": "y"}, [1]), ({"aim": "TO"}, [1, 2]),
        ({"aim": NOT_CHARTED}, [3]), ({"n": DIFFERS}, [3]), ({"theme": "m"}, [1]),
        ({"unknown": "x"}, [1, 2, 3]), ({"aim": ""}, [1, 2, 3]), ({"harm": "never"}, []),
    ],
)  # fmt: skip
def test_studies_are_chosen_by_what_they_reported_or_did_not(wanted, numbers):
    assert [each.number for each in kept(FORM, ALL, wanted)] == numbers


def test_studies_are_put_in_order_and_those_without_an_answer_come_last():
    def order(by, **more):
        return [each.number for each in in_order(FORM, ALL, by, **more)]

    assert order("n") == [2, 1, 3]  # 7 before 12: as numbers
    assert order("n", down=True) == [1, 2, 3]
    assert order("aim") == [2, 1, 3]
    assert order("when") == [1, 2, 3]
    assert order("name", down=True) == [3, 2, 1]
    assert order("nothing", down=True) == [3, 2, 1]
    assert [s.number for s in in_order(FORM, [study(1, n=it("x")), study(2, n=it("-1"))], "n")] == [
        2,
        1,
    ]


def test_answers_are_read_as_words():
    assert words(MANY_OF, it("12")) == "12 people"
    assert words(FOUND, ONE["found"]) == "Finding: Nobody asked; Theme: Trust | Theme: Money"
    assert words(HARM, it("gone")) == "gone"
    assert words(WHEN, it(Day("spring"))) == "spring"
    assert (entries(UNREPORTED), chosen(UNREPORTED)) == ((), ())
    assert asked((Field("x", TEXT, "X", retired=True),)) == ()
    assert Decimal("7") == Decimal("7.0")


# -- JSON --------------------------------------------------------------------------------------


def test_forms_and_answers_go_to_json_and_back_without_loss():
    import json

    form = (*FORM, Field("o", TEXT, "Old", "Help", required=True, retired=True))
    assert read_form(json.loads(json.dumps(told_form(form)))) == form
    every = {
        **ONE.answers, "x": UNREPORTED, "y": Answer(NOT_REPORTED, None, (Passage("q", 4, "p. 3"),)),
        "z": it((Entry({"a": it("b", Passage("c"))}, (Passage("d", 2),)),)),
    }  # fmt: skip
    assert read_answers(json.loads(json.dumps(told_answers(every)))) == every


# -- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("authors", "year", "title", "name"),
    [
        (["Brook, Ada", "Fell, Sam"], 2019, "T", "Brook 2019"),
        (["Ada Brook"], 2019, "T", "Brook 2019"),
        (["Brook A"], None, "T", "Brook"),
        (["van der Berg, J."], 2001, "T", "van der Berg 2001"),
        (["Brook AB"], 2001, "T", "Brook 2001"),
        (["WHO"], 2001, "T", "WHO 2001"),
        ([""], 2001, "A title", "A title 2001"),
        ([], None, "A" * 70, "A" * 60 + "\u2026"),
        ([], None, "", "Record 4"),
    ],
)
def test_a_study_is_called_by_its_first_author_and_year(authors, year, title, name):
    assert short_name(authors, year, title, 4) == name


def test_a_name_that_is_taken_gets_a_letter():
    assert apart("Brook 2019", []) == "Brook 2019"
    assert apart("Brook 2019", ["Brook 2019", "Brook 2019b"]) == "Brook 2019c"
    many = ["B", *(f"B{each}" for each in "bcdefghijklmnopqrstuvwxyz")]
    assert apart("B", many) == "B (27)"
    assert family("") == ""
