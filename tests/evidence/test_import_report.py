"""What a file's page gives back: every problem as a table, every record with all its raw fields."""

import csv
import io
import json

import pytest

from firsthand.evidence import giving
from firsthand.evidence.actions import importing, searches
from firsthand.evidence.formats.reading import read
from firsthand.evidence.models import ImportFile, ImportProblem, Record
from tests.evidence import kit
from tests.evidence.test_importing import ris
from tests.evidence.test_pages import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world() -> World:
    made = World()
    run = searches.add(made.ada, kit.SEARCH)
    content = ris(3) + b"TY  - JOUR\nTI  - Cut off in the mid"
    made.file = importing.take(made.ada, run, [("an export.ris", content)]).new[0]
    importing.read_file.call(str(made.file.id))
    return made


def given(world, name: str, by: str = "Ben") -> str:
    answer = world.browsers[by].get(world.at(name, world.file.id))
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return b"".join(answer).decode()


def test_every_problem_is_given_with_file_line_and_what_was_kept(world, monkeypatch):
    monkeypatch.setattr(giving, "_BATCH", 1)
    ImportProblem.objects.create(file=world.file, place=99, line=7, said="=SUM(A1)", kept="-1 line")
    rows = list(csv.reader(io.StringIO(given(world, "import_problems").removeprefix("\ufeff"))))
    assert rows[0] == ["File", "Line", "What was found", "What was kept"]
    assert [row[0] for row in rows[1:]] == ["an export.ris"] * 2
    assert rows[2][1:] == ["7", "'=SUM(A1)", "'-1 line"]  # text, whatever a spreadsheet thinks
    assert "Download all problems as CSV" in world.get("Ada", "imported", world.file.id)


@pytest.mark.parametrize("name", ["import_ris", "import_csv"])
def test_every_raw_field_comes_back_as_it_came_and_reads_the_same_again(world, name, monkeypatch):
    monkeypatch.setattr(giving, "_BATCH", 2)
    said = given(world, name)
    again = [each for each in read(io.BytesIO(said.encode()), "x." + name[-3:])
             if hasattr(each, "raw")]  # fmt: skip
    kept = [tuple(map(tuple, row.raw)) for row in Record.objects.order_by("number")]
    assert [each.raw for each in again[:3]] == kept[:3]
    assert len(again) == 4
    assert again[1].title == "Bluebells 2"


def test_records_come_in_other_formats_too(world):
    assert given(world, "import_bib").count("@article") == 4
    assert json.loads(given(world, "import_json"))[0]["title"] == "Bluebells 1"


def test_a_stranger_is_given_nothing(world):
    for name in ("import_problems", "import_ris", "import_bib", "import_json", "import_csv"):
        answer = world.browsers["Eve"].get(world.at(name, world.file.id))
        assert answer.status_code == 404
        assert "Bluebells" not in answer.content.decode()


def test_a_file_with_an_odd_name_is_given_under_a_plain_one(world):
    ImportFile.objects.update(name='"; rm.ris')
    answer = world.browsers["Ada"].get(world.at("import_ris", world.file.id))
    assert answer["Content-Disposition"] == 'attachment; filename="rm-records.ris"'
