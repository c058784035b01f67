"""`firsthand screen-sim`: figures for people and for machines; bad files are explained."""

import csv
import json

import pytest

from firsthand import cli

HEAD = "record_id,title,abstract,label\n"


@pytest.fixture
def here(tmp_path):
    """A folder with forty invented records, ten included."""
    rows = [
        (
            at,
            f"Peer support {at % 7}" if at % 4 == 0 else f"Travel cost {at % 5}",
            "of care",
            at % 4,
        )
        for at in range(40)
    ]
    with (tmp_path / "data.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["record_id", "Title", "abstract", "label"])
        out.writerows([*each[:3], int(each[3] == 0)] for each in rows)
    return tmp_path


def run(here, *rest, data="data.csv"):
    return cli.main(["screen-sim", str(here / data), *rest])


def test_each_seed_has_a_line_and_the_mean_comes_last(here, capsys):
    assert run(here, "--seeds", "1-2,5") == 0
    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    assert lines[0] == "40 records, 10 included"
    assert [each.split("  ")[0] for each in lines[2:]] == ["seed 1", "seed 2", "seed 5", "mean"]
    assert "seed 5 done." in shown.err


def test_a_machine_gets_every_figure_and_what_was_asked(here, capsys):
    assert run(here, "--seeds", "1-2", "--question", "peer support", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["data"], told["records"], told["included"]) == ("data.csv", 40, 10)
    assert told["question"] == "peer support"
    assert [each["seed"] for each in told["runs"]] == [1, 2]
    assert told["mean"]["loss"] == sum(each["loss"] for each in told["runs"]) / 2
    assert told["mean"]["loss"] < 0.1


def test_without_a_seed_paper_it_starts_from_the_question(here, capsys):
    assert run(here, "--from-question", "--question", "peer support") == 0
    assert "from the question" in capsys.readouterr().out


def test_rows_that_cannot_be_used_are_told_by_line_and_the_others_used(here, capsys):
    with (here / "data.csv").open("a") as file:
        file.write('3,"Twice, the same",x,1\n90,Maybe,x,2\n91,No label,x,\n92,Cut\n')
        file.write(",No id,x,1\n,No id either,x,0.0\n")
    assert run(here, "--seeds", "1") == 0
    shown = capsys.readouterr()
    assert "data.csv, line 42: record_id '3' stands in line 5 already." in shown.err
    assert "data.csv, line 43: the label '2' is neither 0 nor 1." in shown.err
    assert "data.csv, line 44: the label '' is neither" in shown.err
    assert "data.csv, line 45: the label '' is neither" in shown.err
    assert shown.out.startswith("42 records, 11 included")


def test_many_bad_rows_are_summed_up(here, capsys):
    with (here / "data.csv").open("a") as file:
        file.writelines(f"{at},Bad,x,?\n" for at in range(100, 150))
    assert run(here, "--seeds", "1") == 0
    assert "Left out: 30 more like these." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "bad.csv is empty."),
        (b" \n\n", "bad.csv is empty."),
        (b"title,abstract\nx,y\n", "has no column called label or"),
        (b"name,label\nx,1\n", "neither a column called title nor"),
        (HEAD.encode(), "No row of bad.csv has both a label and some text."),
        (HEAD.encode() + b"1,,,1\n2,,,0\n", "No row of bad.csv has both"),
        (HEAD.encode() + b"1,x,y,7\n", "The first thing wrong: bad.csv, line 2: the label '7'"),
        (HEAD.encode() + b"1,Alone here,y,1\n", "Only 1 records are included"),
        (HEAD.encode() + b"1,ab,y,1\n2,cd,y,1\n3,ef,y,1\n", "Only 0 records are excluded"),
        (
            HEAD.encode() + b"1,ab,y,1\n2,cd,y,1\n3,ef,y,0\n4,gh,y,0\n",
            "No two records share a word",
        ),
        (HEAD.encode() + b"1,\xe9t\xe9,y,1\n", "bad.csv is not text in UTF-8."),
        ("title,label\nx,1\n".encode("utf-16"), "bad.csv is not text in UTF-8."),
        (HEAD.encode() + b'1,"cut,y,1\n', "this is not CSV"),
    ],
)
def test_a_file_that_cannot_be_used_is_explained(here, capsys, content, sentence):
    (here / "bad.csv").write_bytes(content)
    assert run(here, data="bad.csv") == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("rest", "sentence"),
    [
        (["--seeds", "one"], "--seeds 'one' is not like 1-10"),
        (["--seeds", "9-1"], "is not like 1-10"),
        (["--seeds", "1-99999999"], "would never end"),
        (["--from-question"], "a question is needed to start from"),
    ],
)
def test_what_was_asked_wrongly_is_explained(here, capsys, rest, sentence):
    assert run(here, *rest) == 1
    assert sentence in capsys.readouterr().err


def test_a_file_that_is_not_there_is_told(here, capsys):
    assert run(here, data="none.csv") == 1
    assert "none.csv cannot be read: No such file" in capsys.readouterr().err
