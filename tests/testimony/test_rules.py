"""The stages of what was told, and the way from one page of telling to the next and back."""

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
