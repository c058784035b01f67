"""What a command does in a coding project, its history says was done by command; a page's not."""

import pytest

from firsthand import cli
from firsthand.access.noted import BY_COMMAND
from firsthand.codebook.models import Trail
from tests.codebook import kit
from tests.codebook.test_double import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


def test_the_history_says_which_lines_were_left_by_command(tmp_path, monkeypatch):
    monkeypatch.setattr("firsthand.config.prepare.pending", lambda: [])
    world = World()
    before = Trail.objects.count()
    assert not Trail.objects.filter(about__has_key="how").exists()
    file = tmp_path / "letter.txt"
    file.write_text("They never rang back.", "utf-8")
    assert (
        cli.main(["coding", "sources", "add", kit.WANTED["title"], str(file), "--as", "Ada"]) == 0
    )
    lines = list(Trail.objects.order_by("at", "id"))[before:]
    assert lines
    assert {(each.by, each.about["how"]) for each in lines} == {(world.made.ada.user, BY_COMMAND)}
    assert "how: by command" in world.get("Ben", "history")
    world.made.code(world.made.ben, "Nobody", "Harm")
    assert "how" not in Trail.objects.get(did="passage coded").about
