"""The `firsthand` command: every word of it explains itself, and none of it shows a traceback."""

import pytest

from firsthand import cli
from firsthand.config import talk
from firsthand.config.commands import found
from tests.config.site import Site

NAMES = [name for name, _ in found()]


def test_the_commands_a_site_needs_are_there():
    assert set(NAMES) >= {"backup", "check", "prepare", "restore", "run", "steward", "worker"}


@pytest.mark.parametrize("name", NAMES)
def test_every_command_explains_itself_in_plain_words(name, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([name, "--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert len(said.split()) > 20
    assert "Traceback" not in said


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_one_line_for_the_list(name):
    assert 10 < len(dict(found())[name].HELP) < 80


def test_a_misspelt_command_is_said_to_be(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["bakcup"])
    assert ended.value.code == 2
    assert "backup" in capsys.readouterr().err


def test_help_needs_no_data_directory(tmp_path):
    site = Site(tmp_path / "nothing")
    assert site.firsthand("--help").returncode == 0
    assert not site.data.exists()


@pytest.fixture
def command(monkeypatch):
    """A command that does what a test tells it to."""

    def doing(error: BaseException):
        module = type("doing", (), {"run": staticmethod(lambda args: raise_(error))})
        monkeypatch.setattr(cli, "parser", lambda: Parser(module))
        return cli.main([])

    return doing


class Parser:
    def __init__(self, module):
        self.module = module

    def parse_args(self, argv):
        return type("Args", (), {"command": self.module})


def raise_(error: BaseException) -> None:
    raise error


def test_a_stop_is_a_sentence_and_an_exit_code(command, capsys):
    assert command(talk.Stop("The disk is not there.", 4)) == 4
    assert "The disk is not there." in capsys.readouterr().err


def test_what_nobody_foresaw_is_said_without_its_values(command, capsys, monkeypatch):
    monkeypatch.delenv("FIRSTHAND_DEBUG", raising=False)
    assert command(ValueError("zebra-lantern")) == cli.UNFORESEEN
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "zebra-lantern" not in said


def test_what_nobody_foresaw_can_be_seen_by_asking(command, capsys, monkeypatch):
    monkeypatch.setenv("FIRSTHAND_DEBUG", "1")
    command(ValueError("zebra-lantern"))
    assert "zebra-lantern" in capsys.readouterr().err


def test_ctrl_c_is_no_accident(command, capsys):
    assert command(KeyboardInterrupt()) == cli.INTERRUPTED
    assert "Stopped" in capsys.readouterr().err


def test_a_broken_server_key_is_said_plainly(site):
    key = site.data / "keys/server.key"
    key.write_bytes(b"short")
    done = site.firsthand("check")
    assert done.returncode == 1
    assert "not a Firsthand server key" in done.stderr


def test_the_first_steward_gets_a_link_that_works_once(site):
    said = site.firsthand("steward", "add").stdout
    assert "http://127.0.0.1:8000/invitation/" in said
    secret = said.split("/invitation/")[1].split("/")[0]
    assert secret.encode() not in site.database.read_bytes()


def test_a_steward_before_the_database_is_told_to_start_the_site(tmp_path):
    done = Site(tmp_path / "new").firsthand("steward", "add")
    assert done.returncode == 1
    assert "Start the site once" in done.stderr


def test_progress_is_silent_where_nobody_watches(capsys):
    shown = talk.Progress("Copying", 10)
    shown.add(5)
    shown.end()
    assert capsys.readouterr().err == ""


def test_a_secret_is_not_asked_of_nobody():
    with pytest.raises(talk.Stop, match="nobody here to ask"):
        talk.ask("Passphrase")


def test_two_different_secrets_are_a_slip(monkeypatch):
    typed = iter(["one", "other"])
    monkeypatch.setattr(talk, "ask", lambda what: next(typed))
    with pytest.raises(talk.Stop, match="not the same"):
        talk.ask_twice("Passphrase")
