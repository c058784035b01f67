"""A living review: an update has a diagram of its own, and the one before it stands."""

import pytest

from firsthand.access.refused import Refused
from firsthand.evidence import rules, studying
from firsthand.evidence.actions import criteria, screening, searches, studies, updates
from firsthand.evidence.diagram import diagram
from firsthand.evidence.flow import flow
from firsthand.evidence.models import Review, Update
from firsthand.evidence.rules import EXCLUDE, FULL_TEXT, INCLUDE
from firsthand.evidence.versions import version, versions
from firsthand.methods.flow.checks import contradictions
from firsthand.methods.flow.counts import Included
from tests.evidence import kit
from tests.evidence.test_pages import world as world

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


def finished(count: int = 3):
    """A review of one reviewer: all included by title, all but one in full text."""
    owner = kit.review("Ada", each=1)[0]
    reason = criteria.add(owner, EXCLUDE, "About animals")
    _screened(owner, kit.imported(owner, count), reason)
    return owner, reason


def _screened(owner, records, reason):
    for record in records:
        kit.decide(record, (owner, INCLUDE))
    first, *rest = records
    screening.decide(owner, kit.at(first, FULL_TEXT), EXCLUDE, "", [reason])
    for record in rest:
        kit.decide(record, (owner, INCLUDE), stage=FULL_TEXT)


def drawn(review, number=None):
    row = Review.objects.get(id=review.id)
    return diagram(row, flow(row, version(row, number)))


def test_an_update_counts_only_what_is_new_and_has_what_was_included_in_a_box():
    owner, reason = finished(3)
    updates.begin(owner, "A year has passed")
    _screened(owner, kit.imported(owner, 2, "Newer"), reason)
    new = drawn(owner.review)
    assert (new.databases.identified, new.databases.screened) == (2, 2)
    assert (new.databases.reports.assessed, new.databases.reports.excluded) == (2, 1)
    assert [each.count for each in new.databases.reports.reasons] == [1]
    assert (new.previous.reports, new.included.reports, new.total.reports) == (2, 1, 3)
    assert contradictions(new) == ()


def test_studies_are_counted_once_and_a_new_report_of_an_old_study_is_no_new_one():
    owner, reason = finished(4)
    studies.follow(owner.review)
    first, second, _ = (each.row for each in studying.living(owner.review))
    studies.join(owner, first, second)
    assert drawn(owner.review).included == Included(studies=2, reports=3)
    updates.begin(owner)
    _screened(owner, kit.imported(owner, 3, "Newer"), reason)
    studies.follow(owner.review)
    *_, newest = (each.row for each in studying.living(owner.review))
    studies.join(owner, first, newest)
    new = drawn(owner.review)
    assert new.previous == Included(studies=2, reports=3)
    assert new.included == Included(studies=1, reports=2)
    assert new.total == Included(studies=3, reports=5)
    assert drawn(owner.review, 0).included == Included(studies=2, reports=3)


def test_a_report_whose_study_nobody_made_yet_counts_as_one():
    owner, _ = finished(3)
    assert drawn(owner.review).included == Included(studies=2, reports=2)


def test_before_anything_is_settled_in_full_there_are_no_studies_to_count():
    owner = kit.review("Ada", each=1)[0]
    kit.decide(kit.imported(owner, 1)[0], (owner, INCLUDE))
    assert drawn(owner.review).included == Included()


def test_the_diagram_of_the_version_before_stays_as_it_was():
    owner, reason = finished(3)
    before = drawn(owner.review)
    updates.begin(owner)
    _screened(owner, kit.imported(owner, 2, "Newer"), reason)
    assert drawn(owner.review, 0) == before
    assert before.previous is None
    assert [each.number for each in versions(owner.review)] == [0, 1]


def test_a_duplicate_found_again_counts_in_the_update_alone():
    owner, _ = finished(3)
    updates.begin(owner)
    again = kit.imported(owner, 2, "Newer")
    kit.pair(owner.review.records.get(number=2), again[0], rules.SAME)
    assert drawn(owner.review).databases.duplicates == 1
    assert drawn(owner.review, 0).databases.duplicates is None


def test_more_of_an_old_search_imported_later_counts_in_the_update():
    owner, _ = finished(3)
    updates.begin(owner)
    old = owner.review.searches.get()
    record = kit.imported(owner, 1, "Late")[0]
    record.file.run = old
    record.file.save()
    new = flow(owner.review)
    assert [(each.run.number, each.records) for each in new.sources] == [(1, 1), (2, None)]
    assert [each.records for each in flow(owner.review, version(owner.review, 0)).sources] == [3]


def test_no_update_begins_before_the_last_version_is_finished():
    owner = kit.review("Ada", each=1)[0]
    with pytest.raises(Refused, match="Nothing has been found"):
        updates.begin(owner)
    records = kit.imported(owner, 2)
    with pytest.raises(Refused, match="2 records are still to be decided"):
        updates.begin(owner)
    kit.decide(records[0], (owner, EXCLUDE))
    with pytest.raises(Refused, match="One record is still to be decided"):
        updates.begin(owner)
    assert not Update.objects.exists()
    kit.decide(records[1], (owner, EXCLUDE))
    updates.begin(owner, "Because")
    with pytest.raises(Refused, match="Nothing has been found"):
        updates.begin(owner)
    line = owner.review.trail.get(did="update begun")
    assert line.about == {"number": 1, "records_before": 2, "why": "Because"}


def test_an_update_is_taken_back_until_a_search_is_written_down():
    owner, _ = finished(2)
    first = updates.begin(owner)
    updates.take_back(owner, first)
    assert not Update.objects.exists()
    assert owner.review.trail.filter(did="update taken back").count() == 1
    with pytest.raises(Refused, match="taken back already"):
        updates.take_back(owner, first)
    again = updates.begin(owner)
    searches.add(owner, kit.SEARCH)
    with pytest.raises(Refused, match="so it stays"):
        updates.take_back(owner, again)


def test_the_pages_lead_from_one_version_to_the_next_and_strangers_find_nothing(world):
    ada, ben = world.ada, world.ben
    record = kit.imported(ada, 1)[0]
    kit.decide(record, (ada, EXCLUDE), (ben, EXCLUDE))
    assert "Begin an update" in world.get("Ada", "flow")
    assert "Begin an update" not in world.get("Ben", "flow")
    for who, status in (("Ada", 302), ("Ben", 404), ("Eve", 404)):
        answer = world.browsers[who].post(world.at("update_begin"), {"why": "A yarrow year"})
        assert answer.status_code == status, who
    shown = world.get("Ben", "flow")
    assert "Update 1, begun" in shown
    assert "A yarrow year" in shown
    assert "Take this update back" in world.get("Ada", "flow")
    first = world.browsers["Ben"].get(world.at("flow") + "?version=0").content.decode()
    assert "flow.svg?version=0" in first
    assert "A yarrow year" not in first
    for wrong in ("2", "-1", "x", "²", "9" * 30):
        assert world.browsers["Ben"].get(world.at("flow") + f"?version={wrong}").status_code == 404
    for who, status in (("Ben", 404), ("Eve", 404), ("Ada", 302), ("Ada", 409)):
        assert world.browsers[who].post(world.at("update_undo")).status_code == status, who
