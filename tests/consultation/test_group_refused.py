"""What was typed stays on the page when it cannot be kept just now, with the reason beside it."""

import pytest

from firsthand.consultation import rules
from firsthand.consultation.actions import commenting, groups
from firsthand.consultation.models import Comment, Reply
from firsthand.people import rules as roles
from tests.consultation.group_kit import SHEET, World, draft
from tests.repair.conftest import someone

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
SENT = {"kind": "change", "text": "marigold in the morning", "number": "n"}


@pytest.fixture
def world() -> World:
    made = World.made(version=draft())
    made.join("River")
    return made


def test_a_comment_is_kept_on_the_page_when_there_is_a_new_sheet_or_comments_close(world):
    groups.write_sheet(world.runs, f"{SHEET} There is cake.", rules.USES)
    shown = world.post("River", "own_entry", "S1.1", status=422, **SENT)
    assert "Please read the information sheet first" in shown
    assert "marigold in the morning</textarea>" in shown
    groups.close(world.runs)
    shown = world.post("River", "own_entry", "S1.1", status=422, **SENT)
    assert "This group is over" in shown
    assert "marigold in the morning</textarea>" in shown
    assert not Comment.objects.exists()


def test_an_answer_is_kept_on_the_page_with_the_colleagues_that_was_faster_and_can_be_sent(world):
    row = commenting.say(world.members["River"].row, "S1", "change", "Because.", "n")
    ben = groups.add_facilitator(world.runs, world.ada, someone(roles.COORDINATOR, "Ben").user)
    commenting.answer(ben, row, "not-taken", "It stays.", 0)
    sent = {"done": "accepted", "why": "marigold in the morning"}
    shown = world.post("Ada", "group_comment", row.id, status=422, seen="0", **sent)
    assert "Someone answered this while you were writing" in shown
    assert "It stays." in shown
    assert "marigold in the morning</textarea>" in shown
    assert 'id="id_seen" value="1"' in shown
    world.post("Ada", "group_comment", row.id, seen="1", **sent)
    assert [each.done for each in Reply.objects.all()] == ["not-taken", "accepted"]
