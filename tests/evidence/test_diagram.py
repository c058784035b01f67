"""A review's own counts as PRISMA 2020 has them: not counted is not nought, and reasons add up."""

import pytest

from firsthand.evidence import rules
from firsthand.evidence.actions import criteria, searches
from firsthand.evidence.actions import screening as deciding
from firsthand.evidence.diagram import NONE_NAMED, SEVERAL, diagram, differing
from firsthand.evidence.flow import flow
from firsthand.evidence.models import ImportFile, Review
from firsthand.evidence.rules import EXCLUDE, FULL_TEXT, INCLUDE
from firsthand.methods.flow.checks import contradictions
from firsthand.methods.flow.counts import Flow, FromDatabases, Included, Named, Reports
from firsthand.methods.flow.csvfile import read, write
from firsthand.methods.flow.figure import figure, under_way
from tests.evidence import kit

pytestmark = pytest.mark.django_db


@pytest.fixture
def members():
    return kit.review("Ada", "Ben")


def drawn(member):
    review = Review.objects.get(id=member.review_id)
    return diagram(review, flow(review))


def test_a_review_without_anything_has_no_counts_at_all(members):
    assert drawn(members[0]) == Flow(FromDatabases(reports=Reports()), Included())


def test_a_search_whose_files_wait_is_named_without_a_count(members):
    run = searches.add(members[0], {**kit.SEARCH, "database": "A, B; C"})
    ImportFile.objects.create(
        run=run, review=run.review, name="a.ris", fingerprint="1", size=1, by=members[0],
        content=b"x",
    )  # fmt: skip
    way = drawn(members[0]).databases
    assert way.databases is None
    assert way.by_database == (Named("A B C (Ovid)"),)
    assert read(write(drawn(members[0]))).flow.databases.by_database == way.by_database


def test_a_search_that_found_none_is_nought(members):
    searches.add(members[0], {**kit.SEARCH, "hits": 0})
    assert drawn(members[0]).databases.databases == 0


def test_a_file_that_could_not_be_read_at_all_counts_nothing(members):
    run = searches.add(members[0], kit.SEARCH)
    ImportFile.objects.create(
        run=run, review=run.review, name="a.png", fingerprint="1", size=1, by=members[0],
        stage=rules.FAILED, content=b"x", why_failed="No format we know.",
    )  # fmt: skip
    assert drawn(members[0]).databases.databases is None


def test_each_kind_of_source_has_its_place(members):
    ada = members[0]
    for source in rules.SOURCES:
        records = kit.imported(ada, 2, source)
        type(records[0].file.run).objects.filter(id=records[0].file.run_id).update(source=source)
    way = drawn(ada).databases
    assert (way.databases, way.registers) == (2, 2)
    assert way.joined == (Named("PsycINFO (Ovid)", 2),)
    assert way.identified == 6


def test_before_anything_is_settled_screening_has_no_counts_but_what_waits(members):
    kit.imported(members[0], 3)
    way = drawn(members[0]).databases
    assert (way.screened, way.excluded, way.waiting) == (None, None, 3)
    assert way.reports == Reports()
    assert drawn(members[0]).included == Included()


def test_nought_is_drawn_once_it_was_counted(members):
    for each in kit.imported(members[0], 2):
        kit.decide(each, *((member, INCLUDE) for member in members))
    way = drawn(members[0]).databases
    assert (way.screened, way.excluded, way.waiting) == (2, 0, None)
    assert way.reports == Reports(sought=2, waiting=2)


def test_reasons_name_each_report_once_and_add_up(members):
    ada, _ = members
    about = criteria.add(ada, INCLUDE, "About people; adults")
    animals = criteria.add(ada, EXCLUDE, "About animals")
    records = kit.imported(ada, 6)
    for each in records:
        kit.decide(each, *((member, INCLUDE) for member in members))
    for each, reasons in zip(records, [[about], [animals], [animals], [about, animals], []],
                             strict=False):  # fmt: skip
        for member in members:
            deciding.decide(member, kit.at(each, FULL_TEXT), EXCLUDE, reasons=reasons)
    flow_ = drawn(ada)
    assert flow_.databases.reports.reasons == (
        Named("1. Not met: About people, adults", 1), Named("2. About animals", 2),
        Named(SEVERAL, 1), Named(NONE_NAMED, 1),
    )  # fmt: skip
    assert contradictions(flow_) == ()
    assert under_way(flow_) == "Not finished: 1 report still to be decided."
    kept = read(write(flow_)).flow
    assert kept.databases.reports.reasons == flow_.databases.reports.reasons


def test_no_name_is_a_formula_in_a_spreadsheet_and_none_is_too_long(members):
    kit.imported(members[0], 1)
    row = Review.objects.get(id=members[0].review_id).searches.get()
    type(row).objects.filter(id=row.id).update(database="=cmd()", platform="")
    assert drawn(members[0]).databases.by_database == (Named("cmd()", 1),)
    type(row).objects.filter(id=row.id).update(database="word " * 40)
    assert len(drawn(members[0]).databases.by_database[0].name) <= 121


def test_a_search_that_found_another_number_than_is_here_is_said(members):
    kit.imported(members[0], 4)
    review = Review.objects.get(id=members[0].review_id)
    assert differing(flow(review)) == ("Search 1 said it found 12, and 4 of its records are here.",)


def test_the_picture_says_that_it_is_not_finished(members):
    kit.imported(members[0], 4)
    notes = " ".join(line.text for line in figure(drawn(members[0])).notes)
    assert "Not finished: 4 records still to be decided." in notes
    assert "do not agree" not in notes
