"""`firsthand dedupe-eval`: figures on files, and bad files explained."""

import json

import pytest

from firsthand import cli
from firsthand.methods.dedupe import tables

HEAD = "ID,author,year,title,journal,volume,number,pages,abstract,doi\n"
ROWS = (
    'a,"Okri, A. and Mbeki, T.",2015,Waiting for care in the community,J Care,1,2,10-9,,10.1234/x\n'
    'b,"Okri, A.",2015,WAITING FOR CARE IN THE COMMUNITY,Journal of Care,1,2,10-9,,\n'
    'c,"Vogel, U.",2001,Benefits advice in day centres,J Care,4,1,30-39,,\n'
)


@pytest.fixture
def here(tmp_path):
    """A folder with records and true groups."""
    (tmp_path / "records.csv").write_text(HEAD + ROWS)
    (tmp_path / "truth.csv").write_text('merged_ids\n"a;b"\n')
    return tmp_path


def run(here, *rest, records="records.csv", truth="truth.csv"):
    return cli.main(["dedupe-eval", str(here / records), str(here / truth), *rest])


def test_figures_are_printed(here, capsys):
    assert run(here) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("3 records, 1 true groups\n")
    assert "record level: recall 1.0000, precision 1.0000, F1 1.0000 (right 1, wrong 0" in shown.out
    assert "pairs for a person: 0 (0.00 in 100 records), 0 right" in shown.out
    assert shown.err == ""


def test_machines_get_figures_groups_and_reasons(here, capsys):
    assert run(here, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["automatic"]["record_level"]["tp"] == 1
    assert told["automatic"]["pairwise"]["recall"] == 1.0
    assert told["groups"][0]["ids"] == ["a", "b"]
    assert "same authors" in told["groups"][0]["merges"][0]["reason"]["evidence"]
    assert told["cpu_seconds"] >= 0


def test_without_true_groups_recall_is_undefined_not_nought(here, capsys):
    (here / "truth.csv").write_text("merged_ids\n")
    assert run(here) == 0
    assert "recall undefined" in capsys.readouterr().out


def test_unknown_ids_and_rows_without_ids_are_told_and_left_out(here, capsys):
    (here / "truth.csv").write_text("merged_ids\na;b;zz\n" + "".join(f"y{n}\n" for n in range(30)))
    (here / "records.csv").write_text(HEAD + ROWS + ",,,No id at all,,,,,,\n\n")
    assert run(here) == 0
    shown = capsys.readouterr()
    assert "records.csv, line 5: the row has no id." in shown.err
    assert "truth.csv, line 2: no record has the id 'zz'." in shown.err
    assert "Left out: 12 more like these." in shown.err
    assert "missed 0)" in shown.out


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "records.csv is empty."),
        (b"\n\n", "records.csv is empty."),
        (HEAD.encode(), "records.csv has no records."),
        (b"title,year\nx,2001\n", "records.csv has no column ID. Its columns are: title, year."),
        (b"ID,year\na,2001\n", "records.csv has no column title."),
        (HEAD.encode() + ROWS.encode() * 2, "line 5: the id 'a' stands there a second time."),
    ],
)
def test_records_that_cannot_be_used_are_explained(here, capsys, content, sentence):
    (here / "records.csv").write_bytes(content)
    assert run(here) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("truth", "sentence"),
    [
        (b"", "truth.csv is empty."),
        (b"merged_ids\na;b\nb;c\n", "'b' stands in more than one true group"),
    ],
)
def test_a_truth_that_cannot_be_used_is_explained(here, capsys, truth, sentence):
    (here / "truth.csv").write_bytes(truth)
    assert run(here) == 1
    assert sentence in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(here, capsys):
    assert run(here, records="none.csv") == 1
    assert "none.csv cannot be read: No such file or directory." in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_is_read(encoding):
    raw = (HEAD + "a,Müller,2001,Über Hoffnung,,,,,,\n").encode(encoding)
    (report,) = tables.records(tables.decoded(raw), "x.csv").reports
    assert (report.title, report.authors) == ("Über Hoffnung", ("Müller",))


def test_noughts_huge_cells_other_names_and_tabs_do_no_harm():
    text = (
        "record_id\tTitle\tAuthors\tPY\tabstract\n1\tHope\tOkri A; Mbeki T\tc. 2001\t"
        + "x" * 500_000
    )
    (report,) = tables.records(tables.decoded(("\0" + text).encode()), "x.tsv").reports
    assert (report.id, report.year, report.authors) == ("1", 2001, ("Okri A", "Mbeki T"))
    assert len(report.abstract) == 500_000


def test_a_row_that_is_too_short_keeps_what_it_has():
    (report,) = tables.records("title,ID,journal,booktitle\nHope,1", "x.csv").reports
    assert (report.id, report.title, report.container) == ("1", "Hope", "")


def test_a_cell_that_never_ends_is_not_a_crash():
    text = 'ID,title\na,"never closed\nb,x\n'
    (report,) = tables.records(text, "x.csv").reports
    assert report.id == "a"


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("", ()),
        ("Okri, A. and Mbeki, T.", ("Okri, A.", "Mbeki, T.")),
        ("Okri A; Mbeki T;", ("Okri A", "Mbeki T")),
        ("Okri A.Mbeki T. B.Vogel U.", ("Okri A.", "Mbeki T. B.", "Vogel U.")),
        ("Rao U.", ("Rao U.",)),
        ("Andersson, B. and Landis, J.", ("Andersson, B.", "Landis, J.")),
    ],
)
def test_names_are_told_apart(cell, names):
    assert tables.authors(cell) == names
