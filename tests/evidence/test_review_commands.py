"""`firsthand review`: plain errors, files alone, people, and who may act in whose name."""

import json
from pathlib import Path

import pytest

from firsthand import cli
from firsthand.evidence import rules
from firsthand.evidence.models import Member, Record, Review, SearchRun
from firsthand.people import rules as roles
from firsthand.people.models import User
from tests.config.site import Site
from tests.evidence import kit
from tests.evidence.test_commands_journey import PROTOCOL, TITLE, Desk, nbib, ris, whole_review

database = pytest.mark.django_db


@pytest.fixture
def desk(tmp_path, capsys) -> Desk:
    return Desk(tmp_path, capsys)


@pytest.fixture
def begun(desk) -> Desk:
    desk.run("new", "--from", desk.file("p.yaml", PROTOCOL), "--as", "Ada", "--here")
    return desk


# -- files alone ---------------------------------------------------------------


def test_files_are_merged_into_one_with_every_reason(desk):
    a = desk.file("a.ris", ris(0) + ris(1) + ris(2))
    b = desk.file("b.nbib", nbib(0))
    out, why = desk.place / "merged.ris", desk.place / "why.csv"
    told = desk.json("dedupe", "--files", a, b, "--out", out, "--why", why)
    assert (told["records"], told["duplicates"], told["left"]) == (4, 1, 3)
    row = desk.table("why.csv")[0]
    assert (row["holds"], row["first_file"], row["second_file"]) == ("same", "a.ris", "b.nbib")
    assert row["why"]
    merged = out.read_text()
    assert merged.count("TY  -") == 3
    assert "PM  - 900" in merged  # from the other record
    assert "Ada" in merged  # the fuller name
    shown = desk.run("dedupe", "--files", a, b)
    assert "4 records, 1 of them duplicates: 3 are left." in shown.out
    assert "--why why.csv" in shown.out


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_merged(desk):
    a = desk.file("a.ris", ris(0))
    bad = desk.file("photo.png", b"\x89PNG\r\n\x1a\n nothing")
    shown = desk.run("dedupe", "--files", a, bad, desk.place / "none.ris", code=1)
    assert "1 records" in shown.out
    assert "photo.png:" in shown.err
    assert "none.ris cannot be read: No such file" in shown.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("dedupe", "--files", "a.ris", "--out", "x.doc"), "would have to end in one of: .ris"),
        (("dedupe", "T", "--files", "a.ris"), "--files stands alone"),
        (("dedupe",), "Say which review"),
        (("dedupe", "T"), "Say which review"),
        (("agree",), "Say which review"),
        (("agree", "T", "--csv", "x.csv"), "--csv stands alone"),
        (("flow",), "Say which file of counts, or which review"),
        (("flow", "x.csv", "--review", "T"), "not both"),
        (("new",), "Say from what and in whose name"),
        (("screen", "T", "--as", "A", "--most", "0"), "--most has to be 1 or more"),
        (("import", "x", "--review", "T", "--as", "A", "--to", "ris"), "for files alone"),
    ],
)
@database
def test_what_is_misspelt_is_said_with_code_2(desk, words, said):
    assert said in desk.run(*words, code=2).err


def test_agreement_of_any_table_of_ratings(desk):
    table = desk.file("r.csv", "id,Ada,Ben\n1,include,include\n2,exclude,include\n3,exclude,\n")
    told = desk.json("agree", "--csv", table, "--out", desk.place / "out.csv")
    assert (told["raters"], told["records"]) == (["ada", "ben"], 3)
    figures = {each["measure"]: each for each in told["figures"]}
    assert (figures["Percent agreement"]["value"], figures["Percent agreement"]["records"]) == (
        0.5, 2,
    )  # fmt: skip
    assert "Cohen's kappa" in figures
    assert len(desk.table("out.csv")) == 6
    same = desk.file("s.csv", "id;A;B;C\n1;include;include;include\n")
    shown = desk.run("agree", "--csv", same).out
    assert "Fleiss' kappa: cannot be estimated. Everyone decided the same" in shown


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("id,A\n1,x\n", "needs a column for each record's name"),
        ("id,A,B\n", "has no rows"),
        ('id,A,B\n"1,x,y\n', "is not a CSV table"),
        (None, "cannot be read: No such file"),
    ],
)
def test_a_table_of_ratings_that_is_none_is_said(desk, content, said):
    place = desk.file("r.csv", content) if content else desk.place / "none.csv"
    assert said in desk.run("agree", "--csv", place, code=1).err


