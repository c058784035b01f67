"""`firsthand review flow` and `search`: on files, as text and JSON, with what is wrong in words."""

import json

import pytest

from firsthand import cli
from firsthand.evidence.example import review_2023
from firsthand.methods.flow import csvfile

BLOCKS = """
title: Harm
blocks:
- name: People
  terms: ["service user*", "wom?n"]
- name: Care
  terms: [social care]
"""


# Each line is ten times the one before: written out in full, the last would fill any memory.
LAUGHS = b"\n".join(
    [b"a0: &a0 [x]"]
    + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]".encode() for i in range(1, 30)]
    + [b"title: *a29\nfields: *a29\nblocks: [{name: *a29, terms: [*a29, *a28]}, *a29]"]
)


@pytest.fixture
def counts(tmp_path):
    """The counts of 2023 as a file."""
    place = tmp_path / "flow.csv"
    place.write_text(csvfile.write(review_2023().flow))
    return place


@pytest.fixture
def wrong(counts):
    """The same with a count that cannot be true."""
    counts.write_text(counts.read_text().replace(",975\n", ",970\n"))
    return counts


@pytest.fixture
def blocks(tmp_path):
    place = tmp_path / "blocks.yaml"
    place.write_text(BLOCKS)
    return place


def review(*args):
    return cli.main(["review", *map(str, args)])


@pytest.mark.parametrize("ending", ["svg", "png", "pdf", "docx"])
def test_the_diagram_is_drawn_as_what_its_file_is_called(counts, tmp_path, capsys, ending):
    if ending == "docx":
        pytest.importorskip("docx", reason="python-docx is not installed")
    place = tmp_path / f"flow.{ending}"
    assert review("flow", counts, "--output", place, "--title", "Ours") == 0
    starts = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF", "docx": b"PK"}
    assert place.read_bytes().startswith(starts[ending])
    shown = capsys.readouterr()
    assert "4,497  Databases and registers: Records identified from: Databases" in shown.out
    assert f"Written: {place}" in shown.err


def test_on_a_phone(counts, tmp_path):
    place = tmp_path / "flow.svg"
    assert review("flow", counts, "--output", place, "--narrow") == 0
    assert 'width="375"' in place.read_text()


def test_counts_are_printed_as_json(counts, capsys):
    assert review("flow", counts, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["count"] for each in told["counts"]] == [4497, 7, 975, 3529, 3445, 84, 62, 22]
    assert told["counts"][0]["stage"] == "Identification"
    assert told["contradictions"] == []
    assert told["written"] is None


def test_counts_that_contradict_each_other_are_told_and_not_drawn(wrong, tmp_path, capsys):
    place = tmp_path / "flow.svg"
    assert review("flow", wrong, "--output", place) == 1
    assert not place.exists()
    shown = capsys.readouterr().err
    assert "These counts do not agree: 4,504 records were identified, less 970" in shown
    assert "Nothing was drawn. Mend the counts, or say --draw-anyway." in shown


def test_they_are_drawn_when_asked_and_the_picture_says_it(wrong, tmp_path):
    place = tmp_path / "flow.svg"
    assert review("flow", wrong, "--output", place, "--draw-anyway") == 0
    assert "These counts do not agree with each other:" in place.read_text()


def test_reasons_without_counts_and_rows_passed_over_are_told(tmp_path, capsys):
    place = tmp_path / "flow.csv"
    place.write_text("data,n\ndbr_excluded,Too old\nstrange,3\n")
    assert review("flow", place) == 0
    shown = capsys.readouterr()
    assert "not reported  Databases and registers: Reports excluded: Too old" in shown.out
    assert "Passed over: Line 3: 'strange'" in shown.err


