"""Charting in a package: studies, forms and charts go out and in, and nothing breaks blindness."""

import json

import pytest

from firsthand.evidence import charts
from firsthand.evidence.actions import chart_forms, charting, packages, studies
from firsthand.evidence.actions import screening as deciding
from firsthand.evidence.models import Chart, ChartForm, Draw, Reconciled, Study, StudyReport
from firsthand.evidence.package.tables import Bad
from firsthand.evidence.rules import FULL_TEXT, INCLUDE
from firsthand.methods.charting.plain import read_form, told_form
from firsthand.methods.charting.values import (
    NOT_REPORTED,
    TEXT,
    UNREPORTED,
    Answer,
    Day,
    Entry,
    Field,
    Passage,
)
from tests.evidence import charting_kit, kit
from tests.evidence.test_package import brought, changed, opened, table, taken

pytestmark = pytest.mark.django_db
given = charting_kit.given
ANSWERS = {
    "f2": given("12", Passage('twelve "people"', 1, "p. 4")),
    "f3": given(Day("spring 2019", "2019-03-01", "2019-05-31")),
    "f7": given(("f8", "f10")),
    "f11": given((
        Entry({"f12": given("Tired, \u2028", Passage("worn out", 1))}, (Passage("all of it"),)),
        Entry({"f12": given("Told nobody"), "f13": UNREPORTED}),
    )),
}  # fmt: skip


def included(by, count):
    """Return records that were really included at full text."""
    records = kit.imported(by, count)
    for each in records:
        deciding.decide(by, kit.at(each), INCLUDE)
        deciding.decide(by, kit.at(each, FULL_TEXT), INCLUDE)
    return records


@pytest.fixture
def ada():
    """Six studies: two joined, two charted by two people of whom one waits for the other."""
    ada, ben = kit.review("Ada (1.)", "Ben Okri", each=1)
    included(ada, 6)
    studies.follow(ada.review)
    one, two, three, four, _, six = Study.objects.filter(review=ada.review)
    studies.join(ben, one, two)
    studies.make_main(ada, two.reports.first() or one.reports.get(record__number=2))
    studies.describe(ada, three, "The Brook study", "A diary, too")
    charting_kit.form(ada)
    charting.draw(ben, 50, seed=2**32 - 1)
    Study.objects.filter(id__in=[one.id, six.id]).update(needed=1)
    Study.objects.filter(id__in=[three.id, four.id]).update(needed=2)
    charting_kit.chart(ada, one, **ANSWERS)
    for member, said in ((ada, "12"), (ben, "21")):
        charting_kit.chart(member, three, f2=given(said), f3=Answer(NOT_REPORTED))
    version = charts.published(ada.review)
    charting.reconcile(ada, three, version, "f2", given("12"), "Counted again")
    charting.reconcile(ben, three, version, "f2", given("13", Passage("13", 3)), "And again")
    charting_kit.chart(ben, four, f1=given("foxglove"))
    charting_kit.chart(ada, six, False, f1=given("campion"))
    chart_forms.add(ben, Field("", TEXT, "Country"))
    chart_forms.retire(ben, "f3")
    chart_forms.publish(ben)
    charting_kit.chart(ada, one, f14=given("Wales"))
    chart_forms.move(ada, "f2", 1)
    return ada


def test_studies_and_charting_come_back_byte_for_byte(ada):
    first = taken(ada)
    second = taken(brought(first))
    for name in opened(first).namelist():
        assert opened(first).read(name) == opened(second).read(name), name
    assert first == second


def test_what_is_brought_in_was_charted_alike(ada):
    eve = brought(taken(ada))
    old, new = (charts.studies_of(each.review) for each in (ada, eve))
    assert new == old
    for version in charts.versions(ada.review):
        same = ChartForm.objects.get(review=eve.review, version=version.version)
        assert read_form(same.fields) == charts.fields(version)
    old, new = (
        [(each.row.number, [it.record.number for it in each.reports], each.main.record.number)
         for each in charts.studying.lines(it) if each.lives]
        for it in (ada.review, eve.review)
    )  # fmt: skip
    assert new == old
    draw = Draw.objects.get(review=eve.review)
    assert (draw.share, draw.seed) == (50, 2**32 - 1)
    assert draw.pool == Draw.objects.get(review=ada.review).pool
    assert charts.draft(eve.review).fields == charts.draft(ada.review).fields


def test_a_chart_that_still_waits_for_another_stays_blind(ada):
    held = opened(taken(ada))
    every = "".join(held.read(name).decode() for name in held.namelist())
    assert "foxglove" not in every  # finished by one of two
    assert "campion" not in every  # not finished
    assert {row["study"] for row in table(taken(ada), "charts.csv")} == {"1", "3"}


