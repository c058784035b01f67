"""A comment on a line that left the draft meanwhile: its words stay, and can be sent."""

import pytest

from firsthand.consultation.models import Comment
from firsthand.harms.models import Entry
from tests.consultation.group_kit import World, draft

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
SENT = {"kind": "change", "text": "Say it as we do.", "number": "n1"}


def test_the_words_are_kept_in_the_form_and_go_to_the_whole_draft_by_one_press():
    world = World.made(version=draft())
    world.join("River")
    Entry.objects.filter(code="I1").delete()
    shown = world.post("River", "own_entry", "I1", status=422, **SENT)
    assert "This line is in the draft no longer" in shown
    assert "Say it as we do." in shown
    assert 'value="change" checked' in shown
    assert 'value="n1"' in shown
    assert f'action="{world.at("own_whole")}"' in shown
    assert not Comment.objects.exists()
    for _ in range(2):  # pressed twice
        world.post("River", "own_whole", **SENT)
    row = Comment.objects.get()
    assert (row.entry, row.text) == ("", "Say it as we do.")
    world.get("River", "own_entry", "I1", status=404)
    assert "Choose what fits best" in world.post(
        "River", "own_entry", "I1", status=422, text="Mine"
    )


def test_without_a_draft_words_are_kept_too_and_a_stranger_learns_nothing():
    world = World.made(version=None)
    world.join("River")
    assert "Say it as we do." in world.post("River", "own_entry", "S1", status=422, **SENT)
    assert not Comment.objects.exists()
