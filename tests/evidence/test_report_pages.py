"""The checklist, and taking a whole review along: what the pages show, keep and refuse."""

import csv
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from firsthand.evidence import checklist
from firsthand.evidence.actions import criteria, importing, rounds
from firsthand.evidence.checklist_items import BY_NUMBER, ESSENTIAL, ITEMS
from firsthand.evidence.models import Decision, Reported, Review, Trail
from firsthand.evidence.rules import ABSTRACT, EXCLUDE, INCLUDE
from firsthand.people import rules as roles
from tests.evidence import kit
from tests.evidence.test_pages import World
from tests.repair.conftest import someone

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world() -> World:
    return World()


def words_of(content: bytes) -> str:
    import docx

    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


# -- the checklist --------------------------------------------------------------------------------


def test_it_has_the_twenty_essential_items_and_two_optional_ones_in_their_order():
    assert [each.number for each in ITEMS] == list(range(1, 23))
    assert (ESSENTIAL, [each.number for each in ITEMS if each.optional]) == (20, [12, 16])
    assert list(dict.fromkeys(each.section for each in ITEMS)) == [
        "Title", "Abstract", "Introduction", "Methods", "Results", "Discussion", "Funding",
    ]  # fmt: skip


def test_a_review_that_holds_little_has_little_filled_in(world):
    found = checklist.checklist(world.ada.review)
    assert [each.item.number for each in found.lines if each.held] == [4, 5]
    assert found.met == 2
    assert "2 of 20 essential items are met" in world.get("Ada", "checklist")


def test_what_the_review_holds_is_filled_in_by_itself(world):
    Review.objects.update(
        title="A scoping review of harm", aims="To know", population="Adults", concept="Harm"
    )
    criteria.add(world.ada, INCLUDE, "Is about care")
    records = kit.imported(world.ada, 3)
    rounds.begin(world.ada, ABSTRACT, 1, seed=1)
    kit.decide(records[0], (world.ada, INCLUDE), (world.ben, INCLUDE))
    kit.decide(records[1], (world.ada, EXCLUDE), (world.ben, EXCLUDE))
    kit.decide(records[2], (world.ada, EXCLUDE), (world.ben, EXCLUDE))
    shown = world.get("Ada", "checklist")
    for words in (
        "The title: A scoping review of harm.", "The protocol says its aims.",
        "The protocol has the question, with population, concept.", "its history has 0 changes",
        "1 criterion, version 1", "PsycINFO, Ovid; last searched on 02 March 2026.",
        "1 whole search as run.", "2 reviewers decided each record, blind, after 1 calibration",
        "3 screened, 0 read in full, 0 included",
    ):  # fmt: skip
        assert words in shown
    assert "9 of 20 essential items are met" in shown
    assert world.get("Ben", "checklist_item", 14)


def test_who_sees_the_counts_keeps_their_own_decisions(world):
    record = kit.imported(world.ada, 1)[0]
    kit.decide(record, (world.ada, INCLUDE), (world.ben, INCLUDE))
    world.get("Ada", "checklist")
    assert [each.revealed for each in Decision.objects.order_by("at")] == [True, False]


def test_a_person_says_where_an_item_is_met_and_takes_it_back(world):
    world.post("Ben", "checklist_item", 19, where="Page 9", note="Talk to Ada", applies="yes")
    shown = world.get("Ada", "checklist")
    assert "In the report: Page 9" in shown
    assert "Talk to Ada" in shown
    assert 'value="Page 9"' in world.get("Ada", "checklist_item", 19)
    world.post("Ada", "checklist_item", 19, where="", note="", applies="yes")
    world.post("Ada", "checklist_item", 19, where="", note="", applies="yes")  # pressed twice
    assert "Page 9" not in world.get("Ada", "checklist")
    lines = Trail.objects.filter(did="checklist item written").order_by("at")
    assert [each.by.name for each in lines] == ["Ben", "Ada"]
    assert lines[1].about["before"] == {"where": "Page 9", "note": "Talk to Ada"}


def test_an_item_that_does_not_apply_says_why_and_nothing_typed_is_lost(world):
    typed = world.post(
        "Ada", "checklist_item", 22, status=422, where="Page 1", note="kept words", applies="no"
    )
    assert "Say why this item does not apply." in typed
    assert "kept words" in typed
    assert not Reported.objects.exists()
    world.post("Ada", "checklist_item", 22, applies="no", why="Nobody paid")
    shown = world.get("Ada", "checklist")
    assert "Does not apply" in shown
    assert "Why: Nobody paid" in shown
    assert "3 of 20" in shown
    assert "Choose yes or no" in world.post("Ada", "checklist_item", 22, status=422)


