"""Tables whose columns are not all known: a person says what is in them, once for each header."""

import pytest

from firsthand.evidence import rules
from firsthand.evidence.actions import importing, searches
from firsthand.evidence.formats import columns
from firsthand.evidence.models import ImportFile, Record, Screening, Trail
from tests.evidence import kit
from tests.evidence.formats.test_tables import book
from tests.evidence.test_pages import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
TABLE = (
    "Heading of it;Wrote it;When;Mood\n"
    "Bluebells in spring;Brook, Ada;2019;calm\n"
    "Foxgloves;Fell, Sam;2020;\n"
)
PARTS = {"c0": "title", "c1": "authors", "c2": "year", "c3": ""}


@pytest.fixture
def world() -> World:
    return World()


def sent(world, content: str | bytes = TABLE, name: str = "mine.csv") -> ImportFile:
    """Return a file after the worker has looked at it."""
    run = world.ada.review.searches.first() or searches.add(world.ada, kit.SEARCH)
    content = content.encode() if isinstance(content, str) else content
    row = importing.take(world.ada, run, [(name, content)]).new[0]
    importing.read_file.call(str(row.id))
    return ImportFile.objects.get(id=row.id)


def read(row: ImportFile) -> ImportFile:
    importing.read_file.call(str(row.id))
    return ImportFile.objects.get(id=row.id)


def test_unknown_columns_wait_for_a_person_and_nothing_is_read_meanwhile(world):
    row = sent(world)
    assert (row.stage, row.records_read) == (rules.COLUMNS, 0)
    assert read(row).stage == rules.COLUMNS  # a job that comes twice changes nothing
    page = world.get("Ben", "import_columns", row.id)
    for words in ("Heading of it", "Mood", "Bluebells in spring", "calm", "Keep it as it came"[1:]):
        assert words in page
    assert "Say what is in its columns" in world.get("Ben", "imported", row.id)
    assert "Waiting for you" in world.get("Ben", "search", row.run_id)


def test_what_the_headings_say_is_chosen_already(world):
    row = sent(world, "Title;Authors;Mood\nBluebells;Brook, Ada;calm\n")
    page = world.get("Ada", "import_columns", row.id)
    assert page.count("selected") == 3
    assert '<option value="title" selected>' in page
    assert '<option value="authors" selected>' in page


def test_what_is_said_is_how_the_file_is_read_and_every_column_is_kept(world):
    row = sent(world)
    assert world.post("Ben", "import_columns", row.id, **PARTS).endswith(f"/files/{row.id}/")
    row = read(row)
    assert (row.stage, row.records_read) == (rules.READ, 2)
    first = Record.objects.get(number=1)
    assert (first.title, first.authors, first.year) == ("Bluebells in spring", ["Brook, Ada"], 2019)
    assert ["Mood", "calm"] in first.raw
    assert Screening.objects.count() == 2
    line = Trail.objects.get(did="columns said")
    assert line.about["columns"][0] == "Heading of it: title"
    assert "Mood: kept as it came" in world.get("Ada", "imported", row.id)


def test_a_wrong_guess_is_put_right_not_added_to(world):
    row = sent(world, "Title;Source;Mood\nBluebells;a shelf;calm\n")
    world.post("Ada", "import_columns", row.id, c0="title", c1="", c2="container")
    read(row)
    assert Record.objects.get().container == "calm"


def test_two_columns_may_hold_the_same_part(world):
    row = sent(world, "Title;Words A;Words B\nBluebells;blue;spring\n")
    world.post("Ada", "import_columns", row.id, c0="title", c1="keywords", c2="keywords")
    read(row)
    assert Record.objects.get().keywords == ["blue", "spring"]


def test_the_next_file_with_the_same_header_is_not_asked_about(world):
    row = sent(world)
    world.post("Ada", "import_columns", row.id, **PARTS)
    read(row)
    again = sent(world, TABLE + "Campions;Fell, Sam;2021;\n", "next.csv")
    assert (again.stage, again.records_read) == (rules.READ, 3)
    assert sent(world, TABLE.replace("Mood", "Weather"), "other.csv").stage == rules.COLUMNS


def test_another_review_is_asked_for_itself(world):
    row = sent(world)
    world.post("Ada", "import_columns", row.id, **PARTS)
    other = World.__new__(World)
    other.ada = kit.review("Zed")[0]
    assert sent(other).stage == rules.COLUMNS


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"c0": "", "c1": "authors"}, "Say which column holds the titles"),
        ({**PARTS, "c0": "nonsense"}, "Choose one from the list"),
    ],
)
def test_a_table_without_titles_or_with_nonsense_is_given_back(world, parts, said):
    row = sent(world)
    page = world.post("Ada", "import_columns", row.id, status=422, **parts)
    assert said in page
    assert "Bluebells in spring" in page
    assert '<option value="authors" selected>' in page
    assert read(row).stage == rules.COLUMNS


def test_two_people_who_answer_at_once(world):
    row = sent(world)
    stale = ImportFile.objects.get(id=row.id)
    world.post("Ada", "import_columns", row.id, **PARTS)
    at = world.post("Ben", "import_columns", row.id, **PARTS)  # it is known by now
    assert at.endswith(f"/files/{row.id}/")
    with pytest.raises(Exception, match="Someone has said what is in these columns"):
        importing.say_columns(world.ben, stale, list(PARTS.values()))
    assert Trail.objects.filter(did="columns said").count() == 1


def test_a_table_of_known_columns_and_one_of_our_own_are_read_at_once(world):
    assert sent(world, "Title,Year\nBluebells,2019\n").stage == rules.READ
    ours = 'title,source_format,raw,mood\nFoxgloves,csv,"[[""Mood"",""calm""]]",calm\n'
    assert sent(world, ours, "ours.csv").stage == rules.READ
    assert sent(world, "\n", "empty.csv").stage == rules.FAILED


def test_tsv_and_excel_are_asked_about_alike(world):
    assert sent(world, TABLE.replace(";", "\t"), "mine.tsv").stage == rules.COLUMNS
    cells = (
        "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in line.split(";"))
        for line in TABLE.splitlines()
    )
    row = sent(world, book("".join(f"<row>{each}</row>" for each in cells)), "mine.xlsx")
    assert row.header == ["Heading of it", "Wrote it", "When", "Mood"]
    world.post("Ada", "import_columns", row.id, **PARTS)
    assert read(row).records_read == 2


def test_a_stranger_sees_no_columns_and_says_nothing_of_them(world):
    row = sent(world)
    eve = world.browsers["Eve"]
    assert eve.get(world.at("import_columns", row.id)).status_code == 404
    assert eve.post(world.at("import_columns", row.id), PARTS).status_code == 404
    assert ImportFile.objects.get().stage == rules.COLUMNS


def test_every_part_that_a_page_offers_can_be_read():
    assert set(columns.PARTS) == set(columns.HEADINGS)
    header = ["Title", "", "title", "Mood"]
    assert columns.guess(header) == ["title", "", "title", ""]
    matched = columns.match(header, ["", "", "title", "keywords"])
    assert matched.parts == {"title": (2,), "keywords": (3,)}
