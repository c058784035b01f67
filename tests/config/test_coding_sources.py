"""`firsthand coding read` and `firsthand coding sources`: files in, what was read out."""

import json

import pytest

from firsthand.cli import main
from firsthand.codebook.models import Source
from tests.codebook import kit

pytestmark = pytest.mark.django_db
TALK = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>Hello 🌻\n\n00:03.000 --> 00:04.000\n<v Ben>Hi."


@pytest.fixture
def files(tmp_path):
    (tmp_path / "talk.vtt").write_text(TALK)
    (tmp_path / "empty.txt").write_text("")
    return tmp_path


def run(capsys, *args, code=0):
    assert main(["coding", *map(str, args)]) == code
    said = capsys.readouterr()
    return said.out or said.err


def test_read_says_what_is_in_a_file_for_a_program_and_for_a_person(files, capsys):
    talk, empty = files / "talk.vtt", files / "empty.txt"
    (said, wrong) = json.loads(run(capsys, "read", talk, empty, "--json", code=1))
    assert (said["format"], said["text"]) == ("vtt", "Ada: Hello 🌻\nBen: Hi.")
    assert [(each["name"], each["start"], each["end"]) for each in said["turns"]] == [
        ("Ada", 0, 12), ("Ben", 13, 21),
    ]  # fmt: skip
    assert "nothing in this file" in wrong["error"]
    short = run(capsys, "read", talk)
    assert "21 characters, 2 turns to speak" in short
    assert "Left out: 2 times of cues." in short
    assert run(capsys, "read", talk, "--text") == "Ada: Hello 🌻\nBen: Hi.\n"
    assert "nothing in this file" in run(capsys, "read", empty, code=1)
    assert "nothing in this file" in run(capsys, "read", empty, "--text", code=1)
    assert "nowhere.txt cannot be read" in run(capsys, "read", files / "nowhere.txt", code=1)


def test_sources_are_added_once_each_and_listed(files, capsys):
    (coder,) = kit.coders("Ada")
    mine = (kit.WANTED["title"], "--as", "Ada")
    assert "no source" in run(capsys, "sources", "list", *mine)
    talk = files / "talk.vtt"
    add = ("sources", "add", mine[0], talk, files / "empty.txt", *mine[1:])
    told = json.loads(run(capsys, *add, "--kind", "transcript", "--json", code=1))
    assert [(each["source"], bool(each["error"])) for each in told] == [(1, False), (None, True)]
    assert Source.objects.get().kind == "transcript"
    assert "is here already, as source 1" in run(capsys, "sources", "add", mine[0], talk, *mine[1:])
    (files / "b.txt").write_bytes(b"caf\xe9")
    said = run(capsys, "sources", "add", mine[0], files / "b.txt", *mine[1:])
    assert "b.txt is source 2: b. The file does not say its encoding." in said
    assert "1. talk (transcript)" in run(capsys, "sources", "list", *mine)
    assert "Say which files" in run(capsys, "sources", "add", *mine, code=2)
    assert "in whose name" in run(capsys, "sources", "list", mine[0], code=2)
    assert coder.project.sources.count() == 2
