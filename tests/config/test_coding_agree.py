"""`firsthand coding agree` and `themes`: of files, of projects, what they say when they stop."""

import json

import pytest

from firsthand.cli import main
from firsthand.codebook.actions import passages, themes
from tests.codebook import kit

CODED = (
    "document,length,coder,code,start,end\n"
    "t,1000,A,Stigma,0,60\nt,1000,A,Stigma,40,100\nt,1000,B,,,\n"
)


@pytest.fixture
def coded(tmp_path):
    path = tmp_path / "coded.csv"
    path.write_text(CODED, "utf-8")
    return path


def test_a_file_is_told_in_words_as_json_as_a_table_and_drawn(coded, tmp_path, capsys):
    out, drawn = tmp_path / "out.csv", tmp_path / "out.svg"
    assert main(["coding", "agree", str(coded), "--out", str(out), "--plot", str(drawn)]) == 0
    said = capsys.readouterr().out
    assert "Alpha: cannot be estimated" in said
    assert "Only one coder used this code" in said
    assert "Stigma,Alpha,," in out.read_text("utf-8")
    assert drawn.read_text("utf-8").startswith("<svg")
    assert main(["coding", "agree", str(coded), "--json", "--seed", "5"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["seed"] == 5
    assert told["codes"][0]["formula_alone"]["alpha"] == pytest.approx(-0.052, abs=1e-3)


def test_what_cannot_be_read_is_told_in_a_sentence(coded, tmp_path, capsys):
    coded.write_text(CODED.replace("60", "6000"), "utf-8")
    assert main(["coding", "agree", str(coded)]) == 1
    assert "Line 2: 0 to 6000 is no part" in capsys.readouterr().err
    assert main(["coding", "agree", str(tmp_path / "none.csv")]) == 1
    assert "cannot be read" in capsys.readouterr().err
    coded.write_bytes(b"\xff\xfe\x00")
    assert main(["coding", "agree", str(coded)]) == 1
    assert "UTF-8" in capsys.readouterr().err
    coded.write_text("document,length,coder,code,start,end\n", "utf-8")
    assert main(["coding", "agree", str(coded)]) == 0
    assert "no code to compare" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_project_is_told_in_the_name_of_someone_who_takes_part(capsys, monkeypatch):
    monkeypatch.setattr("firsthand.config.prepare.pending", lambda: [])
    made = kit.made()
    for each in (made.ada, made.ben):
        made.code(each, "Nobody asked me", "Not asked")
        passages.finish(each, made.plain)
    title = made.ada.project.title
    assert main(["coding", "agree", title, "--as", "Ben", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["sources"] == [1]
    by = {each["code"]: each["measures"]["Alpha"]["value"] for each in told["codes"]}
    assert by["Not asked"] == 1
    assert main(["coding", "agree", str(made.ada.project_id)[:8], "--as", "ada"]) == 0
    capsys.readouterr()
    for words, said in [
        ([title], "--as NAME"),
        ([title, "--as", "Eve"], "No project is called"),
        (["Other", "--as", "Ada"], "No project is called Other"),
    ]:
        assert main(["coding", "agree", *words]) != 0
        assert said in capsys.readouterr().err


@pytest.mark.django_db
def test_themes_are_told_and_begun_by_command(capsys, monkeypatch):
    monkeypatch.setattr("firsthand.config.prepare.pending", lambda: [])
    made = kit.made()
    title = made.ada.project.title
    assert main(["coding", "themes", title, "--as", "Ada"]) == 0
    assert "There is no theme yet" in capsys.readouterr().out
    row = themes.add(made.ada, {"name": "Power", "codes": [made.codes["Not asked"]]})
    themes.add_finding(made.ada, {"text": "Not asked"})
    made.code(made.ada, "Nobody asked me", "Not asked")
    assert main(["coding", "themes", title, "--as", "Ada"]) == 0
    said = capsys.readouterr().out
    assert "Power: 1 passage in 1 source, 0 findings of 0 papers" in said
    assert "1 finding to be placed" in said
    assert main(["coding", "themes", title, "--as", "Ada", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["themes"][0]["theme"] == row.name
    assert main(["coding", "themes", title, "--as", "Ada", "--begin"]) == 1
    assert "themes or findings already" in capsys.readouterr().err
    other = kit.made("Xia", "Yan", "Zoe")
    other.ada.project.title = "Other"
    other.ada.project.save()
    assert main(["coding", "themes", "Other", "--as", "Xia", "--begin"]) == 0
    assert "Fragmented services" in capsys.readouterr().out
