"""Blind until all have decided; taken back while blind; settled by a further decision."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from firsthand.access.refused import Refused
from firsthand.evidence import rules, screening
from firsthand.evidence.actions import reviews, rounds
from firsthand.evidence.actions import screening as actions
from firsthand.evidence.calibration import calibration
from firsthand.evidence.models import Decision, Screening, Trail
from firsthand.evidence.rules import ABSTRACT, EXCLUDE, FULL_TEXT, INCLUDE, MAYBE
from firsthand.methods.agreement import Undefined
from tests.evidence import kit

pytestmark = pytest.mark.django_db


@pytest.fixture
def members():
    return kit.review("Ada", "Ben", "Cai")


@pytest.fixture
def record(members):
    return kit.imported(members[0], 1)[0]


def test_two_decide_a_record_and_nobody_else_is_asked(members, record):
    ada, ben, cai = members
    assert kit.decide(record, (ada, INCLUDE)).state == rules.PARTLY
    assert kit.next_number(cai) == 1
    assert kit.decide(record, (ben, INCLUDE)).state == rules.INCLUDED
    assert kit.next_number(cai) is None
    with pytest.raises(Refused, match="Others have decided this record meanwhile"):
        actions.decide(cai, kit.at(record), INCLUDE)


def test_what_is_included_goes_on_to_full_text_and_what_is_not_does_not(members):
    ada, ben, _ = members
    one, other = kit.imported(ada, 2)
    kit.decide(one, (ada, INCLUDE), (ben, INCLUDE))
    kit.decide(other, (ada, EXCLUDE), (ben, EXCLUDE))
    assert [row.record for row in Screening.objects.filter(stage=FULL_TEXT)] == [one]


def test_the_same_decision_sent_twice_is_there_once(members, record):
    ada = members[0]
    first = actions.decide(ada, kit.at(record), INCLUDE, "note")
    assert actions.decide(ada, kit.at(record), INCLUDE) == first
    with pytest.raises(Refused, match="Undo that first"):
        actions.decide(ada, kit.at(record), EXCLUDE)


def test_a_reviewer_decides_a_record_once_a_stage_says_the_database(members, record):
    actions.decide(members[0], kit.at(record), INCLUDE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            screening=kit.at(record), member=members[0], choice=EXCLUDE, criteria_version=0
        )


def test_a_record_of_another_review_cannot_be_decided(members, record):
    stranger = kit.review("Dee")[0]
    with pytest.raises(Refused):
        actions.decide(stranger, kit.at(record), INCLUDE)


def test_nothing_of_a_decision_is_shown_before_all_have_decided(members, record):
    ada, ben, _ = members
    kit.decide(record, (ada, EXCLUDE))
    rows = Screening.objects.all()
    assert not screening.opened(rows)
    assert screening.own(ben, kit.at(record)) is None
    kit.decide(record, (ben, INCLUDE))
    assert [d.choice for d in screening.opened(rows)[0].decisions.all()] == [EXCLUDE, INCLUDE]


# -- taking back ------------------------------------------------------------------------------


def test_a_decision_is_taken_back_and_the_trail_keeps_it(members, record):
    ada = members[0]
    actions.decide(ada, kit.at(record), EXCLUDE, "not about care")
    assert actions.undo(ada, kit.at(record))["note"] == "not about care"
    assert kit.at(record).state == rules.UNSEEN
    line = Trail.objects.get(did="decision taken back")
    assert (line.by, line.about["choice"], line.about["note"]) == (
        ada.user, "exclude", "not about care",
    )  # fmt: skip


def test_the_last_to_decide_may_take_it_back_while_still_blind(members, record):
    ada, ben, _ = members
    kit.decide(record, (ada, INCLUDE), (ben, INCLUDE))
    actions.undo(ben, kit.at(record))
    assert kit.at(record).state == rules.PARTLY
    assert not Screening.objects.filter(stage=FULL_TEXT).exists()


@pytest.mark.parametrize("all_of_it", [True, False])
def test_whoever_saw_anothers_decision_cannot_take_theirs_back(members, record, all_of_it):
    ada, ben, _ = members
    row = kit.decide(record, (ada, INCLUDE), (ben, EXCLUDE))
    actions.reveal_all(ada) if all_of_it else actions.reveal(ada, [row])
    with pytest.raises(Refused, match="would not be blind"):
        actions.undo(ada, row)
    actions.undo(ben, row)  # who saw nothing yet


def test_seeing_counts_shows_nothing_of_a_record_that_waits(members, record):
    ada = members[0]
    kit.decide(record, (ada, INCLUDE))
    actions.reveal_all(ada)
    actions.undo(ada, kit.at(record))


def test_what_was_never_decided_is_not_taken_back(members, record):
    with pytest.raises(Refused, match="You have not decided"):
        actions.undo(members[0], kit.at(record))


def test_what_is_read_in_full_already_stays_included(members, record):
    ada, ben, _ = members
    kit.decide(record, (ada, INCLUDE), (ben, INCLUDE))
    kit.decide(record, (ada, INCLUDE), stage=FULL_TEXT)
    with pytest.raises(Refused, match="being read in full"):
        actions.undo(ben, kit.at(record))


# -- settling ---------------------------------------------------------------------------------


@pytest.mark.parametrize("other", [EXCLUDE, MAYBE])
def test_a_further_decision_settles_it_and_both_first_ones_stay(members, record, other):
    ada, ben, cai = members
    row = kit.decide(record, (ada, INCLUDE), (ben, other))
    assert list(screening.conflicts(row.review, ABSTRACT)) == [row]
    actions.resolve(cai, row, EXCLUDE, "We talked")
    row.refresh_from_db()
    assert row.state == rules.EXCLUDED
    assert [each.choice for each in row.decisions.all()] == [INCLUDE, other]
    assert row.resolution.note == "We talked"
    with pytest.raises(Refused, match="nothing to settle"):
        actions.resolve(ada, row, INCLUDE)
    with pytest.raises(Refused, match="settled since"):
        actions.undo(ada, row)


def test_what_is_settled_as_included_goes_on(members, record):
    ada, ben, cai = members
    actions.resolve(cai, kit.decide(record, (ada, MAYBE), (ben, MAYBE)), INCLUDE)
    assert Screening.objects.get(stage=FULL_TEXT).record == record


# -- which is next -----------------------------------------------------------------------------


def test_the_next_is_the_first_behind_the_last_and_then_what_was_skipped(members):
    ada, ben, _ = members
    records = kit.imported(ada, 3)
    kit.decide(records[1], (ada, INCLUDE))
    assert kit.next_number(ada) == 1
    assert kit.next_number(ada, after=1) == 3
    assert kit.next_number(ada, after=3) == 1
    assert kit.next_number(ben, after=1) == 2


def test_the_one_before_is_the_nearest_of_my_own(members):
    ada, ben, _ = members
    records = kit.imported(ada, 4)
    kit.decide(records[0], (ada, INCLUDE))
    kit.decide(records[2], (ada, INCLUDE))
    kit.decide(records[1], (ben, INCLUDE))
    assert screening.earlier_of(ada, kit.at(records[3])).record == records[2]
    assert screening.earlier_of(ada, kit.at(records[2])).record == records[0]
    assert screening.earlier_of(ada, kit.at(records[0])) is None
    assert screening.last_of(ada, ABSTRACT).record == records[2]


# -- calibration ------------------------------------------------------------------------------


def test_the_records_of_a_round_come_first_and_are_decided_by_all(members):
    ada, _, cai = members
    kit.imported(ada, 20)
    row = rounds.begin(ada, ABSTRACT, 3, seed=7)
    drawn = list(row.screenings.values_list("number", flat=True))
    assert len(drawn) == 3
    for member in members:
        seen = []
        while (found := screening.next_for(member, ABSTRACT)) and found.round_id == row.id:
            seen.append(found.number)
            actions.decide(member, found, INCLUDE if member != cai or seen[1:] else EXCLUDE)
        assert seen == sorted(drawn)
    went = calibration(row)
    assert went.is_over
    assert (went.alike, went.decided, went.reviewers) == (2, 3, 3)
    assert [(str(each), each.alike) for each in went.pairs] == [
        ("Ada and Ben", 3), ("Ada and Cai", 2), ("Ben and Cai", 2),
    ]  # fmt: skip
    assert [each.number for each in went.differed] == sorted(drawn)[:1]


def test_the_same_seed_draws_the_same_records():
    drawn = []
    for name in ("Ada", "Eve"):
        owner = kit.review(name, f"{name} two")[0]
        kit.imported(owner, 50)
        row = rounds.begin(owner, ABSTRACT, 10, seed=3)
        drawn.append(list(row.screenings.values_list("number", flat=True)))
    assert drawn[0] == drawn[1] != list(range(1, 11))


def test_a_round_needs_two_people_records_and_no_other_round():
    ada, *_ = kit.review("Ada")
    with pytest.raises(Refused, match="second member"):
        rounds.begin(ada, ABSTRACT, 5)
    ben = reviews.add_member(ada, kit.user("Ben"), rules.REVIEWER)
    with pytest.raises(Refused, match="no record left"):
        rounds.begin(ada, ABSTRACT, 5)
    records = kit.imported(ada, 3)
    rounds.begin(ada, ABSTRACT, 2)
    with pytest.raises(Refused, match="under way"):
        rounds.begin(ada, ABSTRACT, 1)
    for each in records:
        kit.decide(each, (ada, INCLUDE), (ben, INCLUDE))
    kit.imported(ada, 1)
    assert rounds.begin(ada, ABSTRACT, 50).number == 2


def test_a_round_does_not_wait_for_someone_who_left(members):
    ada, ben, cai = members
    record = kit.imported(ada, 1)[0]
    rounds.begin(ada, ABSTRACT, 1)
    assert kit.decide(record, (ada, INCLUDE), (ben, INCLUDE)).state == rules.PARTLY
    reviews.end_member(ada, cai)
    assert kit.at(record).state == rules.INCLUDED


def test_a_round_that_one_alone_was_left_to_decide_is_over_and_compares_nothing():
    ada, ben = kit.review("Ada", "Ben")
    record = kit.imported(ada, 1)[0]
    row = rounds.begin(ada, ABSTRACT, 1)
    kit.decide(record, (ada, INCLUDE))
    assert not calibration(row).is_over
    reviews.end_member(ada, ben)
    went = calibration(row)
    assert went.is_over
    assert went.agreement.percent.value is Undefined.NOTHING_SHARED


@pytest.mark.django_db(transaction=True)
def test_three_who_decide_one_record_at_once_leave_two_decisions_and_a_true_state(members, record):
    row, outcomes = kit.at(record), []

    def go(member):
        try:
            actions.decide(member, row, INCLUDE)
            outcomes.append("kept")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[each]) for each in members]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes) == ["kept", "kept", "refused"]
    assert kit.at(record).state == rules.INCLUDED
    assert Decision.objects.count() == 2