@pytest.mark.parametrize(
    "content",
    [
        "data,n\ndbr_excluded,\u201cToo old\u201d: \u2013\n".encode("utf-16"),
        "data,n\ndbr_excluded,\u201cToo old\u201d: \u2013\n".encode("cp1252"),
        "data,n\ndbr_excluded,\u201cToo old\u201d: \u2013\n".encode("utf-8-sig"),
    ],
)
def test_letters_of_every_usual_encoding_are_read(tmp_path, capsys, content):
    place = tmp_path / "flow.csv"
    place.write_bytes(content)
    assert review("flow", place) == 0
    assert "\u201cToo old\u201d: \u2013" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "flow.csv cannot be read: No such file or directory."),
        (b"", "flow.csv cannot be used."),
        (b"data,n\nduplicates,x\n", "Line 2, duplicates: 'x' is no count."),
        (b"data,n\n" + b"x" * 5_000_001, "far too large to be a file of counts."),
    ],
)
def test_a_file_that_is_no_use_is_explained(tmp_path, capsys, content, sentence):
    place = tmp_path / "flow.csv"
    if content is not None:
        place.write_bytes(content)
    assert review("flow", place) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("flow.gif", "flow.gif would have to end in one of"),
        ("no/such/folder.svg", "cannot be written: No such file or directory."),
    ],
)
def test_what_cannot_be_written_is_explained(counts, tmp_path, capsys, name, sentence):
    assert review("flow", counts, "--output", tmp_path / name) == 1
    assert sentence in capsys.readouterr().err


def test_nothing_to_draw_is_explained(tmp_path, capsys):
    place = tmp_path / "flow.csv"
    place.write_text("data,n\nduplicates,\n")
    assert review("flow", place, "--output", tmp_path / "a.svg") == 1
    assert "Not a single count is given" in capsys.readouterr().err


def test_a_search_is_written_for_all_six(blocks, capsys):
    assert review("search", blocks) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Harm\n\nOvid (APA PsycInfo)\n\n((service user* OR wom#n).ti,ab,id.)")
    assert '\n(TS=("service user*" OR wom?n)) AND (TS=("social care"))\n' in shown
    assert "  - wom?n: PubMed wants 4 letters before a wildcard." in shown


def test_a_search_for_some_platforms_as_json(blocks, capsys):
    assert review("search", blocks, "--platform", "wos", "--platform", "scopus", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["title"] == "Harm"
    assert [each["platform"] for each in told["queries"]] == ["wos", "scopus"]
    assert told["queries"][0]["string"].startswith("(TS=(")
    assert told["queries"][0]["lost"] == []


def test_a_block_that_a_platform_cannot_take_at_all_is_no_success(tmp_path, capsys):
    place = tmp_path / "blocks.yaml"
    place.write_text('blocks: [{terms: ["*harm"]}, {terms: [care]}]')
    assert review("search", place, "--platform", "pubmed") == 1
    assert "Nothing of the block 'Block 1' could be written" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "blocks.yaml cannot be read: No such file or directory."),
        (b"a: [", "blocks.yaml is not YAML: something is wrong at line 1."),
        (b"\xff\xfea", "blocks.yaml"),
        (b"a: \x00", "blocks.yaml is not YAML"),
        (b"from_year: 2020-13-45", "blocks.yaml is not YAML"),
        (b"from_year: 2020-12-24", "is no year."),
        (b"just words", "blocks.yaml cannot be used.\nThe file: it has to name"),
        (b"#" * 2_000_001, "far too large to be a search."),
        (b"[" * 100_000, "blocks.yaml is not YAML"),
        (b"&a [*a]", "The file: it has to name"),
        (LAUGHS, "is no synonym; put it in quotation marks."),
    ],
)
def test_a_file_that_is_no_search_is_explained(tmp_path, capsys, content, sentence):
    place = tmp_path / "blocks.yaml"
    if content is not None:
        place.write_bytes(content)
    assert review("search", place) == 1
    assert sentence in capsys.readouterr().err


def test_a_misspelt_sub_command_is_refused():
    with pytest.raises(SystemExit) as why:
        review("flwo")
    assert why.value.code == 2