@pytest.mark.parametrize("item", [0, 23, 999999999])
def test_there_is_no_other_item(world, item):
    answer = world.browsers["Ada"].get(world.at("checklist_item", item))
    assert answer.status_code == 404


def test_the_checklist_is_a_table_and_a_document(world):
    world.post("Ada", "checklist_item", 2, where="=1+1", applies="yes", note="note")
    world.post("Ada", "checklist_item", 12, applies="no", why="Not appraised")
    answer = world.browsers["Ben"].get(world.at("checklist_csv"))
    assert answer["Content-Disposition"] == 'attachment; filename="prisma-scr.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 22
    assert (rows[1]["where"], rows[1]["note"]) == ("'=1+1", "note")
    assert (rows[11]["optional"], rows[11]["does_not_apply"]) == ("yes", "Not appraised")
    text = words_of(world.browsers["Ben"].get(world.at("checklist_docx")).content)
    assert "3 of 20 essential items are met." in text
    assert "12. Methods: Critical appraisal (optional)" in text
    assert "Does not apply: Not appraised" in text
    assert "=1+1. note." in text
    assert all(each.tell in text for each in ITEMS)


def test_the_database_keeps_one_line_an_item_of_those_there_are(world):
    for wrong in ({"item": 23}, {"item": 3, "applies": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reported.objects.create(review=world.ada.review, **wrong)
    row = Reported.objects.create(review=world.ada.review, item=3)
    assert str(row).startswith("item 3 of")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reported.objects.create(review=world.ada.review, item=3)
    assert checklist.line(world.ada.review, BY_NUMBER[3]).said == row


# -- the whole review as a file -------------------------------------------------------------------


def sent(content: bytes, name: str = "review.zip") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, content)}


def test_a_review_is_taken_out_and_brought_in_on_the_pages(world):
    kit.imported(world.ada, 3)
    world.post("Ada", "checklist_item", 19, where="Page 9", applies="yes")
    assert "s name is in it" in world.get("Ben", "package")
    answer = world.browsers["Ben"].get(world.at("package_zip"))
    assert answer["Content-Disposition"].endswith('filename="harm-in-social-care-made-up.zip"')
    content = b"".join(answer)
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    done = world.browsers["Eve"].post(reverse("evidence:package_in"), sent(content))
    new = Review.objects.exclude(id=world.ada.review_id).get()
    assert done["Location"] == reverse("evidence:review", args=[new.id])
    assert (new.records_made, new.reported.get().where) == (3, "Page 9")
    assert new.members.get(left_on=None).user.name == "Eve"
    assert world.browsers["Ada"].get(done["Location"]).status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no zip", "This is no zip file, or it is broken. Nothing of it was kept."),
        (b"", "Choose the file of a review|there is nothing in it"),
    ],
)
def test_what_is_no_package_is_said_and_nothing_is_kept(world, content, said):
    answer = world.browsers["Eve"].post(reverse("evidence:package_in"), sent(content))
    assert answer.status_code == 422
    assert any(each in answer.content.decode() for each in said.split("|"))
    assert Review.objects.count() == 1


def test_a_package_too_large_for_a_page_is_said_with_the_way_by_command(world, settings):
    settings.FIRSTHAND_LARGEST_FILE = 1000
    answer = world.browsers["Eve"].post(reverse("evidence:package_in"), sent(b"x" * 5000))
    assert answer.status_code == 422
    assert "can bring it in by command" in answer.content.decode()
    none = world.browsers["Eve"].post(reverse("evidence:package_in"), {})
    assert "Choose the file of a review" in none.content.decode()


def test_while_a_file_is_being_read_the_page_says_to_wait(world):
    run = kit.imported(world.ada, 1)[0].file.run
    importing.take(world.ada, run, [("c.ris", b"TY  - JOUR\nTI  - X\nER  - \n")])
    answer = world.browsers["Ada"].get(world.at("package_zip"))
    assert answer.status_code == 409
    assert "A file is being read" in answer.content.decode()


def test_only_researchers_bring_a_review_in():
    helper = someone(roles.COORDINATOR, "Cai")
    assert helper.browser().get(reverse("evidence:package_in")).status_code == 404


@pytest.mark.parametrize(
    ("name", "more"),
    [("checklist", ()), ("checklist_item", (4,)), ("checklist_csv", ()), ("checklist_docx", ()),
     ("package", ()), ("package_zip", ())],
)  # fmt: skip
def test_to_a_stranger_there_is_nothing_here(world, name, more):
    answer = world.browsers["Eve"].get(world.at(name, *more))
    assert answer.status_code == 404
    assert kit.PROTOCOL["title"] not in answer.content.decode()
    assert not Decision.objects.filter(revealed=True).exists()
