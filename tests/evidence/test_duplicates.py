"""Duplicates in a review: found, put to people, undone; nothing lost, nothing by half."""

import pytest
from django.db import IntegrityError, transaction

from firsthand.access.refused import Refused
from firsthand.evidence import comparing, duplicates, rules, screening
from firsthand.evidence.actions import duplicates as actions
from firsthand.evidence.actions import importing, rounds, searches
from firsthand.evidence.actions import screening as deciding
from firsthand.evidence.calibration import calibration
from firsthand.evidence.diagram import diagram
from firsthand.evidence.flow import flow
from firsthand.evidence.models import Group, Grouped, Look, Pair, Record, Review, Screening, Trail
from firsthand.evidence.rules import ABSTRACT, APART, ASKED, EXCLUDE, INCLUDE, SAME, VERSIONS
from tests.evidence import kit

pytestmark = pytest.mark.django_db
BLUEBELL = {
    "title": "What tenants of supported housing say of being moved", "year": 2019,
    "authors": ["Brook, Ada", "Fell, Sam"], "container": "Journal of Made-up Care",
    "volume": "12", "issue": "3", "pages": "101-119", "kind": "article-journal",
    "abstract": "We asked 31 tenants of supported housing what being moved meant to them.",
}  # fmt: skip


@pytest.fixture
def ada():
    return kit.review("Ada", "Ben")[0]


@pytest.fixture
def ben(ada):
    return ada.review.members.get(user__name="Ben")


def look(ada) -> Look:
    row = actions.begin(ada.review)
    actions.look_through.call(str(row.id))
    return Look.objects.get(id=row.id)


def same(ada, count: int = 2, **other: object) -> list[Record]:
    """Return records of one report, as several searches give it."""
    records = kit.imported(ada, count)
    for each in records:
        Record.objects.filter(id=each.id).update(**{**BLUEBELL, **other})
    return records


def aside() -> list[int]:
    return list(Grouped.objects.filter(stands=False).values_list("record__number", flat=True))


# -- looking ------------------------------------------------------------------------------------


def test_records_of_one_report_are_merged_with_a_reason_and_one_stands_for_them(ada):
    same(ada, 3)
    kit.imported(ada, 1, "Something else")
    found = look(ada)
    assert (found.stage, found.records, found.merged) == (rules.LOOK_DONE, 4, 2)
    assert aside() == [2, 3]
    assert duplicates.stands_for(Record.objects.get(number=3)).number == 1
    pair = Pair.objects.filter(holds=SAME).first()
    assert pair.by is None
    assert "titles equal" in pair.reason
    said = Trail.objects.get(did="duplicates looked for")
    assert (said.about["merged"], said.by) == (2, None)


def test_only_what_is_new_is_compared_and_it_joins_the_group_that_is_there(ada):
    same(ada, 2)
    look(ada)
    same(ada, 1)
    assert (look(ada).records, look(ada).records) == (1, 0)
    assert aside() == [2, 3]
    assert Group.objects.count() == 1


def test_an_import_is_looked_through_by_itself(ada):
    run = searches.add(ada, kit.SEARCH)
    content = b"TY  - JOUR\nTI  - Bluebells\nER  - \n"
    file = importing.take(ada, run, [("a.ris", content)]).new[0]
    importing.read_file.call(str(file.id))
    assert duplicates.is_looking(ada.review)


def test_what_is_unsure_is_put_to_a_person_and_both_are_screened_until_then(ada):
    same(ada, 1)
    same(ada, 1, authors=[], container="", volume="", issue="", pages="", abstract="", year=None)
    found = look(ada)
    assert (found.merged, found.asked) == (0, 1)
    assert aside() == []
    assert duplicates.counts(ada.review)[ASKED] == 1


def test_a_preprint_and_its_article_are_linked_and_stay_two(ada):
    same(ada, 1)
    same(ada, 1, container="medRxiv", volume="", issue="", pages="", kind="preprint", year=2018)
    assert look(ada).linked == 1
    assert Pair.objects.get(holds=VERSIONS).kind == "preprint"
    assert aside() == []


# -- at the same time, and killed ----------------------------------------------------------------


