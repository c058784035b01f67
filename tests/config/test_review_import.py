"""`firsthand review import`: says what is in files, writes one, and leaves no file half written."""

import json

import pytest

from firsthand import cli
from firsthand.config import review_told

RIS = "TY  - JOUR\nTI  - {}\nAU  - Beck, I\nPY  - 2018\nER  - \n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.ris").write_text(RIS.format("One") + RIS.format("Two"))
    (tmp_path / "b.ris").write_text(RIS.format("Two") + RIS.format("Three") + RIS.format("Three"))
    (tmp_path / "copy.ris").write_bytes((tmp_path / "a.ris").read_bytes())
    (tmp_path / "odd.ris").write_text(RIS.format("").replace("2018", "soon"))
    (tmp_path / "letter.txt").write_text("Dear colleague")
    (tmp_path / "t.csv").write_text("Words,When\nOne,2001\n")
    return tmp_path


def run(*args):
    return cli.main(["review", "import", *map(str, args)])


def test_format_encoding_and_number_are_said(here, capsys):
    assert run("a.ris") == 0
    assert capsys.readouterr().out == "a.ris: RIS, utf-8: 2 records.\n"


def test_problems_are_said_with_file_and_line(here, capsys):
    assert run("odd.ris") == 0
    said = capsys.readouterr().out
    assert "odd.ris: RIS, utf-8: 1 record." in said
    assert "line 1: No year can be read in “soon”. Kept: The record" in said


def test_the_same_file_twice_is_taken_once_and_so_is_a_record(here, capsys):
    assert run("a.ris", "b.ris", "copy.ris", "a.ris") == 0
    said = capsys.readouterr().out
    assert "1 of them stand word for word in an earlier file" in said
    assert "copy.ris: the same file as a.ris. Nothing of it was taken again." in said
    assert said.count("the same file as a.ris") == 2
    assert said.endswith("Together 4 records.\n")


@pytest.mark.parametrize(
    ("to", "begin"),
    [("ris", "TY  - JOUR"), ("bibtex", "@article"), ("csl-json", "["), ("csv", "\ufeffkind")],
)
def test_files_are_written_as_one(here, capsys, to, begin):
    assert run("a.ris", "b.ris", "--to", to, "--output", "all.out") == 0
    assert (here / "all.out").read_text().startswith(begin)
    capsys.readouterr()
    assert run("all.out", "--json") == 0
    assert json.loads(capsys.readouterr().out)["records"] == 4
    assert [each.name for each in here.glob("*.part")] == []


def test_without_a_file_it_is_written_to_the_screen_and_told_beside(here, capsys):
    assert run("a.ris", "--to", "ris") == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("TY  - JOUR")
    assert "2 records" in shown.err


def test_json_tells_every_problem(here, capsys):
    (here / "many.ris").write_text(RIS.format("").replace("2018", "soon") * 30)
    assert run("many.ris") == 0
    assert "… and 40 more. With --json all are told." in capsys.readouterr().out
    assert run("many.ris", "--json") == 0
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert len(file["problems"]) == 60
    assert file["problems"][0].keys() == {"line", "said", "kept"}
    assert (file["format"], file["encoding"], file["records"]) == ("ris", "utf-8", 30)


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_read(here, capsys):
    assert run("letter.txt", "nowhere.ris", "a.ris") == 1
    said = capsys.readouterr().out
    assert "letter.txt: What this file is could not be made out." in said
    assert "nowhere.ris: It could not be opened: No such file or directory." in said
    assert "Together 2 records." in said


def test_columns_can_be_said(here, capsys):
    assert run("t.csv") == 1
    assert "“Words”" in capsys.readouterr().out
    assert run("t.csv", "--columns", "title=Words, year=When", "--to", "ris") == 0
    assert "TI  - One" in capsys.readouterr().out


@pytest.mark.parametrize("said", ["", "title", "=x", "title="])
def test_columns_said_wrongly_are_told(here, capsys, said):
    with pytest.raises(SystemExit):
        run("t.csv", "--columns", said)
    assert "title=Titel" in capsys.readouterr().err


def test_a_file_is_never_written_over_one_that_is_read(here, capsys):
    assert run("a.ris", "--to", "csv", "--output", "a.ris") == 2
    assert (here / "a.ris").read_text().startswith("TY  - JOUR")
    assert "Give it another name" in capsys.readouterr().err


def test_output_without_a_format_is_told(here, capsys):
    assert run("a.ris", "--output", "x") == 2
    assert "--to" in capsys.readouterr().err


def test_where_nothing_can_be_written_is_told(here, capsys):
    assert run("a.ris", "--to", "csv", "--output", "no/where.csv") == 1
    assert "could not be written" in capsys.readouterr().err


def test_an_excel_table_has_no_encoding_to_tell():
    told = review_told.Told("x.xlsx", "xlsx", "", 1)
    assert review_told.words([told]) == "x.xlsx: Excel table: 1 record.\n"


def test_the_steps_of_a_review_explain_themselves(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["review", "import", "--help"])
    assert ended.value.code == 0
    assert len(capsys.readouterr().out.split()) > 60
