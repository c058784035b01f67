"""The pages of studies and charting: what they show, take and give back, and to whom."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from firsthand.evidence import charts, rules
from firsthand.evidence.actions import chart_forms, charting, studies
from firsthand.evidence.example import review_2023
from firsthand.evidence.example_charting import form_of, studies_of
from firsthand.evidence.formats import xlsx
from firsthand.evidence.formats.xlsx_writing import sheet_names, workbook
from firsthand.evidence.models import Chart, Reconciled, Study, StudyReport
from firsthand.methods.charting.gaps import counted, sentences
from firsthand.methods.charting.values import TEXT, UNREPORTED, Entry, Field
from firsthand.people import rules as roles
from tests.evidence import charting_kit
from tests.evidence.charting_kit import NO, YES, given
from tests.evidence.test_charting_whole import World
from tests.repair.conftest import someone

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
BEGUN = {"began": "0", "f1": "Interviews", "f4": YES}
GROUP = {"f11-rows": "1", "f11-0-f12": "Nobody asked", "f11-0-f13": "3"}


@pytest.fixture
def world() -> World:
    made = World()
    charting_kit.form(made.ada)
    studies.follow(made.ada.review)
    made.one, made.other = Study.objects.all()
    return made


def answers(world):
    return Chart.objects.get().answers


# -- designing ------------------------------------------------------------------------------------


def test_a_field_is_added_with_its_choices_and_what_is_wrong_is_said_with_all_that_was_typed(world):
    add = "chart_field_add"
    said = world.post("Ada", add, status=422, label="Sex", kind="choice", choices="One", help="Ask")
    for words in ("at least two choices", "One", "Ask"):
        assert words in said
    assert "Write what it asks" in world.post("Ada", add, status=422, kind="text")
    assert "asks this already" in world.post("Ada", add, status=422, kind="text", label="Harm")
    many = "\n".join(map(str, range(101)))
    assert "100 choices at most" in world.post(
        "Ada", add, status=422, kind="many", label="M", choices=many
    )
    world.post("Ada", add, kind="text", label="Aims", choices="left\nover", unit="people")
    made = charts.fields(charts.draft(world.ada.review))[-1]
    assert (made.label, made.choices, made.unit) == ("Aims", (), "")


def test_a_group_gets_parts_and_a_part_is_no_group(world):
    page = world.get("Ada", "chart_part_add", "f11")
    assert "A group of fields" not in page
    world.post("Ada", "chart_part_add", "f11", kind="text", label="Who said it")
    assert "Who said it" in world.get("Ada", "chart_form")
    for into in ("f1", "f99"):
        world.get("Ada", "chart_part_add", into, status=404)


def test_a_field_is_changed_moved_retired_and_used_again_by_buttons(world):
    assert "Participants" in world.get("Ada", "chart_field", "f2")
    world.post("Ada", "chart_field", "f2", label="People", unit="people", help="")
    world.post("Ada", "chart_field", "f12", label="What was found", help="")
    for how, said in (("down", "moved down"), ("up", "moved up"), ("retire", "asked no more"),
                      ("again", "asked again")):  # fmt: skip
        world.post("Ada", "chart_field_do", "f2", do=how)
        assert f"“People” is {said}" in world.get("Ada", "chart_form")
    assert "Press one of the buttons" in world.post("Ada", "chart_field_do", "f2", status=409)
    world.get("Ada", "chart_field", "f99", status=404)
    world.post("Ada", "chart_form_publish")
    assert "Version 2" in world.get("Ada", "chart_form")
    world.post("Ada", "chart_field_do", "f3", do="retire")
    assert "Asked no more" in world.get("Ada", "chart_form")
    world.post("Ada", "chart_form_drop")
    assert "Asked no more" not in world.get("Ada", "chart_form")


def test_a_reviewer_reads_the_published_form_and_changes_nothing(world):
    chart_forms.add(world.ada, Field("", TEXT, "Not yet published"))
    page = world.get("Ben", "chart_form")
    assert "Participants" in page
    assert "Not yet published" not in page
    assert "Add a field" not in page
    assert "Not yet published" in world.get("Ada", "chart_preview")
    for name, *more in (("chart_field_do", "f1"), ("chart_form_publish",), ("chart_form_drop",)):
        world.post("Ben", name, *more, status=404)


# -- charting -------------------------------------------------------------------------------------


def test_every_kind_of_field_is_charted_with_passages_and_entries(world):
    world.post(
        "Ada", "chart", world.one.id, **BEGUN, **GROUP, finish="1", f2="1,234", f3="May 2018",
        **{"f7": ["f8", "f9"], "f1-ps": "2", "f1-p0-quote": "We asked.", "f1-p0-report": "1",
           "f1-p1-place": "p. 9", "f11-0-ps": "1", "f11-0-p0-quote": "Nobody did."},
    )  # fmt: skip
    said = answers(world)
    assert said["f2"]["value"] == "1234"
    assert said["f3"]["value"] == {
        "text": "May 2018", "earliest": "2018-05-01", "latest": "2018-05-31",
    }  # fmt: skip
    assert said["f7"]["value"] == ["f8", "f9"]
    assert [(each["report"], each["place"]) for each in said["f1"]["passages"]] == [
        (1, ""), (None, "p. 9"),
    ]  # fmt: skip
    entry = said["f11"]["value"][0]
    assert entry["answers"]["f13"]["value"] == "3"
    assert entry["passages"][0]["quote"] == "Nobody did."
    read = world.get("Ben", "chart_read", world.one.id)
    for words in ("1234 people", "May 2018", "Women; Men", "Nobody did.", "Record 1"):
        assert words in read
    report = world.at("full_text", world.one.reports.get().record_id)
    assert f'href="{report}?find=We%20asked."' in read  # to its place in the PDF's text
    assert world.get("Ada", "chart", world.one.id, status=302) == ""


def test_words_that_are_no_date_are_kept_as_they_were_typed(world):
    world.post("Ada", "chart", world.one.id, **BEGUN, f3="before the move")
    assert answers(world)["f3"]["value"] == {
        "text": "before the move", "earliest": "", "latest": "",
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["many", "1e999", "NaN", "Infinity", "٣x", "1.2.3"])
def test_what_is_no_number_is_said_and_given_back_with_all_the_rest(world, typed):
    page = world.post("Ada", "chart", world.one.id, **{**BEGUN, "f2": typed}, status=422)
    assert "Write a number" in page
    assert "Interviews" in page
    assert typed in page
    assert not Chart.objects.exists()


def test_an_answer_and_not_reported_at_once_is_asked_back(world):
    sent = {**BEGUN, **GROUP, "f1-none": "on", "f11-none": "on", "f11-0-f12-none": "on"}
    page = world.post("Ada", "chart", world.one.id, **sent, status=422)
    assert page.count("Keep one of them") == 6  # each above the form, and beside its box
    assert "Nobody asked" in page


def test_a_choice_that_is_none_is_refused_and_nothing_is_kept(world):
    page = world.post("Ada", "chart", world.one.id, **{**BEGUN, "f4": "f99"}, status=422)
    assert "no longer one of the choices" in page
    sent = {**BEGUN, "f1-ps": "1", "f1-p0-report": "77"}
    assert "no longer one of this study" in world.post(
        "Ada", "chart", world.one.id, **sent, status=422
    )
    assert "Null characters" in world.post(
        "Ada", "chart", world.one.id, **{**BEGUN, "f1": "a\x00b"}, status=422
    )


def test_a_button_shows_one_entry_more_saves_and_keeps_everything(world):
    page = world.post("Ada", "chart", world.one.id, **BEGUN, **GROUP, more="f11-rows", status=200)
    assert 'name="f11-1-f12"' in page
    assert "Nobody asked" in page
    assert answers(world)["f11"]["value"][0]["answers"]["f12"]["value"] == "Nobody asked"
    sent = {**BEGUN, "began": "1", "f11-rows": "2", "f11-0-f12": "One", "f11-1-f12": "Two"}
    page = world.post("Ada", "chart", world.one.id, **sent, less="f11-0", status=200)
    assert 'name="f11-0-f12"' not in page
    assert [each["answers"]["f12"]["value"] for each in answers(world)["f11"]["value"]] == ["Two"]
    page = world.post(
        "Ada", "chart", world.one.id, **{**sent, "began": "2", "f2": "x"}, more="f1-ps", status=422
    )
    assert "Two" in page
    assert 'name="f1-p0-quote"' in page


@pytest.mark.parametrize("many", ["x", "-1", "99999", ""])
def test_counts_that_are_none_do_no_harm(world, many):
    world.post(
        "Ada", "chart", world.one.id, **BEGUN, **{"f11-rows": many, "f1-ps": "3"}, more="f11-rows",
        status=200,
    )  # fmt: skip


def test_half_a_chart_is_saved_and_what_is_needed_is_said_when_it_is_finished(world):
    assert "Needed before you finish" in world.get("Ada", "chart", world.one.id)
    page = world.post("Ada", "chart", world.one.id, began="0", f2="3", finish="1", status=422)
    assert "It is saved, but not finished" in page
    assert "Chart this, or tick" in page
    assert 'name="began" id="began" value="1"' in page
    assert "Under way" in world.get("Ada", "studies")
    assert 'value="3"' in world.get("Ada", "chart", world.one.id)


def test_two_windows_are_told_of_each_other_and_lose_nothing(world):
    world.post("Ada", "chart", world.one.id, **BEGUN, save="1")
    world.post("Ada", "chart", world.one.id, **{**BEGUN, "began": "1", "f1": "Survey"}, save="1")
    stale = {**BEGUN, "began": "1", "f1": "Diary", "f2": "9"}
    page = world.post("Ada", "chart", world.one.id, **stale, save="1", status=409)
    for words in ("in another window", "Survey", "Diary", 'value="2"', 'value="9"'):
        assert words in page
    assert answers(world)["f1"]["value"] == "Survey"
    world.post("Ada", "chart", world.one.id, **{**stale, "began": "2"}, save="1")
    assert answers(world)["f1"]["value"] == "Diary"
    bad = world.post("Ada", "chart", world.one.id, **{**stale, "began": "x"}, status=422)
    assert "Diary" in bad


def test_a_later_version_says_what_was_charted_before_for_what_is_worded_otherwise(world):
    world.post("Ada", "chart", world.one.id, **BEGUN, f2="12", finish="1")
    chart_forms.change(world.ada, "f2", Field("", "number", "People asked"))
    chart_forms.publish(world.ada)
    page = world.get("Ada", "chart", world.one.id)
    for words in ("You charted this study with version 1", "You charted then: 12", "Interviews"):
        assert words in page
    assert "Chart it with version 2" in world.get("Ada", "study", world.one.id)


def test_nothing_is_charted_without_a_form_nor_by_a_second_person():
    bare = World()
    studies.follow(bare.ada.review)
    one = Study.objects.first()
    said = bare.get("Ada", "chart", one.id, status=409)
    assert "There is no charting form yet" in said
    for name in ("studies", "chart_form", "chart_table", "gaps", "map", "characteristics"):
        assert "charting form" in bare.get("Ben", name).lower() or name == "characteristics"
    charting_kit.form(bare.ada)
    charting_kit.chart(bare.ada, one)
    assert "charted by Ada already" in bare.get("Ben", "chart", one.id, status=409)


def test_a_finished_chart_is_taken_up_again_by_who_made_it(world):
    charting_kit.chart(world.ada, world.one)
    row = Chart.objects.get()
    assert "only they can change it" in world.post("Ben", "chart_take_up", row.id, status=409)
    assert "Take it up again" in world.get("Ada", "study", world.one.id)
    world.post("Ada", "chart_take_up", row.id)
    row.refresh_from_db()
    assert row.finished_at is None
    world.post("Ada", "chart_take_up", world.one.id, status=404)


# -- studies --------------------------------------------------------------------------------------


def test_studies_are_joined_taken_apart_named_and_noted_on_their_pages(world):
    world.post("Ada", "study_join", world.one.id, other=str(world.other.id))
    page = world.get("Ben", "study", world.one.id)
    assert "It was study 2" in page
    assert "Set aside" in world.get("Ben", "studies")
    assert "This study is set aside" in world.get("Ben", "study", world.other.id)
    report = StudyReport.objects.get(record__number=2)
    world.post("Ben", "report_main", report.id)
    world.post("Ben", "report_apart", report.id)
    assert "Set aside" not in world.get("Ben", "studies")
    world.post("Ben", "study", world.one.id, name="Brook and Fell 2020", note="Two sites")
    assert "Two sites" in world.get("Ada", "study", world.one.id)
    assert "Give the study a name" in world.post(
        "Ada", "study", world.one.id, name="", note="kept", status=422
    )
    assert "Choose the other study" in world.post("Ada", "study_join", world.one.id, status=409)
    assert "joined" in world.get("Ada", "history")


def test_a_report_left_out_later_is_shown_as_set_aside(world):
    record = world.one.reports.get().record
    charting_kit.put(record, rules.EXCLUDED)
    assert "It is not included any more" in world.get("Ada", "study", world.one.id)


# -- two people -----------------------------------------------------------------------------------


def differing(world):
    Study.objects.filter(id=world.one.id).update(needed=2)
    world.one.refresh_from_db()
    charting_kit.chart(world.ada, world.one, f2=given("12"))
    charting_kit.chart(world.ben, world.one, f2=given("14"))


def test_a_share_is_drawn_by_an_owner_and_its_seed_is_shown(world):
    assert "Nothing has been drawn yet" in world.get("Ben", "doubles")
    assert "Draw a share" not in world.get("Ben", "doubles")
    assert "An owner of the review draws" in world.post("Ben", "doubles", share="50", status=409)
    for typed, said in (("", "Say which share"), ("0", "At least 1"), ("101", "100 per cent"),
                        ("x", "Write a whole number")):  # fmt: skip
        assert said in world.post("Ada", "doubles", share=typed, status=422)
    world.post("Ada", "doubles", share="50")
    page = world.get("Ben", "doubles")
    assert "50% of 2 studies drawn by chance, seed" in page
    assert "Not begun" in page
    assert "by two people" in world.get("Ben", "studies")


def test_blind_until_both_have_finished_on_every_page(world):
    Study.objects.filter(id=world.one.id).update(needed=2)
    secret = given("What Ada charted")
    charting_kit.chart(world.ada, Study.objects.get(id=world.one.id), f1=secret)
    for name, *more in (
        ("study", world.one.id), ("studies",), ("chart", world.one.id), ("chart_table",),
        ("chart_csv",), ("chart_json",), ("gaps",), ("map",), ("doubles",), ("history",),
        ("characteristics",),
    ):  # fmt: skip
        assert "What Ada charted" not in world.get("Ben", name, *more), name
    assert "still being charted" in world.get("Ben", "chart_read", world.one.id, status=409)
    assert "still being charted" in world.get("Ben", "chart_settle", world.one.id, "f1", status=409)


def test_two_charts_stand_side_by_side_and_a_difference_is_settled_with_its_reason(world):
    differing(world)
    page = world.get("Ben", "chart_read", world.one.id)
    for words in ("Differs", "alike", "12 people", "14 people", "1 field is"):
        assert words in page
    assert "To be reconciled" in world.get("Ben", "chart_table")
    settle = ("chart_settle", world.one.id, "f2")
    ben = Chart.objects.get(member=world.ben)
    assert 'value="14"' in world.get("Ben", *settle, query=f"?from={ben.id}")
    for sent, said in (
        ({}, "Give the value"), ({"f2": "13"}, "Say why"),
        ({"f2": "x", "reason": "So"}, "Write a number"),
    ):  # fmt: skip
        assert said in world.post("Ben", *settle, began="0", **sent, status=422)
    more = world.post("Ben", *settle, began="0", f2="13", reason="kept", more="f2-ps", status=200)
    assert "kept" in more
    world.post("Ben", *settle, began="0", f2="13", reason="Table 1 says so")
    page = world.get("Ada", "chart_read", world.one.id)
    for words in ("Settled by Ben", "13 people", "Why: Table 1 says so", "12 people", "14 people"):
        assert words in page
    assert 'value="13"' in world.get("Ada", *settle)
    assert Reconciled.objects.get().answer["value"] == "13"
    world.get("Ada", "chart_settle", world.one.id, "f99", status=404)


def test_agreement_is_shown_and_given_as_a_file_with_undefined_where_it_is(world):
    differing(world)
    page = world.get("Ben", "doubles")
    for words in ("How far you agree", "0.0%", "100.0%", "cannot be estimated", "only for choices",
                  "Everyone decided the same"):  # fmt: skip
        assert words in page
    file = world.get("Ben", "doubles_csv")
    assert "Participants,1,0.0%,only for choices" in file
    assert "Compare" in page


# -- tables, gaps, the map, files -----------------------------------------------------------------


def charted(world):
    found = given((Entry({"f12": given("@nobody asked"), "f13": UNREPORTED}),))
    charting_kit.chart(world.ada, world.one, f1=given("=HYPERLINK()"), f7=given(("f8",)), f11=found)
    charting_kit.chart(world.ben, world.other, f4=given(NO), f7=UNREPORTED, f2=given("-5"))


def test_a_table_is_filtered_sorted_and_has_the_columns_one_chooses(world):
    charted(world)
    page = world.get("Ben", "chart_table", query="?f7=not+reported&show=f4&sort=name&down=1")
    assert "1 of 2 studies" in page
    assert "Brook 2020b" in page
    assert '<th scope="col">Methods</th>' not in page
    assert "0 of 2" in world.get("Ben", "chart_table", query="?f4=nothing&sort=odd")
    assert "1 of 2" in world.get("Ben", "chart_table", query="?f12=NOBODY")
    file = world.get("Ben", "chart_csv", query="?f4=f6&show=f2&sort=f2")
    assert "'-5" in file
    assert "Methods" not in file


def test_files_run_nothing_in_a_spreadsheet_and_lose_nothing(world):
    charted(world)
    assert "'=HYPERLINK()" in world.get("Ben", "chart_csv")
    assert "'@nobody asked" in world.get("Ben", "chart_entries", "f11")
    world.get("Ben", "chart_entries", "f1", status=404)
    content = world.browsers["Ben"].get(world.at("chart_xlsx")).content
    rows = [cells for _, cells in xlsx.rows(io.BytesIO(content))]
    assert rows[0][:3] == ["Study", "Name", "Methods"]
    assert rows[1][2] == "=HYPERLINK()"  # a text, not a formula
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in b"".join(map(archive.read, archive.namelist()))
        assert "Findings" in archive.read("xl/workbook.xml").decode()
    told = json.loads(world.browsers["Ben"].get(world.at("chart_json")).content)
    assert told["version"] == 1
    assert told["studies"][0]["answers"]["f11"]["value"][0]["answers"]["f13"] == {
        "state": "not reported"
    }
    assert told["studies"][1]["reports"] == [2]


def test_gaps_say_what_no_study_reported_and_how_many_did_not_report_a_field(world):
    charted(world)
    page = world.get("Ben", "gaps")
    assert "Who took part: no study reported “Deaf people”." in page
    assert "1 of 2" in page
    assert "?f7=f8" in page
    file = world.get("Ben", "gaps_csv")
    assert "Who took part,Deaf people,0," in file
    assert "Findings: How many said so,,0,,1,1,0" in file


def test_the_map_counts_studies_where_choices_cross_and_leads_to_them(world):
    charted(world)
    page = world.get("Ben", "map")
    assert "?f4=f5&amp;f7=f8" in page
    assert "0 not" not in page
    assert "1 of 2" in world.get("Ben", "chart_table", query="?f4=f5&f7=f8")
    turned = world.get("Ben", "map", query="?down=f7&across=f4&by=f7")
    assert "?f7=f8&amp;f4=f5" in turned
    same = world.get("Ben", "map", query="?down=f7&across=f7&by=f4")
    assert "?f7=f8&amp;f4=f5" in same
    file = world.get("Ben", "map_csv")
    assert "Yes,Deaf people,0," in file
    assert "No,Not reported,1,2" in file


def test_a_third_field_is_within_the_cells_and_left_out_studies_are_counted(world):
    chart_forms.add(world.ada, Field("", "choice", "Kind"), ["Survey", "Talks"])
    chart_forms.publish(world.ada)
    version = charts.published(world.ada.review)
    said = {"f1": given("x"), "f4": given(YES), "f7": given(("f8",)), "f14": given("f15")}
    charting.save(world.ada, world.one, version, said, 0, finish=True)
    page = world.get("Ben", "map", query="?down=f4&across=f7&by=f14")
    assert "Survey: 1" in page
    assert "1 of 2 studies is not in the map" in page
    assert "Yes,Women,Survey,1,1" in world.get("Ben", "map_csv", query="?down=f4&across=f7&by=f14")


def test_characteristics_are_a_page_a_word_document_and_a_file(world):
    from docx import Document

    charted(world)
    page = world.get("Ben", "characteristics")
    assert "Brook, A. 2020. Record 1" in page
    assert "'=HYPERLINK()" in world.get("Ben", "characteristics_csv")
    content = world.browsers["Ben"].get(world.at("characteristics_docx")).content
    table = Document(io.BytesIO(content)).tables[0]
    assert [each.text for each in table.rows[0].cells][:3] == ["Study", "Reports", "Methods"]
    assert table.rows[2].cells[3].text == "-5"


def test_sheets_are_named_as_excel_asks():
    names = sheet_names(["A/B", "a b", "", "x" * 40, "x" * 40])
    assert names == ["A B", "a b 2", "Sheet", "x" * 31, f"{'x' * 27} 2"]
    wide = workbook([("S", [[str(each) for each in range(30)], ["\x0b\ud800<&>", 7]])])
    rows = [cells for _, cells in xlsx.rows(io.BytesIO(wide))]
    assert rows[0][29] == "29"
    assert rows[1] == ["\ufffd\ufffd<&>", "7"]
    assert wide == workbook([("S", [[str(each) for each in range(30)], ["\x0b\ud800<&>", 7]])])


# -- the example ----------------------------------------------------------------------------------


def test_the_table_of_2023_is_shown_as_a_form_with_its_gaps_and_nothing_is_made_up():
    eve = someone(roles.RESEARCHER, "Eve").browser()
    page = eve.get(reverse("evidence:example_charting")).content.decode()
    for words in ("Physical or sensory disability", "Care plans", "13 of 22", "9 of 22"):
        assert words in page
    assert (
        reverse("evidence:example_charting")
        in eve.get(reverse("evidence:example")).content.decode()
    )
    cai = someone(roles.COORDINATOR, "Cai").browser()
    assert cai.get(reverse("evidence:example_charting")).status_code == 404


def test_every_count_of_the_example_is_the_sources():
    table = review_2023().studies
    found = counted(form_of(table), studies_of(table))
    printed = {each.label: each.studies for each in table.attributes}
    for each in found:
        for line in each.lines:
            assert line.studies == tuple(sorted(printed[line.label]))
    involved = next(each for each in found if each.field.key.startswith("involvement"))
    assert involved.not_reported == (2, 5, 10, 11, 13, 14, 19, 21, 22)
    assert sentences(found, so_far=False) == (
        "Who took part: no study reported “Physical or sensory disability”.",
    )
