"""A version published since a draft began is not left out of the next one unawares."""

import pytest
from django.urls import reverse

from firsthand.access.refused import Refused
from firsthand.cli import main
from firsthand.harms import missed, queries
from firsthand.harms.actions import drafting, publishing
from firsthand.harms.models import Trail
from tests.harms import drafting_kit as kit
from tests.harms.test_draft_pages import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def desk():
    """Ada's draft of 2027, ready; another, 2026, begun from 2022 too, published before it."""
    desk = Desk()
    other = drafting.begin(kit.user("Rae"), "2026")
    drafting.reword(desk.ada, "S1.1", kit.words(), "Plainer")
    kit.ready(desk.ada)
    kit.all_changes(other)
    kit.ready(other)
    assert missed.missed(queries.open_draft(desk.ada.version.pk)) == []
    publishing.publish(other)
    return desk


def test_what_the_other_version_changed_is_told_line_by_line(desk):
    (found,) = missed.missed(queries.open_draft(desk.ada.version.pk))
    assert found.version.slug == "2026"
    assert len(found.lines) == 7
    said = "\n".join(found.lines)
    assert "said in other words. Plainer" in said
    assert "(S7.3): removed. Nobody chose it" in said
    assert "moved to another source of harm. It is about choice" in said
    assert ": added. Group two named it" in said


def test_the_pages_warn_and_publishing_asks_for_a_tick_that_the_history_keeps(desk):
    for name in ("draft", "draft_publish"):
        shown = desk.get("Ada", name)
        assert "was published after 2022" in shown
        assert "What 2026 changed (7)" in shown
        assert "Nobody chose it" in shown
    assert "I have looked at what 2026 changed" in shown
    assert "say that you have looked at it" in desk.post("Ada", "draft_publish", status=409)
    assert queries.version("2027") is None
    eve = desk.browsers["Eve"].post(desk.at("draft_publish"), {"left_out": "2026"})
    assert eve.status_code == 404
    desk.post("Ada", "draft_publish", left_out="2026")
    assert queries.version("2027") is not None
    assert Trail.objects.get(did="published", version=desk.ada.version).about["left_out"] == [
        "2026"
    ]
    assert "leaving out what 2026 changed" in desk.get("Ada", "draft_history")
    assert "was published after" not in desk.get("Ada", "draft")


def test_the_command_refuses_until_it_is_said_which_version_is_left_out(desk, capsys):
    args = ["model", "publish", "2027", "--as", "Ada"]
    assert main(args) == 1
    assert "Published since, and not in it: 2026." in capsys.readouterr().err
    assert main([*args, "--leave-out", "2025"]) == 1
    assert main([*args, "--leave-out", "2026"]) == 0
    line = Trail.objects.get(did="published", version=desk.ada.version)
    assert line.about["how"] == "by command"


def test_a_version_that_came_in_a_file_is_told_by_its_lines(desk, monkeypatch):
    monkeypatch.setattr(missed.queries, "drafting_of", lambda version: None)
    (found,) = missed.missed(queries.open_draft(desk.ada.version.pk))
    assert any("(S7.3): removed." in each for each in found.lines)
    assert any("Fixed rules\u201d (S1.1): said in other words." in each for each in found.lines)
    assert any("(S3.11): added." in each for each in found.lines)


def test_a_draft_from_the_newest_version_is_warned_of_nothing(desk):
    later = drafting.begin(kit.user("Sol"), "2028")
    assert missed.missed(later.drafting) == []
    assert desk.browsers["Ada"].get(reverse("harms:drafts")).status_code == 200
    with pytest.raises(Refused, match="2026"):
        publishing.publish(desk.ada)
