"""The stages of what was told, and the way from one page of telling to the next and back."""

from datetime import date

import pytest

from firsthand.testimony import rules

SHARING = [(rules.HELP,), (rules.ANSWER,), (rules.COUNT, rules.ANSWER)]
KEEPING = [(), (rules.KEEP,), (rules.COUNT,)]


def test_every_stage_has_its_moves_and_no_other():
    assert set(rules.MOVES) == set(rules.STAGES)
    allowed = {(a, b) for a in rules.STAGES for b in rules.STAGES if rules.may_move(a, b)}
    assert allowed == {("draft", "kept"), ("draft", "withdrawn"), ("kept", "withdrawn")}


@pytest.mark.parametrize("wishes", SHARING)
def test_whoever_wants_to_be_read_walks_every_page_and_back(wishes):
    walked, step = [], "happened"
    while step != "check":
        step = rules.step_after(step, wishes)
        walked.append(step)
    assert tuple(walked) == rules.STEPS
    back = [rules.step_before(each, wishes) for each in rules.STEPS]
    assert back == ["happened", *rules.STEPS[:-1]]


@pytest.mark.parametrize("wishes", KEEPING)
def test_who_may_read_is_not_asked_of_someone_who_shares_with_nobody(wishes):
    assert rules.step_after("wishes", wishes) == "check"
    assert rules.step_before("check", wishes) == "wishes"
    assert rules.step_after("fits", wishes) == "wishes"


def test_the_page_after_the_first_is_the_first_that_may_be_skipped():
    assert rules.step_after("happened") == "more"
    assert rules.step_before("more") == "happened"


def test_all_but_the_check_can_be_changed_later():
    assert set(rules.CHANGEABLE) == {"happened", *rules.STEPS} - {"check"}


def test_each_wish_lets_in_its_own_kinds_and_no_others():
    assert rules.kinds_for((rules.KEEP, rules.COUNT)) == ()
    assert rules.kinds_for((rules.HELP,)) == ("user-led", "advocacy")
    assert rules.kinds_for((rules.ANSWER,)) == ("provider", "council")
    both = rules.kinds_for((rules.ANSWER, rules.HELP))
    assert set(both) == {"user-led", "advocacy", "provider", "council"}


def test_the_last_day_itself_is_not_over():
    assert not rules.is_over("", date(2027, 1, 2))
    assert not rules.is_over("2027-01-02", date(2027, 1, 2))
    assert rules.is_over("2027-01-01", date(2027, 1, 2))