@pytest.mark.parametrize("letters", ["utf-16", "cp1252", "utf-8-sig"])
def test_tables_in_every_usual_encoding_are_read(desk, letters):
    table = desk.file("r.csv", "id,Zoë,Ben\n1,include,include\n".encode(letters))
    assert desk.json("agree", "--csv", table)["raters"] == ["zoë", "ben"]


# -- beginning ---------------------------------------------------------------


@database
def test_the_template_is_a_protocol_that_begins_a_review(desk):
    place = desk.file("p.yaml", desk.run("new", "--template").out)
    told = desk.json("new", "--from", place, "--as", "Ada", "--here")
    assert (told["owner"], told["criteria"], told["searches"]) == ("Ada", 3, 1)
    assert Review.objects.get().databases == "PsycINFO\nASSIA"
    assert SearchRun.objects.get().hits == 12


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("- a list", "has to say title: and question:"),
        ("title: [", "is not YAML: something is wrong at line"),
        ("title: x", "question: Write the question"),
        ("question: x\ntitle: y\ncolour: red", "colour is no part of a protocol."),
        ("question: x\ntitle: y\neach: 9", "each: Choose 5 at most."),
        ("question: x\ntitle: y\ncriteria: a", "criteria has to be a list"),
        ("question: x\ntitle: y\ncriteria: [a]", "Criterion 1 has to be like"),
        ("question: x\ntitle: y\nsearches: [a]", "Search 1 has to say database:"),
        ("question: x\ntitle: y\nsearches: [{database: D}]", "Search 1: ran_on: Write the day"),
        ("question: x\ntitle: y\nsearches: [{colour: D}]", "Search 1: colour is no part"),
        ("a: &a [x]\ntitle: *a", "repeats parts by & and *"),
        ("ran: 2020-13-45", "is not YAML"),
        (None, "cannot be read"),
    ],
)
@database
def test_a_protocol_that_cannot_be_used_is_said_and_nothing_is_begun(desk, content, said):
    place = desk.file("p.yaml", content) if content else desk.place / "none.yaml"
    assert said in desk.run("new", "--from", place, "--as", "Ada", "--here", code=1).err
    assert not Review.objects.exists()


@database
def test_only_a_researcher_begins_and_someone_unknown_is_said(desk):
    place = desk.file("p.yaml", PROTOCOL)
    unknown = desk.run("new", "--from", place, "--as", "Nobody", code=1).err
    assert "Nobody called Nobody works on this site. Add --here" in unknown
    kit.user("Cora", roles.COORDINATOR)
    assert "is no researcher" in desk.run("new", "--from", place, "--as", "cora", code=1).err
    User.objects.create(username="a", role=roles.RESEARCHER, name="Cora")
    assert "Several are called Cora" in desk.run("new", "--from", place, "--as", "Cora", code=1).err


@database
def test_whoever_is_known_here_only_cannot_sign_in(begun):
    user = User.objects.get(name="Ada")
    assert not user.has_usable_password()
    assert user.keyring is None
    begun.run("new", "--from", begun.file("p.yaml", PROTOCOL), "--as", "ada", "--here")
    assert User.objects.count() == 1  # known already


# -- who may act ---------------------------------------------------------------


@database
def test_nobody_acts_in_a_review_they_take_no_part_in(begun):
    kit.review("Eve")
    for who, said in (("Eve", "Eve takes part in no review called"), ("Zoe", "Nobody called Zoe")):
        assert said in begun.run("dedupe", TITLE, "--as", who, code=1).err
    begun.run("people", TITLE, "--as", "Ada", "--add", "Eve")
    assert begun.json("people", TITLE, "--as", "Eve")[1] == {"name": "Eve", "role": "reviewer"}
    begun.run("people", TITLE, "--as", "Ada", "--end", "Eve")
    assert "Eve takes part in no review" in begun.run("dedupe", TITLE, "--as", "Eve", code=1).err


