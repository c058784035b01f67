"""firsthand rank and firsthand survey: what they print, and what they say when it cannot be."""

import json

import pytest

from firsthand import cli
from firsthand.consultation.models import Answer, SurveyTrail
from firsthand.people import rules as roles
from tests.consultation import survey_kit as kit
from tests.repair.conftest import someone

PLACES = "Tea,Milk,Bread\n" + "1,2,\n" * 6 + "2,1,n/a\n" * 3 + "1,1,2\n"


@pytest.fixture
def ballots(tmp_path):
    file = tmp_path / "ballots.csv"
    file.write_text(PLACES, "utf-8")
    return file


def test_rank_prints_a_table_and_all_of_it_as_json(ballots, capsys):
    assert cli.main(["rank", str(ballots)]) == 0
    said = capsys.readouterr().out
    assert "10 ballots" in said
    assert "is proven" in said
    assert cli.main(["rank", str(ballots), "--json", "--seed", "3"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [row["label"] for row in found["rows"]] == ["Tea", "Milk", "Bread"]
    assert found["rows"][2]["compared"] == 7
    assert "seed 3" in found["notes"][-1]


def test_rank_reads_orders_whole_or_partial(tmp_path, capsys):
    file = tmp_path / "orders.csv"
    file.write_text("1,2,3\nMilk,Tea\nTea=Milk,Bread\n", "utf-8")
    assert cli.main(["rank", str(file), "--json"]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert {row["label"]: row["compared"] for row in whole["rows"]}["Bread"] == 2
    assert cli.main(["rank", str(file), "--json", "--orders-partial"]) == 0
    partial = json.loads(capsys.readouterr().out)
    assert {row["label"]: row["compared"] for row in partial["rows"]}["Bread"] == 1
    file.write_text("3,1,2\n1,2\n", "utf-8")  # numbers are names here
    assert cli.main(["rank", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["many"] == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "nothing in this file"), ("A,A\n1,2\n", "stands twice"), ("A,B\n", None),
     ('A,"B\n1', "not a CSV"), (",".join(f"x{n}" for n in range(300)) + "\n", "more than 200"),
     (",".join(f"x{n}" for n in range(300)) + "\n" + "1," * 299 + "1\n", "more than 200"),
     ("A,B\nx,1\n1,2,3\n1,99999\n" + "1,0\n", "no ballots")],
)  # fmt: skip
def test_rank_says_what_is_wrong_with_a_file(tmp_path, capsys, text, said):
    file = tmp_path / "wrong.csv"
    file.write_text(text, "utf-8")
    code = cli.main(["rank", str(file)])
    assert (code, said is None) in ((0, True), (1, False))
    assert said is None or said in capsys.readouterr().err


def test_rank_leaves_wrong_lines_out_and_says_so_in_its_code(tmp_path, capsys):
    file = tmp_path / "some.csv"
    file.write_text("A,B,C,D,E,F,G\n1,2\n1,x\n" + "1,1,1,1,1,1,1\n", "utf-8")
    assert cli.main(["rank", str(file), "--json"]) == 1
    said = capsys.readouterr()
    assert "Line 3" in said.err
    assert "share a place" in said.err
    assert json.loads(said.out)["many"] == 1
    file.write_text("Tea,Tea\nTea,Milk\n", "utf-8")
    assert cli.main(["rank", str(file)]) == 1
    assert "Tea stands twice" in capsys.readouterr().err
    assert cli.main(["rank", str(tmp_path / "none.csv")]) == 1


@pytest.mark.django_db
def test_survey_brings_ballots_in_and_gives_results(tmp_path, capsys):
    ada = someone(roles.RESEARCHER, "Ada")
    by = kit.survey(ada.user)
    file = tmp_path / "ballots.csv"
    file.write_text("Apples,Bread,Carrots\n" + "1,2,\n" * 4, "utf-8")
    named = ["--survey", by.survey.title, "--as", "Ada"]
    assert cli.main(["survey", "import", str(file), *named, "--simulated"]) == 0
    assert "4 answers were brought in" in capsys.readouterr().out
    assert Answer.objects.filter(simulated=True).count() == 4
    assert SurveyTrail.objects.filter(did="answers brought in", by=ada.user).count() == 1
    assert cli.main(["survey", "results", *named, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["answers"], found["simulated"]) == (4, 4)
    assert found["questions"][0]["rows"][0]["label"] == "Apples"
    link = ["--survey", by.survey.link, "--as", "Ada"]
    assert cli.main(["survey", "results", *link]) == 0
    assert "Apples,1" in capsys.readouterr().out
    for wrong in (["--survey", "Other", "--as", "Ada"], ["--survey", by.survey.title, "--as", "B"]):
        assert cli.main(["survey", "results", *wrong]) == 1
        assert "runs no survey" in capsys.readouterr().err
    assert cli.main(["survey", "import", str(file), *named, "--question", "7"]) == 1
    assert cli.main(["survey", "import", str(tmp_path / "no.csv"), *named]) == 1
    file.write_text("Zebras\n1\n", "utf-8")
    assert cli.main(["survey", "import", str(file), *named]) == 1
    assert "no items of the question" in capsys.readouterr().err
    kit.survey(ada.user)
    assert cli.main(["survey", "results", *named]) == 1
    assert "Several are called so" in capsys.readouterr().err
