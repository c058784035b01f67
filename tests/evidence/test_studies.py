"""Studies follow from what is included; reports are joined, taken apart; nothing is lost."""

import pytest

from firsthand.access.refused import Refused
from firsthand.evidence import charts, rules, studying
from firsthand.evidence.actions import studies
from firsthand.evidence.models import Chart, Review, Screening, Study, StudyReport, Trail
from tests.evidence import charting_kit, kit

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return kit.review("Ada", "Ben", each=1)[0]


def living(by):
    return [each.row.number for each in studying.living(by.review)]


def test_every_included_report_is_a_study_of_its_own_named_by_author_and_year(ada):
    rows = charting_kit.placed(ada, 3)
    assert [each.name for each in rows] == ["Brook 2020", "Brook 2020b", "Brook 2020c"]
    assert Trail.objects.filter(did="study added", by=None).count() == 3
    studies.follow(ada.review)
    assert Study.objects.count() == 3  # asked again, nothing is made twice


def test_only_what_is_included_at_full_text_and_stands_becomes_a_study(ada):
    records = charting_kit.included(ada, 3)
    charting_kit.put(records[0], rules.EXCLUDED)
    Screening.objects.filter(record=records[1]).update(stands=False)
    studies.follow(ada.review)
    assert [each.reports[0].record for each in studying.living(ada.review)] == [records[2]]


def test_what_is_excluded_later_leaves_and_keeps_what_was_charted(ada):
    (study,) = charting_kit.placed(ada, 1)
    charting_kit.form(ada)
    charting_kit.chart(ada, study)
    charting_kit.put(study.reports.get().record, rules.EXCLUDED)
    assert living(ada) == []
    assert charts.charted(ada.review) == []
    assert not studying.line(ada.review, study.id).lives
    assert Chart.objects.get().answers["f1"]["value"] == "Interviews"
    with pytest.raises(Refused, match="set aside"):
        charting_kit.chart(ada, study)
    charting_kit.put(study.reports.get().record, rules.INCLUDED)
    assert living(ada) == [1]


def test_reports_of_one_study_are_joined_and_taken_apart_again_with_what_was_charted(ada):
    one, other = charting_kit.placed(ada, 2)
    charting_kit.form(ada)
    charting_kit.chart(ada, other)
    studies.join(ada, one, other)
    line = studying.line(ada.review, one.id)
    assert [each.record.number for each in line.reports] == [1, 2]
    assert line.main.record.number == 1
    assert living(ada) == [1]
    assert list(studying.joined_from(one)) == [other]
    report = StudyReport.objects.get(record__number=2)
    assert studies.apart(ada, report) == other
    assert living(ada) == [1, 2]
    assert charts.charted(ada.review)[1].opened is not None
    told = Trail.objects.get(did="reports joined").about
    assert told == {"study": 1, "other": 2, "records": [2]}
    assert Trail.objects.get(did="report taken out").about["back_to"] == 2


def test_a_study_is_not_joined_to_itself_nor_twice_nor_taken_from_its_own_report(ada):
    one, other = charting_kit.placed(ada, 2)
    with pytest.raises(Refused, match="the same study"):
        studies.join(ada, one, one)
    with pytest.raises(Refused, match="began with that report"):
        studies.apart(ada, one.reports.get())
    studies.join(ada, one, other)
    with pytest.raises(Refused, match="no reports any more"):
        studies.join(ada, one, other)


def test_one_report_is_the_main_one_and_it_can_be_another(ada):
    one, other = charting_kit.placed(ada, 2)
    studies.join(ada, one, other)
    later = StudyReport.objects.get(record__number=2)
    studies.make_main(ada, later)
    studies.make_main(ada, StudyReport.objects.get(id=later.id))  # pressed twice
    assert studying.line(ada.review, one.id).main == later
    assert Trail.objects.filter(did="main report chosen").count() == 1
    studies.make_main(ada, StudyReport.objects.get(record__number=1))
    assert studying.line(ada.review, one.id).main.record.number == 1


def test_the_main_report_that_is_left_out_gives_its_place_to_one_that_counts(ada):
    one, other = charting_kit.placed(ada, 2)
    studies.join(ada, one, other)
    charting_kit.put(one.reports.get(record__number=1).record, rules.EXCLUDED)
    line = studying.line(ada.review, one.id)
    assert line.main.record.number == 2
    assert [each.record.number for each in line.aside] == [1]


def test_a_record_that_stands_for_its_duplicate_takes_its_place_in_the_study(ada):
    records = charting_kit.included(ada, 2)
    charting_kit.put(records[1], rules.EXCLUDED)
    studies.follow(ada.review)
    kit.pair(records[0], records[1], rules.SAME)
    Screening.objects.filter(record=records[0]).update(stands=False)
    Screening.objects.filter(record=records[1]).update(stands=True)
    charting_kit.put(records[1], rules.INCLUDED)
    studies.follow(ada.review)
    assert Study.objects.count() == 1
    line = studying.living(ada.review)[0]
    assert [each.record for each in line.reports] == [records[1]]
    assert [each.record for each in line.aside] == [records[0]]
    assert Trail.objects.filter(did="report stands for its duplicate").count() == 1


def test_a_study_is_described_and_the_trail_keeps_how_it_was(ada):
    (study,) = charting_kit.placed(ada, 1)
    studies.describe(ada, study, "Brook", "Two sites")
    studies.describe(ada, study, "Brook", "Two sites")
    assert Trail.objects.get(did="study described").about["before"] == {
        "name": "Brook 2020", "note": "",
    }  # fmt: skip
    assert Study.objects.get().note == "Two sites"


def test_another_reviews_study_is_not_there(ada):
    (study,) = charting_kit.placed(ada, 1)
    cai = kit.review("Cai")[0]
    with pytest.raises(Refused):
        studying.line(cai.review, study.id)
    with pytest.raises(Refused):
        studying.report(cai.review, study.reports.get().id)
    with pytest.raises(Study.DoesNotExist):
        studies.join(cai, study, study)
    assert str(study) == "Brook 2020"
    assert str(study.reports.get().study_id) in str(study.reports.get())
    assert Review.objects.count() == 2