@database
def test_what_is_for_an_owner_is_refused_to_a_reviewer(begun):
    begun.run("people", TITLE, "--as", "Ada", "--add", "Ben", "--here")
    for words in (("people", "--add", "Cai"), ("criteria", "--add", "X"), ("agree", "--begin", 2)):
        told = begun.run(words[0], TITLE, "--as", "Ben", *words[1:], code=1).err
        assert "this is for an owner of the review" in told
    assert Member.objects.count() == 2
    last = begun.run("people", TITLE, "--as", "Ada", "--end", "Ada", code=1).err
    assert "A review needs an owner" in last


@database
def test_a_review_is_found_by_its_number_and_two_of_one_title_are_told_apart(begun):
    number = str(Review.objects.get().id)
    assert begun.json("list", "--as", "Ada")[0]["review"] == number
    assert begun.json("criteria", number[:8], "--as", "Ada")["version"] == 2
    begun.run("new", "--from", begun.place / "p.yaml", "--as", "Ada")
    told = begun.run("criteria", TITLE, "--as", "Ada", code=1).err
    assert "Several are meant by" in told
    assert number in told
    assert begun.run("criteria", number, "--as", "Ada").out.startswith("Version 2")
    assert "takes part in no review" in begun.run("list", "--as", kit.user("Gil").name).out


# -- in a review ---------------------------------------------------------------


@database
def test_a_new_search_is_written_down_with_its_files(begun):
    string = begun.file("s.txt", "(harm* OR iatrogen*)\nAND care")
    begun.run(
        "import", begun.file("a.ris", ris(0)), "--review", TITLE, "--as", "Ada", "--database",
        "ASSIA", "--platform", "ProQuest", "--ran-on", "2026-03-03", "--string-file", string,
        "--hits", "1",
    )  # fmt: skip
    run = SearchRun.objects.get(number=2)
    assert (run.database, run.hits) == ("ASSIA", 1)
    assert "iatrogen" in run.string
    assert Record.objects.get().file.run == run


@database
def test_what_cannot_be_imported_is_said(begun):
    here = ("--review", TITLE, "--as", "Ada", "--search", "1")
    a = begun.file("a.ris", ris(0))
    assert "No search 9" in begun.run("import", a, *here[:4], "--search", 9, code=1).err
    assert "Write the name of what was searched" in begun.run("import", a, *here[:4], code=1).err
    empty = begun.file("e.ris", "")
    assert "there is nothing in it" in begun.run("import", empty, *here, code=1).err
    assert "No such file" in begun.run("import", begun.place / "x.ris", *here, code=1).err
    bad = begun.file("photo.png", b"\x89PNG\r\n\x1a\n nothing")
    assert "It could not be read" in begun.run("import", bad, *here, code=1).out
    cut = begun.file("cut.ris", ris(0) + "TY  - JOUR\nTI  - Cut off")
    told = begun.json("import", cut, *here)["files"][0]
    assert told["records"] == 2
    assert told["problems"][0]["line"] > 9


@database
def test_criteria_are_added_and_retired_and_an_unknown_one_is_said(begun):
    words = ("criteria", TITLE, "--as", "Ada")
    assert begun.json(*words, "--add", "It is new.", "--kind", "exclude")["version"] == 3
    told = begun.json(*words, "--retire", 1, "--reason", "Never used")
    assert [each["number"] for each in told["criteria"]] == [2, 3]
    assert "no criterion 9" in begun.run(*words, "--retire", 9, "--reason", "x", code=1).err
    assert "no number" in begun.run(*words, "--retire", "x", "--reason", "x", code=2).err


@database
def test_a_round_too_large_or_without_records_is_said(begun):
    words = ("agree", TITLE, "--as", "Ada")
    assert "No calibration round has begun." in begun.run(*words).out
    assert "A round has 1 to 500" in begun.run(*words, "--begin", 0, code=2).err
    assert "A seed is" in begun.run(*words, "--begin", 2, "--seed", -1, code=2).err
    assert "add a second member" in begun.run(*words, "--begin", 2, code=1).err


