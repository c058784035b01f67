"""The table of moves: what can never happen, whatever order things come in."""

import pathlib
from datetime import date, timedelta

import pytest
from hypothesis import settings, strategies
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from firsthand.repair import diagram, rules
from firsthand.repair.rules import PERSON, TEAM, Facts, NotAllowed

ROOT = pathlib.Path(__file__).parents[2]
DAY = date(2026, 3, 2)
steps = strategies.sampled_from(sorted(rules.STEPS))
parties = strategies.sampled_from(sorted(rules.PARTIES))


def moves():
    return [(s, step, move) for s, each in rules.MOVES.items() for step, move in each.items()]


class Conversation(RuleBasedStateMachine):
    """Two sides doing whatever they can, and trying what they cannot."""

    def __init__(self):
        super().__init__()
        self.stage, self.facts = rules.ASKED, Facts()
        self.closed_by = self.judged_by = None
        self.ended = False

    def take(self, step, by, facts):
        before = self.stage
        try:
            self.stage = rules.after(before, step, by, facts)
        except NotAllowed:
            assert self.stage == before
            return
        self.facts = facts
        if step in (rules.CLOSE, rules.REOPEN):
            self.closed_by = by
        if step == rules.JUDGE:
            self.judged_by = by
        self.ended = self.ended or step in (rules.STOP, rules.WITHDRAW)

    @rule(by=parties)
    def opens(self, by):
        self.take(rules.OPEN, by, Facts(True, self.facts.answered, self.facts.running))

    @rule(by=parties, promises=strategies.integers(0, 3))
    def answers(self, by, promises):
        self.take(rules.ANSWER, by, Facts(self.facts.opened, True, self.facts.running + promises))

    @rule(by=parties, change=strategies.sampled_from((-1, 1)))
    @precondition(lambda self: self.facts.answered)
    def judges(self, by, change):
        running = max(self.facts.running + change, 0)
        self.take(rules.JUDGE, by, Facts(self.facts.opened, True, running))

    @rule(
        by=parties,
        step=strategies.sampled_from(
            (
                rules.WRITE,
                rules.CLOSE,
                rules.REOPEN,
                rules.LET_IN,
                rules.TAKE_OUT,
                rules.STOP,
                rules.WITHDRAW,
            )
        ),
    )
    def does(self, by, step):
        self.take(step, by, self.facts)

    @invariant()
    def only_the_person_judges_closes_and_opens_again(self):
        assert self.closed_by in (None, PERSON)
        assert self.judged_by in (None, PERSON)

    @invariant()
    def a_standing_stage_says_what_has_happened(self):
        if self.stage in rules.STANDING:
            assert self.stage == self.facts.stage

    @invariant()
    def what_is_ended_stays_ended(self):
        if self.ended:
            assert self.stage in (rules.STOPPED, rules.WITHDRAWN)
            for step in (rules.OPEN, rules.WRITE, rules.ANSWER, rules.REOPEN):
                assert not any(rules.may(self.stage, step, each) for each in rules.PARTIES)


Conversation.TestCase.settings = settings(deadline=None, max_examples=150, stateful_step_count=25)
TestConversation = Conversation.TestCase


def test_every_stage_has_its_row_and_every_move_leads_to_a_stage():
    assert set(rules.MOVES) == set(rules.STAGES)
    for _, step, move in moves():
        assert step in rules.STEPS
        assert set(move.to) <= set(rules.STAGES)
        assert set(move.by) <= set(rules.PARTIES)


def test_a_team_can_only_open_write_and_answer():
    assert {step for _, step, move in moves() if TEAM in move.by} == {
        rules.OPEN,
        rules.WRITE,
        rules.ANSWER,
    }


def test_a_companion_can_only_write_and_only_the_person_lets_one_in_or_takes_one_out():
    assert {step for _, step, move in moves() if rules.COMPANION in move.by} == {rules.WRITE}
    by = {move.by for _, step, move in moves() if step in (rules.LET_IN, rules.TAKE_OUT)}
    assert by == {(PERSON,)}


def test_a_companion_can_be_taken_out_for_as_long_as_there_is_something_to_read():
    for stage in rules.STAGES:
        assert rules.may(stage, rules.TAKE_OUT, PERSON) == (stage != rules.WITHDRAWN)


def test_the_person_can_always_withdraw_and_always_stop_sharing_what_is_shared():
    for stage in rules.STAGES:
        if stage != rules.WITHDRAWN:
            assert rules.may(stage, rules.WITHDRAW, PERSON)
        assert rules.may(stage, rules.STOP, PERSON) == (stage in rules.SEEN_BY_TEAM)


def test_a_step_cannot_lead_where_the_table_does_not():
    with pytest.raises(NotAllowed):
        rules.after(rules.READ, rules.WRITE, TEAM, Facts(True, True, 0))


@pytest.mark.parametrize(
    ("stage", "running", "due"),
    [
        (rules.ASKED, [], DAY),
        (rules.READ, [], DAY),
        (rules.ANSWERED, [], None),
        (rules.PROMISED, [DAY + timedelta(9), DAY + timedelta(3)], DAY + timedelta(3)),
        (rules.CLOSED, [DAY], None),
        (rules.STOPPED, [DAY], None),
    ],
)
def test_what_is_due_next(stage, running, due):
    assert rules.next_due(stage, DAY, running) == due


def test_a_day_is_overdue_once_it_has_wholly_passed():
    assert not rules.is_overdue(None, DAY)
    assert not rules.is_overdue(DAY, DAY)
    assert rules.is_overdue(DAY, DAY + timedelta(days=1))


def test_the_page_of_stages_is_made_from_the_table():
    page = ROOT / "docs/reference/repair-stages.md"
    assert page.read_text("utf-8") == diagram.page(), (
        "Run: python -m firsthand.repair.diagram > docs/reference/repair-stages.md"
    )


def test_the_diagram_draws_every_change_of_stage():
    drawn = diagram.diagram()
    for stage, _, move in moves():
        for to in move.to:
            assert (f"{stage} --> {to} :" in drawn) == (stage != to)