def test_no_name_is_beside_a_chart(ada):
    held = opened(taken(ada))
    every = "".join(held.read(name).decode() for name in held.namelist())
    assert "Okri" not in every
    assert "Ada (1.)" not in every


def test_each_passage_is_a_row_of_its_own(ada):
    rows = table(taken(ada), "passages.csv")
    of = [row for row in rows if (row["study"], row["version"]) == ("1", "1")]
    assert [(row["field"], row["entry"], row["part"], row["quote"]) for row in of] == [
        ("f11", "1", "", "all of it"), ("f11", "1", "f12", "worn out"),
        ("f2", "", "", 'twelve "people"'),
    ]  # fmt: skip


def test_both_values_that_settled_a_field_are_there_and_the_second_holds(ada):
    rows = table(taken(ada), "reconciled.csv")
    assert [row["reason"] for row in rows] == ["Counted again", "And again"]
    assert [bool(row["ended_on"]) for row in rows] == [True, False]
    eve = brought(taken(ada))
    held = Reconciled.objects.get(study__review=eve.review, ended_at=None)
    assert (held.reason, held.answer["value"]) == ("And again", "13")


def test_a_study_that_was_never_looked_at_is_there_all_the_same():
    ada = kit.review("Ada", each=1)[0]
    included(ada, 2)
    assert not Study.objects.exists()
    assert len(table(taken(ada), "studies.csv")) == 2
    assert StudyReport.objects.count() == 2


def test_a_study_that_was_set_aside_stays_so(ada):
    report = Study.objects.get(review=ada.review, number=5).reports.get()
    deciding.reopen(ada, kit.at(report.record, FULL_TEXT), "Too short")
    content = taken(ada)
    eve = brought(content)
    assert taken(eve) == content
    assert 5 not in [each.row.number for each in charts.studying.living(eve.review)]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("studies.csv", b"\r\n1,", b"\r\n9,", "Study 1 is named here"),
        ("studies.csv", b",2\r\n", b",3\r\n", "needed is more than 2"),
        ("study_reports.csv", b"\r\n1,1,1,", b"\r\n99,1,1,", "Record 99 is named here"),
        ("chart_forms.csv", b'""kind"": ""text""', b'""kind"": ""sung""', "not those of a chart"),
        ("chart_forms.csv", b'""kind"": ""text"", ', b"", "not those of a charting form"),
        ("chart_forms.csv", b'""key"": ""f1""', b'""key"": 7', "not those of a charting form"),
        ("chart_forms.csv", b'""key"": ""f1""', b'""key"": ""f2""', "not those of a charting"),
        ("charts.csv", b'""given""', b'""sung""', "answers do not fit version 1"),
        ("charts.csv", b'""value"": ""12""', b'""value"": [""12""]', "answers do not fit"),
        ("charts.csv", b'""report"": 1', b'""report"": ""x""', "answers do not fit"),
        ("charts.csv", b'""f3"":', b'""f99"":', "answers do not fit"),
        ("charts.csv", b'""spring 2019""', b"7", "answers do not fit"),
        ("charts.csv", b'""earliest"": ', b'""first"": ', "answers do not fit"),
        ("charts.csv", b"\r\n1,1,", b"\r\n1,3,", "is a draft"),
        ("charts.csv", b"\r\n1,1,", b"\r\n1,8,", "Version 8 is named here"),
        ("charts.csv", b"worn out", b"worn down", "is not its answers"),
        ("chart_saves.csv", b"\r\n3,1,1,1,", b"\r\n3,1,1,2,", "not in turn"),
        ("chart_saves.csv", b"\r\n3,1,", b"\r\n4,1,", "The chart of study 4 1"),
        ("reconciled.csv", b"f2", b"f7", "answers do not fit"),
        ("reconciled.csv", b"Counted again", b"", "reason is empty"),
        ("draws.csv", b"[1, ", b"[77, ", "Study 77 is named here"),
        ("draws.csv", b"[1, ", b"[[1], ", "is named here"),
        ("draws.csv", b"\r\n50,", b"\r\n500,", "do not fit together"),
    ],
)  # fmt: skip
def test_a_wrong_cell_of_charting_is_told(ada, name, old, new, said):
    content = taken(ada)
    text = opened(content).read(name)
    assert old in text, text
    with pytest.raises(Bad, match=said):
        packages.bring_in(kit.user("Mal"), changed(content, {name: text.replace(old, new, 1)}))
    assert not Chart.objects.exclude(study__review=ada.review).exists()


def test_every_form_is_told_as_it_is_kept(ada):
    for row in table(taken(ada), "chart_forms.csv"):
        fields = json.loads(row["fields"])
        assert told_form(read_form(fields)) == fields
