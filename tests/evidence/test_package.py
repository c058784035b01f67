"""A whole review as a package: nothing lost out and in, no name in it, nothing by half."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from firsthand import cli
from firsthand.access.refused import Refused
from firsthand.evidence import flow, rules
from firsthand.evidence.actions import criteria, duplicates, importing, packages, reviews, rounds
from firsthand.evidence.actions import screening as deciding
from firsthand.evidence.calibration import calibration
from firsthand.evidence.models import (
    Decision,
    Group,
    ImportFile,
    Pair,
    Record,
    Resolution,
    Review,
    Screening,
    Trail,
)
from firsthand.evidence.package import tables
from firsthand.evidence.package.resources import ALL, LOADED
from firsthand.evidence.package.tables import Bad
from firsthand.evidence.rules import EXCLUDE, FULL_TEXT, INCLUDE
from firsthand.people.models import User
from tests.evidence import kit

pytestmark = pytest.mark.django_db
ODD = 'A "title", with\r\nlines; =1+1 \u2028 and \U0001f99c'
RIS = "TY  - JOUR\nTI  - Bluebells {0}\nAU  - Brook, Ada\nPY  - 2019\nZZ  - {0}\nER  - \n"


@pytest.fixture
def ada():
    """A review in which everything there can be has been done, by three."""
    ada, ben, cai = kit.review("Ada (1.)", "Ben Okri", "Ben Okri Cai", each=2)
    row = criteria.add(ada, INCLUDE, "Is about care, and\r\nsaid by people")
    other = criteria.add(ben, EXCLUDE, "Is a letter")
    criteria.reword(ben, row, "Is about care", "Simpler")
    criteria.retire(cai, other, "Never used")
    records = kit.imported(ada, 9)
    Record.objects.filter(id=records[0].id).update(title=ODD, authors=["A; B", ""], raw=[["", ODD]])
    file = importing.take(ben, records[0].file.run, [("b.ris", RIS.format(1).encode() + b"TY")])
    importing.read_file.call(str(file.new[0].id))
    bad = importing.take(ada, records[0].file.run, [("photo.png", b"\x89PNG\r\n\x1a\n none")])
    importing.read_file.call(str(bad.new[0].id))
    look = duplicates.begin(ada.review)
    duplicates.look_through.call(str(look.id))
    kit.pair(records[3], records[4], rules.SAME)
    unsure = kit.pair(records[5], records[6], rules.ASKED)
    same = duplicates.answer(cai, unsure, rules.SAME)
    duplicates.undo(ben, same)
    duplicates.show(ada, records[3], "title", 5)
    rounds.begin(ada, rules.ABSTRACT, 3, seed=2**32 - 1)
    drawn = list(Screening.objects.filter(round__isnull=False).order_by("number"))
    for place, each in enumerate(drawn):
        deciding.decide(ada, each, INCLUDE)
        deciding.decide(ben, each, EXCLUDE if place else INCLUDE, "harebell", [row])
        deciding.decide(cai, each, INCLUDE)
    deciding.resolve(cai, drawn[1], EXCLUDE, "talked", [row])
    full = Screening.objects.get(record=drawn[0].record, stage=FULL_TEXT)
    deciding.decide(ben, full, EXCLUDE, reasons=[row])
    deciding.decide(ada, full, EXCLUDE, reasons=[row])
    open_ = Screening.objects.filter(state=rules.UNSEEN, stands=True).first()
    deciding.decide(ben, open_, EXCLUDE, "speedwell")
    reviews.end_member(ada, cai)
    return ada


def taken(by) -> bytes:
    out = io.BytesIO()
    packages.take_out(by, out)
    return out.getvalue()


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def table(content: bytes, name: str) -> list[dict[str, str]]:
    text = opened(content).read(name).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def changed(content: bytes, files: dict[str, bytes | None], hashes: bool = False) -> io.BytesIO:
    """Return a package in which some files are others; None: left out."""
    out = io.BytesIO()
    with opened(content) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        held = {name: old.read(name) for name in old.namelist()}
        if not hashes:
            said = json.loads(held["datapackage.json"])
            for each in said["resources"]:
                del each["hash"]
            held["datapackage.json"] = json.dumps(said).encode()
        for name, text in {**held, **files}.items():
            if text is not None:
                new.writestr(name, text)
    out.seek(0)
    return out


def brought(content: bytes, by: str = "Eve"):
    return packages.bring_in(kit.user(by), io.BytesIO(content))


# -- out and in -----------------------------------------------------------------------------------


def test_a_review_that_is_taken_out_and_brought_in_gives_the_very_same_bytes(ada):
    first = taken(ada)
    second = taken(brought(first))
    for name in opened(first).namelist():
        assert opened(first).read(name) == opened(second).read(name), name
    assert first == second
    assert taken(ada) == first  # on another day, too: nothing in it says when it was written


def test_what_is_brought_in_says_the_same_of_everything(ada):
    new = brought(taken(ada)).review
    old = Review.objects.get(id=ada.review_id)
    for kind in (Pair, Group, ImportFile, Resolution, Screening):
        at = "screening__review" if kind is Resolution else "review"
        assert kind.objects.filter(**{at: new}).count() == kind.objects.filter(**{at: old}).count()
    told = ("title", "question", "each", "records_made", "criteria_version", "compared")
    assert [getattr(new, name) for name in told] == [getattr(old, name) for name in told]
    record = Record.objects.get(review=new, number=1)
    assert (record.title, record.authors, record.raw) == (ODD, ["A; B", ""], [["", ODD]])
    assert flow.flow(new).abstract.all == flow.flow(old).abstract.all
    assert flow.flow(new).duplicates == flow.flow(old).duplicates
    one, other = (calibration(each.rounds.get()) for each in (new, old))
    assert one.agreement == other.agreement
    assert Group.objects.get(review=new, shown__title=5)


def test_no_name_is_in_it(ada):
    held = opened(taken(ada))
    every = "".join(held.read(name).decode() for name in held.namelist())
    for name in ("Ada (1.)", "Ben Okri", "Cai"):
        assert name not in every
    assert "Reviewer 1" in every or "Reviewer 2" in every
    assert str(ada.id) not in every
    assert str(ada.review_id) not in every


def test_what_still_waits_for_another_reviewer_stays_blind(ada):
    held = opened(taken(ada))
    every = "".join(held.read(name).decode() for name in held.namelist())
    assert "harebell" in every
    assert "speedwell" not in every
    states = {row["state"] for row in table(taken(ada), "screenings.csv")}
    assert rules.PARTLY not in states


def test_whoever_takes_it_out_was_shown_what_others_decided_and_the_trail_says_it(ada):
    assert Decision.objects.filter(member=ada, revealed=False).exists()
    taken(ada)
    decided = Decision.objects.filter(member=ada, screening__state__in=rules.DECIDED)
    assert not decided.filter(revealed=False).exists()
    assert Trail.objects.get(did="package taken").by == ada.user


def test_the_owner_of_what_was_brought_in_is_who_brought_it(ada):
    eve = brought(taken(ada))
    assert (eve.role, eve.user.name) == (rules.OWNER, "Eve")
    others = eve.review.members.exclude(id=eve.id)
    assert all(each.left_on and not each.user.is_active for each in others)
    assert {each.user.name for each in others} == {"Reviewer 1", "Reviewer 2", "Reviewer 3"}
    assert Trail.objects.filter(review=eve.review, did="package brought in").count() == 1


def test_two_packages_share_their_stand_ins(ada):
    content = taken(ada)
    one, other = brought(content), brought(content, "Fay")
    users = [set(each.review.members.exclude(id=each.id).values_list("user", flat=True))
             for each in (one, other)]  # fmt: skip
    assert users[0] == users[1]


def test_an_empty_review_goes_out_and_in(ada):
    empty = kit.review("Gil")[0]
    content = taken(empty)
    assert taken(brought(content)) == content


def test_it_is_not_taken_while_a_file_is_being_read(ada):
    run = ada.review.searches.first()
    importing.take(ada, run, [("c.ris", RIS.format(7).encode())])
    with pytest.raises(Refused, match="being read"):
        taken(ada)


# -- the package says what it is ------------------------------------------------------------------


def test_each_table_fits_what_the_package_says_of_it(ada):
    content = taken(ada)
    said = json.loads(opened(content).read("datapackage.json"))
    assert said["profile"] == "tabular-data-package"
    assert [each["path"] for each in said["resources"]] == [each.path for each in ALL]
    keys = {}
    for each in said["resources"]:
        rows = table(content, each["path"])
        fields = {field["name"]: field for field in each["schema"]["fields"]}
        for row in rows:
            assert list(row) == list(fields)
            for name, field in fields.items():
                if field.get("constraints", {}).get("required"):
                    assert row[name] != "", (each["path"], name)
        for name in fields:
            keys[each["name"], name] = {row[name] for row in rows}
        key = each["schema"].get("primaryKey", [])
        found = [tuple(row[name] for name in key) for row in rows]
        assert not key or len(set(found)) == len(found), each["path"]
    for each in said["resources"]:
        for refers in each["schema"].get("foreignKeys", []):
            there = keys[refers["reference"]["resource"], refers["reference"]["fields"]]
            assert keys[each["name"], refers["fields"]] <= there | {""}


def test_it_is_valid_by_the_frictionless_library(ada, tmp_path):
    frictionless = pytest.importorskip("frictionless")
    opened(taken(ada)).extractall(tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "note"])


def test_its_readme_names_every_table(ada):
    text = opened(taken(ada)).read("README.md").decode()
    assert all(each.path in text for each in ALL)


def test_the_flow_is_in_the_columns_of_the_prisma_template(ada):
    rows = table(taken(ada), "flow.csv")
    counts = {row["data"]: row["n"] for row in rows}
    assert counts["records_screened"] == "2"
    assert counts["duplicates"] == "1"


# -- bad packages ---------------------------------------------------------------------------------


def refused(file: io.BytesIO, said: str) -> None:
    mal = User.objects.filter(name="Mal").first() or kit.user("Mal")
    before = Review.objects.count(), Trail.objects.count(), Record.objects.count()
    with pytest.raises(Bad, match=said):
        packages.bring_in(mal, file)
    assert (Review.objects.count(), Trail.objects.count(), Record.objects.count()) == before


@pytest.mark.parametrize("each", LOADED, ids=lambda each: each.name)
def test_a_missing_table_is_named(ada, each):
    refused(changed(taken(ada), {each.path: None}), f"{each.path} is missing")


@pytest.mark.parametrize("each", LOADED, ids=lambda each: each.name)
def test_wrong_columns_are_named(ada, each):
    refused(changed(taken(ada), {each.path: b"what,ever\r\n"}), f"{each.path}.*columns have to be")


@pytest.mark.parametrize(
    "content", [b"", b"no zip", b"PK\x03\x04" + b"\x00" * 100], ids=["nothing", "text", "cut"]
)
def test_what_is_no_zip_file_is_said(ada, content):
    refused(io.BytesIO(content), "no zip file, or it is broken")


def test_a_package_cut_in_the_middle_is_said(ada):
    refused(io.BytesIO(taken(ada)[:-900]), "no zip file, or it is broken")


def test_a_package_with_damaged_bytes_is_said(ada):
    content = bytearray(taken(ada))
    content[60] ^= 0xFF
    refused(io.BytesIO(bytes(content)), "is broken, somewhere after line|no zip file|describe")


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/passwd", "a/b.csv", "chart.csv", "x\\y.csv"])
def test_a_file_that_is_no_part_of_it_is_refused_by_name(ada, name, tmp_path):
    refused(changed(taken(ada), {name: b"x"}), "is no part of a review's package")


def test_two_files_of_one_name_are_refused(ada):
    file = changed(taken(ada), {})
    with zipfile.ZipFile(file, "a") as held, pytest.warns(UserWarning, match="Duplicate"):
        held.writestr("records.csv", b"x")
    file.seek(0)
    refused(file, "Two files in this package have one name")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(ada):
    refused(changed(taken(ada), {"README.md": b"0" * 60_000_000}), "far larger than a review")


def test_a_file_that_lies_about_its_size_is_broken(ada):
    content = taken(ada)
    said = opened(content).getinfo("records.csv")
    place = content.index(b"PK\x01\x02" + content[content.index(b"PK\x01\x02") + 4 :][:4])
    central = content.index(b"records.csv", place)
    lied = bytearray(content)
    at = central - 46 + 24
    assert int.from_bytes(lied[at : at + 4], "little") == said.file_size
    lied[at : at + 4] = (10).to_bytes(4, "little")
    refused(io.BytesIO(bytes(lied)), "broken|columns have to be")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("protocol.csv", b"social", b"social\x00", "NUL"),
        ("criteria.csv", b"reworded", b"sung", "change is 'sung'"),
        ("criteria.csv", b"1,include,1,", b"one,include,1,", "number is 'one'"),
        ("criteria.csv", b"1,include,1,", b"0,include,1,", "0, and has to be 1 or more"),
        ("criteria.csv", b"1,include,1,", b"99999999999,include,1,", "larger than can be kept"),
        ("criteria.csv", b"1,include,1,", b",include,1,", "number is empty"),
        ("searches.csv", b"2026-03-02", b"2026-13-02", "has to be a day"),
        ("searches.csv", b"Ovid", b"O" * 201, "longer than 200"),
        ("records.csv", b'"[""Brook, A.""]"', b"[1", "not JSON|There are"),
        ("records.csv", b'"[""Brook, A.""]"', b"{}", "JSON of another kind"),
        ("records.csv", b",2020,", b",abc,", "year is 'abc'"),
        ("groups.csv", b",true,", b",yes,", "true or false"),
        ("decisions.csv", b"include", b"perhaps", "choice is 'perhaps'"),
        ("screenings.csv", b"\r\n1,", b"\r\n77,", "Record 77 is named here"),
        ("decisions.csv", b"[1]", b"[8]", "Criterion 8 is named here"),
        ("decisions.csv", b"[1]", b'["x"]', "Criterion x is named here"),
        ("rounds.csv", b"abstract,1,", b"abstract,9,", "Round abstract 1 is named here"),
        ("files.csv", b"\r\n1,1,", b"\r\n1,9,", "Search 9 is named here"),
        ("trail.csv", b"\r\n1,", b"\r\n1,2026-01-01,77,\r\n", "There are 4 cells"),
        ("screenings.csv", b",included,", b",excluded,", "decisions say otherwise"),
        ("duplicates.csv", b"\r\n4,5,", b"\r\n5,4,", "first has to be lower"),
        ("settlements.csv", b"talked", b"\xff\xfe", "is broken, somewhere after"),
        ("settlements.csv", b"talked", b'"talked', "is broken, somewhere after"),
        ("reviewers.csv", b"\r\n1,", b"\r\n900,", "more than 500"),
        ("reviewers.csv", b"\r\n1,", b"\r\n2,", "do not fit together"),
    ],
)
def test_a_wrong_cell_is_told_with_its_table_and_nothing_is_kept(ada, name, old, new, said):
    content = taken(ada)
    text = opened(content).read(name)
    assert old in text, text
    refused(changed(content, {name: text.replace(old, new, 1)}), said)


def test_two_rows_of_the_protocol_are_one_too_many(ada):
    text = opened(taken(ada)).read("protocol.csv")
    head, _, row = text.partition(b"\r\n")
    refused(changed(taken(ada), {"protocol.csv": head + b"\r\n" + row + row}), "one row")
    six = row.replace(b",2,", b",6,", 1)
    refused(changed(taken(ada), {"protocol.csv": head + b"\r\n" + six}), "each is more than 5")


def test_a_table_that_was_changed_is_told_while_the_package_has_its_hash(ada):
    text = opened(taken(ada)).read("records.csv").replace(b"Brook", b"Brock", 1)
    refused(changed(taken(ada), {"records.csv": text}, hashes=True), "was changed after")


@pytest.mark.parametrize(
    "said", [b"{", b"[]", b'{"firsthand_package": 1}', b'{"resources": []}', b"[" * 100_000]
)
def test_a_description_that_is_none_is_said(ada, said):
    refused(changed(taken(ada), {"datapackage.json": said}, hashes=True), "does not describe")


def test_a_later_version_is_said(ada):
    said = json.loads(opened(taken(ada)).read("datapackage.json")) | {"firsthand_package": 2}
    file = changed(taken(ada), {"datapackage.json": json.dumps(said).encode()}, hashes=True)
    refused(file, "package of version 2")
    refused(changed(taken(ada), {"datapackage.json": None}, hashes=True), "no package of a review")


def test_cells_and_texts_come_back_as_they_were():
    for kind, value in (
        ("string", ODD), ("integer", -7), ("number", 0.25), ("boolean", True), ("array", [1, "ü"]),
        ("object", {"a": None}),
    ):  # fmt: skip
        column = tables.Field("x", kind)
        assert tables.read(tables.written(value), column) == value
    assert tables.read("", tables.Field("x", "integer")) is None
    with pytest.raises(Bad, match="no number"):
        tables.read("x", tables.Field("x", "number"))


# -- by command -----------------------------------------------------------------------------------


def test_by_command_a_review_goes_out_and_in(ada, tmp_path, capsys):
    place = tmp_path / "review.zip"
    title = ada.review.title
    assert cli.main(["review", "export", title, str(place), "--as", "Ada (1.)", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["bytes"] == place.stat().st_size
    words = ["review", "import-package", str(place), "--as", "Hal", "--here"]
    assert cli.main(words) == 0
    assert f"Brought in: {title}" in capsys.readouterr().out
    again = tmp_path / "again.zip"
    assert cli.main(["review", "export", title, str(again), "--as", "Hal"]) == 0
    assert again.read_bytes() == place.read_bytes()
    place.write_bytes(b"no zip")
    assert cli.main(words) == 1
    assert "no zip file, or it is broken. Nothing of it was kept." in capsys.readouterr().err
    assert cli.main(["review", "import-package", str(tmp_path / "none.zip"), "--as", "Hal"]) == 1
    assert "cannot be read: No such file" in capsys.readouterr().err
    nowhere = str(tmp_path / "no" / "x.zip")
    assert cli.main(["review", "export", title, nowhere, "--as", "Hal"]) == 1
    assert "cannot be written" in capsys.readouterr().err
    assert not list(Path(tmp_path).glob("*.part"))
