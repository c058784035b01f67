"""Criteria: numbered, versioned, changed for a reason, never deleted from under a decision."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from firsthand.access.refused import Refused
from firsthand.evidence import queries, rules
from firsthand.evidence.actions import criteria, screening
from firsthand.evidence.models import Criterion, Decision, Trail, Wording
from tests.evidence import kit

pytestmark = pytest.mark.django_db


@pytest.fixture
def members():
    return kit.review("Ada", "Ben")


def texts(review, version=None):
    review.refresh_from_db()
    return [(line.number, line.text) for line in queries.criteria(review, version)]


def test_each_change_makes_a_version_and_old_versions_can_be_read(members):
    ada = members[0]
    first = criteria.add(ada, rules.INCLUDE, "Adults")
    criteria.add(ada, rules.EXCLUDE, "Animals")
    criteria.reword(ada, first, "People of 16 and over", "Most services begin at 16")
    criteria.retire(ada, first, "Age no longer matters")
    review = ada.review
    assert texts(review, 1) == [(1, "Adults")]
    assert texts(review, 2) == [(1, "Adults"), (2, "Animals")]
    assert texts(review, 3) == [(1, "People of 16 and over"), (2, "Animals")]
    assert texts(review) == [(2, "Animals")]
    assert review.criteria_version == 4


def test_the_same_words_again_are_no_change(members):
    row = criteria.add(members[0], rules.INCLUDE, "Adults")
    criteria.reword(members[0], row, "Adults", "none")
    members[0].review.refresh_from_db()
    assert members[0].review.criteria_version == 1
    assert row.wordings.count() == 1


def test_a_decision_keeps_the_version_it_was_made_under(members):
    ada, _ = members
    row = criteria.add(ada, rules.INCLUDE, "Adults")
    record = kit.imported(ada, 1)[0]
    screening.decide(ada, kit.at(record), rules.EXCLUDE, reasons=[row])
    criteria.reword(ada, row, "Everyone", "Too narrow")
    decision = Decision.objects.get()
    assert decision.criteria_version == 1
    assert texts(ada.review, decision.criteria_version) == [(1, "Adults")]


def test_a_criterion_in_use_cannot_be_deleted_and_the_refusal_says_why(members):
    ada, _ = members
    row = criteria.add(ada, rules.INCLUDE, "Adults")
    screening.decide(ada, kit.at(kit.imported(ada, 1)[0]), rules.INCLUDE)
    with pytest.raises(Refused) as refused:
        criteria.delete(ada, row)
    assert not refused.value.hidden
    assert "Criterion 1 is in use: One decision was made while it stood" in refused.value.sentence
    assert Criterion.objects.filter(id=row.id).exists()


def test_what_settled_a_record_counts_as_use(members):
    ada, ben = members
    record = kit.imported(ada, 1)[0]
    kit.decide(record, (ada, rules.INCLUDE), (ben, rules.EXCLUDE))
    row = criteria.add(ada, rules.INCLUDE, "Adults", "Needed")
    assert queries.decided_under(row) == 0
    screening.resolve(ada, kit.at(record), rules.INCLUDE)
    assert queries.decided_under(row) == 1


def test_a_criterion_retired_before_anything_was_decided_is_not_in_use(members):
    ada, _ = members
    row = criteria.add(ada, rules.INCLUDE, "Adults")
    criteria.retire(ada, row, "A mistake")
    screening.decide(ada, kit.at(kit.imported(ada, 1)[0]), rules.INCLUDE)
    criteria.delete(ada, row)
    assert not Criterion.objects.exists()


def test_the_number_of_a_deleted_criterion_is_not_used_again(members):
    criteria.delete(members[0], criteria.add(members[0], rules.INCLUDE, "Adults"))
    assert criteria.add(members[0], rules.INCLUDE, "Adults").number == 2


def test_a_retired_criterion_is_not_changed_any_more(members):
    row = criteria.add(members[0], rules.INCLUDE, "Adults")
    criteria.retire(members[0], row, "Wrong")
    for change in (
        lambda: criteria.reword(members[0], row, "Others", "x"),
        lambda: criteria.retire(members[0], row, "again"),
    ):
        with pytest.raises(Refused, match="has been retired"):
            change()


def test_the_database_itself_refuses_to_lose_a_criterion_that_is_named(members):
    ada, _ = members
    row = criteria.add(ada, rules.INCLUDE, "Adults")
    screening.decide(ada, kit.at(kit.imported(ada, 1)[0]), rules.EXCLUDE, reasons=[row])
    with pytest.raises(ProtectedError):
        row.delete()


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"text": ""}, {"since": 1, "change": "added"}])
def test_the_database_wants_a_reason_for_every_change(members, wrong):
    row = criteria.add(members[0], rules.INCLUDE, "Adults")
    said = {"criterion": row, "since": 2, "change": "reworded", "text": "x", "reason": "y"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Wording.objects.create(by=members[0], **{**said, **wrong})


def test_every_change_leaves_its_line_with_who_and_why(members):
    ada, _ = members
    row = criteria.add(ada, rules.INCLUDE, "Adults")
    criteria.reword(ada, row, "Everyone", "Too narrow")
    line = Trail.objects.get(did="criterion reworded")
    assert (line.by, line.about["reason"], line.about["version"]) == (ada.user, "Too narrow", 2)
