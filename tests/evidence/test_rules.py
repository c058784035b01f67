"""How a record stands follows from its decisions alone, and only along the table of moves."""

from itertools import product

import pytest

from firsthand.evidence import rules
from firsthand.evidence.rules import EXCLUDE, INCLUDE, MAYBE


@pytest.mark.parametrize(
    ("choices", "needed", "settled", "stands"),
    [
        ([], 2, "", rules.UNSEEN),
        ([INCLUDE], 2, "", rules.PARTLY),
        ([INCLUDE, INCLUDE], 2, "", rules.INCLUDED),
        ([EXCLUDE, EXCLUDE], 2, "", rules.EXCLUDED),
        ([INCLUDE, EXCLUDE], 2, "", rules.CONFLICT),
        ([MAYBE, MAYBE], 2, "", rules.CONFLICT),
        ([MAYBE], 1, "", rules.CONFLICT),
        ([INCLUDE, EXCLUDE], 2, INCLUDE, rules.INCLUDED),
        ([INCLUDE, MAYBE], 2, EXCLUDE, rules.EXCLUDED),
        ([INCLUDE, INCLUDE, EXCLUDE], 3, "", rules.CONFLICT),
    ],
)
def test_how_a_record_stands(choices, needed, settled, stands):
    assert rules.stands(choices, needed, settled) == stands


def test_every_way_to_decide_is_in_the_table_of_moves():
    for needed in (1, 2, 3):
        for count in range(1, needed + 1):
            for choices in product(rules.CHOICES, repeat=count):
                before = rules.stands(choices[:-1], needed)
                assert rules.after(before, rules.DECIDE, choices, needed) in rules.STATES
                after = rules.stands(choices, needed)
                assert rules.after(after, rules.UNDO, choices[:-1], needed) in rules.OPEN


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (rules.UNSEEN, rules.UNDO), (rules.UNSEEN, rules.RESOLVE), (rules.PARTLY, rules.RESOLVE),
        (rules.CONFLICT, rules.DECIDE), (rules.INCLUDED, rules.DECIDE),
        (rules.EXCLUDED, rules.RESOLVE),
    ],
)  # fmt: skip
def test_what_is_not_in_the_table_is_not_done(state, step):
    with pytest.raises(rules.NotAllowed):
        rules.after(state, step, [INCLUDE, EXCLUDE], 2, INCLUDE)


def test_every_state_and_step_has_its_words():
    assert set(rules.MOVES) == set(rules.STATES)
    assert {step for moves in rules.MOVES.values() for step in moves} == set(rules.STEPS)


def test_only_adding_before_screening_needs_no_reason():
    for change, decided in product(rules.CHANGES, (True, False)):
        free = change == rules.ADDED and not decided
        assert rules.reason_needed(change, decided) is not free