def test_two_who_look_at_once_merge_nothing_twice(ada):
    same(ada)
    row = actions.begin(ada.review)
    assert actions.begin(ada.review) == row
    compared = comparing.compare(row.review)
    actions.look_through.call(str(row.id))
    with pytest.raises(comparing.Overtaken):
        comparing.carry_out(row, compared)
    actions.look_through.call(str(row.id))
    assert Pair.objects.count() == 1


def test_a_worker_killed_while_it_carries_out_leaves_no_half_and_is_picked_up(ada, monkeypatch):
    same(ada)
    row = actions.begin(ada.review)

    def killed(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(comparing, "regroup", killed)
    with pytest.raises(KeyboardInterrupt):
        actions.look_through.call(str(row.id))
    assert not Pair.objects.exists()
    monkeypatch.undo()
    Look.objects.update(moved_at="2026-01-01T00:00Z")
    actions.pick_up()
    actions.look_through.call(str(row.id))
    assert aside() == [2]


def test_what_goes_wrong_on_our_side_is_said_and_can_be_asked_for_again(ada, monkeypatch):
    same(ada)

    def broken(*args):
        raise RuntimeError

    monkeypatch.setattr(comparing, "compare", broken)
    assert look(ada).stage == rules.LOOK_FAILED
    monkeypatch.undo()
    assert look(ada).merged == 1


def test_records_that_came_while_it_looked_are_looked_through_next(ada, monkeypatch):
    same(ada)
    compare = comparing.compare

    def slowly(review):
        found = compare(review)
        same(ada, 1)
        return found

    monkeypatch.setattr(comparing, "compare", slowly)
    assert look(ada).records == 2
    monkeypatch.undo()
    row = Look.objects.get(stage=rules.LOOK_WAITING)
    actions.look_through.call(str(row.id))
    assert aside() == [2, 3]


def test_a_look_overtaken_by_another_leaves_all_to_it(ada, monkeypatch):
    def overtaken(*args):
        raise comparing.Overtaken

    monkeypatch.setattr(comparing, "carry_out", overtaken)
    assert look(ada).stage == rules.LOOK_WAITING


# -- undoing ------------------------------------------------------------------------------------


def test_an_undone_merge_is_remembered_and_not_made_by_itself_again(ada):
    same(ada)
    look(ada)
    now = actions.undo(ada, Pair.objects.get())
    assert (now.holds, now.by, aside()) == (APART, ada, [])
    assert not Group.objects.exists()
    same(ada, 1)  # as like one as the other: it may join one of them, never both
    look(ada)
    assert len(aside()) == 1
    asked = Pair.objects.get(holds=ASKED)
    assert comparing.KEPT_APART in asked.reason
    with pytest.raises(Refused, match="someone has kept apart"):
        actions.answer(ada, asked, SAME)


def test_a_merge_after_screening_keeps_every_decision_and_undoing_puts_them_back(ada, ben):
    first, second, third = same(ada, 3)
    kit.decide(second, (ada, EXCLUDE), (ben, EXCLUDE))
    kit.decide(third, (ada, INCLUDE), (ben, INCLUDE))
    look(ada)
    assert aside() == [1, 2]  # what was included stands, and is read further
    assert kit.at(second).decisions.count() == kit.at(third).decisions.count() == 2
    assert kit.next_number(ada) is None
    assert kit.next_number(ada, rules.FULL_TEXT) == 3
    with pytest.raises(Refused, match="set aside"):
        deciding.decide(ada, kit.at(first), INCLUDE)
    with pytest.raises(Refused, match="set aside"):
        deciding.undo(ada, kit.at(second))
    with pytest.raises(Refused, match="set aside"):
        deciding.resolve(ada, kit.at(second), INCLUDE)
    before = list(Record.objects.values())
    for pair in Pair.objects.filter(holds=SAME):
        actions.undo(ada, pair)
    assert list(Record.objects.values()) == before
    assert [kit.at(each).state for each in (first, second, third)] == [
        rules.UNSEEN, rules.EXCLUDED, rules.INCLUDED,
    ]  # fmt: skip
    assert not Screening.objects.filter(stands=False).exists()


def test_undoing_one_merge_of_a_group_leaves_the_rest_merged(ada):
    one, two, three = kit.imported(ada, 3)
    kit.pair(one, two, SAME)
    last = kit.pair(two, three, SAME)
    assert aside() == [2, 3]
    actions.undo(ada, last)
    assert aside() == [2]


def test_two_groups_become_one_and_fall_apart_again(ada):
    one, two, three, four = kit.imported(ada, 4)
    kit.pair(one, two, SAME)
    kit.pair(three, four, SAME)
    asked = kit.pair(two, three, ASKED)
    now = actions.answer(ada, asked, SAME)
    assert (aside(), Group.objects.count()) == ([2, 3, 4], 1)
    assert actions.undo(ada, now).holds == ASKED
    assert (aside(), Group.objects.count()) == ([2, 4], 2)


def test_nothing_is_undone_twice_and_nothing_answered_twice(ada, ben):
    one, two = kit.imported(ada, 2)
    asked = kit.pair(one, two, ASKED)
    with pytest.raises(Refused, match="undone already"):
        actions.undo(ada, asked)
    now = actions.answer(ada, asked, VERSIONS)
    with pytest.raises(Refused, match="meanwhile"):
        actions.answer(ben, asked, SAME)
    actions.undo(ben, now)
    with pytest.raises(Refused, match="undone already"):
        actions.undo(ada, now)
    assert Trail.objects.filter(did__startswith="duplicates").count() == 2


def test_nobody_answers_a_pair_of_another_review(ada):
    asked = kit.pair(*kit.imported(ada, 2), ASKED)
    with pytest.raises(Refused):
        actions.answer(kit.review("Eve")[0], asked, SAME)


def test_a_question_between_records_that_are_one_by_now_is_not_asked_any_more(ada):
    one, two = same(ada)
    kit.pair(one, two, ASKED)
    Review.objects.update(compared=2)
    same(ada, 1)
    look(ada)
    assert aside() == [2, 3]
    assert not duplicates.queue(ada.review).exists()


def test_what_is_asked_already_is_not_merged_by_itself(ada):
    asked = kit.pair(*same(ada), ASKED)
    assert look(ada).merged == 0
    assert duplicates.queue(ada.review).get() == asked


# -- screening and the flow ---------------------------------------------------------------------


def test_only_records_that_stand_for_their_group_are_handed_out_and_counted(ada, ben):
    one, two, three = kit.imported(ada, 3)
    kit.decide(two, (ada, INCLUDE), (ben, EXCLUDE))
    kit.pair(two, three, SAME)
    kit.pair(one, two, SAME)
    assert (aside(), kit.next_number(ada)) == ([1, 3], None)
    assert [row.number for row in screening.conflicts(ada.review, ABSTRACT)] == [2]
    assert screening.progress(ada.review, ABSTRACT).all == 1
    counted = flow(ada.review)
    assert (counted.identified(rules.DATABASE), counted.duplicates) == (3, 2)
    assert diagram(ada.review, counted).databases.duplicates == 2


def test_duplicates_nobody_looked_for_are_not_counted_as_nought(ada):
    kit.imported(ada, 3)
    assert flow(ada.review).duplicates is None
    ada.review.compared = 3
    assert flow(ada.review).duplicates == 0


def test_a_round_does_not_wait_for_a_duplicate(ada, ben):
    one, two = kit.imported(ada, 2)
    row = rounds.begin(ada, ABSTRACT, 2, seed=1)
    kit.pair(one, two, SAME)
    kit.decide(one, (ada, INCLUDE), (ben, INCLUDE))
    assert calibration(row).is_over


# -- in the database ----------------------------------------------------------------------------


def refused(**said: object) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Pair.objects.create(**said)


def test_the_database_holds_what_a_pair_and_a_group_must_be(ada):
    first, second = sorted(kit.imported(ada, 2), key=lambda each: each.id)
    good = {"review": ada.review, "first": first, "second": second, "holds": SAME, "reason": "x"}
    refused(**{**good, "first": second, "second": first})
    refused(**{**good, "reason": ""})
    refused(**{**good, "holds": "maybe"})
    refused(**{**good, "kind": "odd"})
    refused(**good, ended_by=ada)
    Pair.objects.create(**good)
    refused(**{**good, "holds": APART})
    group = Group.objects.create(review=ada.review)
    Grouped.objects.create(group=group, record=first, stands=True)
    for record, stands in ((second, True), (first, False)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Grouped.objects.create(group=group, record=record, stands=stands)
    said = f"{group} {Pair.objects.get()} {Grouped.objects.get()} {look(ada)}"
    assert "same: " in said
    assert duplicates.stands_for(second) == second
