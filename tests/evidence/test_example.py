"""The review of 2023: its diagram reads as it was printed, its figures are the reference's."""

import pytest
import yaml

from firsthand.evidence.example import review_2023
from firsthand.evidence.study_table import Attribute, Group, StudyTable
from firsthand.methods.flow.checks import contradictions, questions
from firsthand.methods.flow.figure import figure
from firsthand.methods.flow.table import rows


@pytest.fixture(scope="module")
def reference(shared_dir):
    """What the seed says, for those who have it."""
    place = shared_dir / "reference" / "review-2023.yaml"
    if not place.is_file():
        pytest.skip("no reference file of the review of 2023 here")
    return yaml.safe_load(place.read_text("utf-8"))


def test_the_diagram_reads_as_it_was_printed():
    counts = [row.count for row in rows(review_2023().flow)]
    assert counts == [4497, 7, 975, 3529, 3445, 84, 62, 22]
    words = " ".join(line.text for box in figure(review_2023().flow).boxes for line in box.lines)
    places = [words.index(f"{count:,})") for count in counts]
    assert len(set(places)) == 8


def test_its_counts_agree_with_each_other():
    assert contradictions(review_2023().flow) == ()
    assert questions(review_2023().flow) == ()


def test_its_gaps_are_worked_out():
    assert review_2023().studies.gaps() == (
        "No study reported physical or sensory disability.",
        "Topic: nothing is said of study 14.",
    )


def test_every_count_of_the_flow_is_the_references(reference):
    flow, told = review_2023().flow, reference["flow"]
    way = flow.databases
    assert way.databases == told["identified_from_databases"]
    assert [each.count for each in way.joined] == [told["identified_from_experts"]]
    assert way.duplicates == told["duplicates_removed"]
    assert way.screened == told["screened_title_abstract"]
    assert way.excluded == told["excluded_title_abstract"]
    assert way.reports.assessed == told["full_text_assessed"]
    assert way.reports.excluded == told["excluded_full_text"]
    assert flow.included.reports == told["included_papers"]
    assert review_2023().reports_sharing_a_programme == told["papers_sharing_a_programme"]


def test_every_study_is_where_the_reference_has_it(reference):
    told = dict(reference["study_table"])
    told.update(told.pop("topic"))
    ours = {each.key: list(each.studies) for each in review_2023().studies.attributes}
    assert ours == told
    assert review_2023().studies.count == reference["flow"]["included_papers"]


def test_search_screening_charting_and_the_rest_are_the_references(reference):
    ours = review_2023()
    assert list(ours.search.databases) == reference["search"]["databases"]
    assert ours.search.searched == reference["search"]["searched"]
    assert ours.search.from_year == reference["search"]["from_year"]
    assert len(ours.search.other_sources) == len(reference["search"]["other_sources"])
    assert len(ours.criteria.leave_out) == len(reference["exclusion"])
    assert list(ours.framework) == reference["framework"]
    assert len(ours.stages) == len(reference["stages"])
    round_ = reference["screening"]["calibration"]
    screening = ours.screening
    assert list(screening.reviewers) == reference["screening"]["reviewers"]
    assert list(screening.full_text_reviewers) == reference["screening"]["full_text_reviewers"]
    assert screening.calibration_rounds == round_["rounds"]
    assert screening.records_a_round == round_["records_a_round"]
    assert screening.seen_by_all == round_["screened_by_all"]
    assert screening.criteria_changed == reference["screening"]["criteria_changed_by_calibration"]
    assert f"{screening.calibrated_share(3529):.1%}" == round_["share_of_titles"]
    assert list(ours.charting.extractors) == reference["charting"]["extractors"]
    assert f"{ours.charting.charted_twice_percent}%" == reference["charting"]["double_extracted"]
    assert [each.lower() for each in ours.charting.form] == reference["charting"]["form"]
    coding = reference["coding"]
    assert ours.coding.method.lower() == coding["method"].lower()
    assert list(ours.coding.coders) == coding["coders"]
    assert f"{ours.coding.coded_twice_percent}%" == coding["double_coded"]
    assert (ours.coding.merged_by, ours.coding.revised_by) == (
        coding["merged_by"],
        coding["revised_by"],
    )
    assert vars(ours.consultation) == reference["consultation"]


TABLE = StudyTable(
    3,
    (
        Group("Kind", (Attribute("a", "Survey", (1, 3)), Attribute("b", "Diary", (2,)))),
        Group("Who", (Attribute("c", "Carers", ()),)),
    ),
)


def test_a_study_table_has_a_row_for_each_study():
    assert TABLE.rows() == (
        ("Study", "Survey", "Diary", "Carers"),
        ("1", "yes", "", ""),
        ("2", "", "yes", ""),
        ("3", "yes", "", ""),
    )


def test_a_study_table_by_attribute_says_how_many_and_which():
    assert TABLE.by_attribute() == (
        ("Kind", "Survey", 2, "1, 3"),
        ("Kind", "Diary", 1, "2"),
        ("Who", "Carers", 0, ""),
    )
    assert TABLE.gaps() == ("No study reported carers.",)


@pytest.mark.parametrize(
    ("attributes", "sentence"),
    [
        ((Attribute("a", "A", (4,)),), "A: there is no study 4."),
        ((Attribute("a", "A", (0, 1)),), "A: there is no study 0."),
        ((Attribute("a", "A", (1, 1)),), "A: a study stands there twice."),
        ((Attribute("a", "A", ()), Attribute("a", "B", ())), "a is the name of two attributes."),
    ],
)
def test_a_table_that_cannot_be_is_refused(attributes, sentence):
    with pytest.raises(ValueError, match=sentence):
        StudyTable(3, (Group("G", attributes),))