@database
def test_a_review_with_nothing_counted_has_no_diagram_of_noughts(begun):
    told = begun.json("flow", "--review", TITLE, "--as", "Ada", "--output", begun.place / "f.csv")
    assert all(each["count"] != 0 for each in told["counts"])
    assert (begun.place / "f.csv").read_text().startswith("data,")
    assert Member.objects.get().role == rules.OWNER


# -- real exports, and real processes -------------------------------------------------------------

# Exports of seven programs; the first two hold the same six records.
REAL = (
    "asreview+asreview/tests_demo_data_ovid_psycinfo.ris",
    "asreview+asreview/tests_demo_data_ovid_zotero.ris",
    "asreview+asreview/tests_demo_data_embase.csv",
    "holub008+nbib/tests_resources_single.nbib",
    "mjwestgate+synthesisr/tests_testthat_testdata_WoS_ciw_example.ciw",
    "mjwestgate+synthesisr/tests_testthat_testdata_Scopus_bib_example.bib",
    "mjwestgate+synthesisr/tests_testthat_testdata_PubMed_example.txt",
)  # fmt: skip


@database
def test_real_exports_go_from_protocol_to_charts_diagram_and_package(begun, shared_dir):
    """With two reviewers, a round, a conflict, an undone merge, and double charting."""
    paths = [shared_dir / "data/imports" / each for each in REAL]
    if not all(each.exists() for each in paths):
        pytest.skip("the real exports are not all here")
    begun.run("people", TITLE, "--as", "Ada", "--add", "Ben", "--here")
    told = begun.json("import", *paths, "--review", TITLE, "--as", "Ada", "--search", 1)
    assert all(each["records"] and not each["error"] for each in told["files"])
    table = next(each for each in told["files"] if each["file"].endswith(".csv"))
    assert "title" in table["columns"].values()
    many = sum(each["records"] for each in told["files"])
    assert many == Record.objects.count()
    looked = begun.json("dedupe", TITLE, "--as", "Ada", "--why", begun.place / "why.csv")
    merged = next(each for each in begun.table("why.csv") if each["holds"] == "same")
    pair = f"{merged['first']},{merged['second']}"
    whole_review(begun, pair, screened=many - looked["set_aside"] + 1)
    first, second = begun.place / "1.zip", begun.place / "2.zip"
    begun.run("export", TITLE, first, "--as", "Ada")
    number = begun.json("import-package", first, "--as", "Ben")["review"]
    begun.run("export", number, second, "--as", "Ben")
    assert first.read_bytes() == second.read_bytes()


def test_in_processes_of_its_own_on_a_data_directory_of_its_own(tmp_path: Path):
    site = Site(tmp_path / "data")
    (tmp_path / "p.yaml").write_text(PROTOCOL)
    words = ("review", "new", "--from", str(tmp_path / "p.yaml"), "--as", "Ada", "--here")
    early = site.firsthand(*words, DATABASE_URL=f"sqlite:///{tmp_path}/db.sqlite3")
    assert early.returncode == 1
    assert "The database is not ready. Run this first, once: firsthand prepare" in early.stderr
    ready = "from firsthand.config import prepare; prepare.set_up(); prepare.migrate()"
    site.python(ready, DATABASE_URL=f"sqlite:///{tmp_path}/db.sqlite3")
    done = site.firsthand(*words, "--json", DATABASE_URL=f"sqlite:///{tmp_path}/db.sqlite3")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["title"] == TITLE


def test_every_step_says_what_it_is_for_without_a_site(capsys):
    for step in ("new", "people", "list", "import", "dedupe", "criteria", "screen", "settle",
                 "agree", "flow", "search", "export", "import-package"):  # fmt: skip
        with pytest.raises(SystemExit) as ended:
            cli.main(["review", step, "--help"])
        assert ended.value.code == 0
        assert len(capsys.readouterr().out) > 300
