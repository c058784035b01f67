"""The next version of the model by commands: from a file of changes to a published version."""

import json

import pytest
import yaml

from firsthand.cli import main
from firsthand.harms import queries
from tests.harms import drafting_kit as kit

pytestmark = pytest.mark.django_db
CHANGES = [
    {"do": "reword", "code": "S1.1", "label": "Fixed rules", "reason": "Plainer"},
    {"do": "merge", "codes": ["S4.1", "S4.2"], "label": "Both of these", "reason": "As one"},
    {"do": "remove", "code": "S7.3", "reason": "Nobody chose it"},
    {"do": "rank", "list": "S2", "groups": [[f"S2.{at}"] for at in (5, 4, 3, 2, 1)],
     "reason": "The survey"},
    {"do": "add", "kind": "impact", "reason": "A group named it", **kit.WORDS},
    {"do": "describe", "note": "Some lines.", "authors": [{"family": "Brook", "given": "A"}]},
]  # fmt: skip


@pytest.fixture
def ada():
    kit.models.load_published_models(by="a test")
    return kit.user("Ada")


def _run(capsys, *args, code=0):
    assert main(["model", *map(str, args)]) == code
    said = capsys.readouterr()
    return said.out if not code else said.err


def _as_json(capsys, *args):
    return json.loads(_run(capsys, *args, "--json"))


def test_from_a_file_of_changes_to_a_published_version(ada, capsys, tmp_path):
    changes, table, out = (tmp_path / name for name in ("c.yaml", "g.csv", "map.csv"))
    changes.write_text(yaml.safe_dump(CHANGES))
    mine = ("2027", "--as", "Ada")
    assert len(_as_json(capsys, "draft", *mine, "--changes", changes)["changes"]) == 5
    shown = _as_json(capsys, "show", *mine)
    bare = [one["code"] for one in shown["lines"] if one["how"] != ["kept"]]
    assert bare == ["S1.1", "S4.1", "I14"]
    assert "missing" in _run(capsys, "show", *mine)
    assert "Nothing stands beneath" in _run(capsys, "publish", *mine, code=1)
    table.write_text("code,kind,title,count\n" + "".join(f"{c},paper,Brook,1\n" for c in bare))
    assert len(_as_json(capsys, "grounds", *mine, "--from", table)["grounds"]) == 3
    assert "S1.1 paper: Brook (1)" in _run(capsys, "grounds", *mine)
    signed = ("--signed", "Group", "--capacity", "advice", "--on", "2026-01-02")
    assert "agreed" in _run(capsys, "publish", *mine, *signed)
    assert "Published: Brook A" in _run(capsys, "publish", *mine)
    assert not queries.altered(queries.version("2027"))
    _run(capsys, "export", "2027", "--form", "map.csv", "--output", out)
    assert "S7.3" in out.read_text()
    _run(capsys, "export", "2022", "--form", "csv", "--output", out)
    assert out.read_text().startswith("version,")
    assert "never" not in _run(capsys, "export", "2022", "--form", "map.csv", "--output", out,
                               code=1)  # fmt: skip
    assert "no published version" in _run(capsys, "export", "1999", "--output", out, code=1)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("a: [", "not a YAML file"),
        ("words", "not a list of changes"),
        ("- {do: burn}", "says what to do"),
        ("- {do: remove, code: S7.3}", "not whole"),
        ("- {do: remove, code: S7.3, reason: x}\n- {do: remove, code: S99, reason: x}", "no such"),
    ],
)
def test_a_file_that_is_wrong_somewhere_changes_nothing(ada, capsys, tmp_path, content, says):
    place = tmp_path / "changes.yaml"
    place.write_text(content)
    assert says in _run(capsys, "draft", "2027", "--as", "Ada", "--changes", place, code=1)
    assert not queries.open_drafts(ada)


def test_undo_and_what_is_not_there_are_told(ada, capsys, tmp_path):
    by = kit.draft(ada)
    kit.all_changes(by)
    told = _as_json(capsys, "draft", "2027", "--as", "Ada", "--undo", 7)
    assert len(told["changes"]) == 6
    assert "no change 99" in _run(capsys, "draft", "2027", "--as", "Ada", "--undo", 99, code=1)
    kit.user("Eve")
    assert "edits no draft" in _run(capsys, "show", "2027", "--as", "Eve", code=1)
    late = ("--signed", "Group", "--capacity", "advice", "--on", "some day")
    assert "which day" in _run(capsys, "publish", "2027", "--as", "Ada", *late, code=2)
    table = tmp_path / "g.csv"
    for line, says in (("S1,paper,Brook,many", "numbers"), ("S99,paper,Brook,1", "no line S99")):
        table.write_text(f"code,kind,title,count\n{line}\n")
        said = _run(capsys, "grounds", "2027", "--as", "Ada", "--from", table, code=1)
        assert f"Line 2: {says}" in said or says in said
    gone = tmp_path / "gone.yaml"
    assert "cannot be read" in _run(capsys, "draft", "2027", "--as", "Ada", "--changes", gone,
                                    code=1)  # fmt: skip
