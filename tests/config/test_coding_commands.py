"""`firsthand coding`: what is in a file, in and out again, and what is said when it goes wrong."""

import json

import pytest

from firsthand import cli
from firsthand.codebook.models import Project
from firsthand.codebook.refi.reading import read_bytes
from tests.codebook.refi.kit import A, qde
from tests.codebook.test_interchange import coded
from tests.codebook.test_interchange_pages import FOREIGN

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    """Run a step; return what it printed."""

    def run(*words: object, code: int = 0) -> str:
        got = cli.main(["coding", *map(str, words)])
        said = capsys.readouterr()
        assert got == code, (got, said)
        return said.out + said.err

    return run


@pytest.fixture
def study(tmp_path):
    place = tmp_path / "study.qdpx"
    place.write_bytes(FOREIGN)
    return place


def test_check_says_what_is_in_a_file_and_whether_it_is_as_it_should_be(run, study, tmp_path):
    said = run("check", study, code=1)
    assert "1 codes, 1 texts, 1 passages, 1 codings" in said
    assert "coded by Rosa Yarrow: 1 passages" in said
    assert "not all is as REFI-QDA 1.5 asks" in said
    assert json.loads(run("check", study, "--json", code=1))["valid"] is False
    good = tmp_path / "good.qde"
    good.write_bytes(qde(""))
    assert "  as REFI-QDA 1.5 asks" in run("check", good)
    good.write_bytes(b"no")
    assert "is not whole XML" in run("check", good, code=2)
    assert "cannot be read" in run("check", tmp_path / "gone", code=2)


def test_a_project_is_brought_in_and_written_again(run, study, tmp_path):
    assert "Brought in: P" in run("import", study, "--as", "Ada", "--here", "--me", "Rosa Yarrow")
    project = Project.objects.get()
    assert [each.user.name for each in project.coders.all()] == ["Ada"]
    place = tmp_path / "out.qdpx"
    assert "Written" in run("export", "P", place, "--as", "Ada", "--names")
    found = read_bytes(place.read_bytes(), "out.qdpx")
    assert [each.name for each in found.project.users] == ["Rosa Yarrow"]
    book = tmp_path / "out.qdc"
    run("export", str(project.id)[:8], book, "--as", "Ada")
    assert json.loads(
        run("import", book, "--into", "P", "--as", "Ada", "--json")
    ) == {"project": str(project.id), "new": 0, "there": 1}  # fmt: skip


def test_texts_beside_a_qde_are_read_from_their_folder(run, tmp_path):
    source = (
        f'<Sources><TextSource guid="{A}" name="T" plainTextPath="internal://t.txt"/></Sources>'
    )
    (tmp_path / "p.qde").write_bytes(qde(source))
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "T.txt").write_text("Nobody asked me.")
    said = json.loads(run("check", tmp_path / "p.qde", "--sources", tmp_path / "texts", "--json"))
    assert said["sources"] == 1
    assert "cannot be read" in run(
        "check", tmp_path / "p.qde", "--sources", tmp_path / "no", code=2
    )


def test_what_goes_wrong_is_said(run, study, tmp_path):
    it = coded()
    out = tmp_path / "x.qdpx"
    title = it.ada.project.title
    assert "Nobody called Zoe" in run("export", title, out, "--as", "Zoe", code=1)
    assert "Not one project of Ada is called x" in run("export", "x", out, "--as", "Ada", code=1)
    assert "has to end in" in run("export", title, tmp_path / "x.txt", "--as", "Ada", code=2)
    assert "cannot be written" in run(
        "export", title, tmp_path / "no" / "x.qdpx", "--as", "Ada", code=1
    )
    assert "Who coded in it: Rosa Yarrow" in run(
        "import", study, "--as", "Ada", "--me", "Zoe", code=1
    )
    assert not list(tmp_path.glob("*.part"))
