"""Coding apart: neither history, messages, files nor figures tell what another has coded."""

import pytest

from firsthand.codebook import arrivals, rules
from firsthand.codebook.actions import editing, passages
from firsthand.codebook.models import Trail
from tests.codebook import kit
from tests.codebook.test_double import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world():
    return World()


def test_neither_history_nor_the_message_of_a_change_tells_how_much_another_coded(world):
    made = world.made
    made.code(made.ben, "I felt like a file", "Like a thing")
    made.code(made.ben, "told later", "Looked past")
    text = kit.PLAIN.replace("I felt like a file", "1 2 3 4 5")
    page = world.browsers["Ada"].post(
        world.at("edit", made.plain.id), {"text": text, "digest": made.plain.digest}, follow=True
    )
    said = page.content.decode()
    assert "You had coded nothing on it." in said
    assert "Lost: " not in said
    made.plain.refresh_from_db()
    (gone,) = arrivals.lost(made.ben, made.plain)
    assert arrivals.became(made.ben, made.plain.edits.get()) == arrivals.Became(1, 0, 1)
    editing.drop(made.ben, gone)
    editing.take_back(made.ben, gone)
    editing.place(made.ben, gone, "a meeting")
    shown = world.get("Ada", "history")
    assert "text changed" in shown.lower()
    assert "lost passage" not in shown.lower()
    assert Trail.objects.filter(did__startswith="lost passage").count() == 3
    about = Trail.objects.get(did="text changed").about
    assert about == {"source": made.plain.number, "why": ""}
