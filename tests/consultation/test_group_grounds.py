"""What a group said beneath a line of a draft: its own row, wherever its line goes."""

import pytest

from firsthand.consultation.actions import commenting, groups
from firsthand.consultation.models import Comment
from firsthand.harms.actions import grounds
from firsthand.harms.models import Editor, Entry, Ground
from tests.consultation.group_kit import World
from tests.harms import drafting_kit

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world() -> World:
    return World.made()


@pytest.fixture
def editor(world) -> Editor:
    return drafting_kit.draft(world.people["Ada"].user)


def answered(world: World, editor: Editor, name: str) -> Comment:
    groups.change(world.runs, {"version": editor.version})
    row = commenting.say(world.join(name).row, "S1", "change", "Because.", name)
    commenting.answer(world.runs, row, "accepted", "Yes.", 0)
    return row


def test_two_groups_of_one_name_stand_beneath_a_line_each_with_its_own_count(world, editor):
    one = answered(world, editor, "River")
    other = World.made()
    other.runs = groups.add_facilitator(other.runs, other.ada, world.people["Ada"].user)
    answered(other, editor, "Bo")
    rows = Ground.objects.filter(kind="comment").order_by("title")
    first = "Advisory group: Lantern group (made up)"
    assert [(row.title, row.count) for row in rows] == [(first, 1), (f"{first} (2)", 1)]
    commenting.take_back(world.members["River"].row, one)
    assert [row.title for row in rows.all()] == [f"{first} (2)"]


def test_a_group_that_is_called_otherwise_is_counted_once(world, editor):
    row = answered(world, editor, "River")
    groups.change(world.runs, {"title": "Heron group"})
    commenting.answer(world.runs, row, "adapted", "In your words.", 1)
    ground = Ground.objects.get(kind="comment")
    assert (ground.title, ground.count) == ("Advisory group: Heron group", 1)
    assert ground.at == f"{world.at('group_comments')}?entry=S1"


def test_what_went_with_its_line_is_found_there_when_the_comment_is_taken_back(world, editor):
    row = answered(world, editor, "River")
    elsewhere = Entry.objects.filter(version=editor.version).exclude(code="S1")[0].code
    grounds.place(editor, Ground.objects.get(kind="comment").id, elsewhere)
    commenting.answer(world.runs, row, "adapted", "In your words.", 1)
    ground = Ground.objects.get(kind="comment")
    assert (ground.code, ground.detail) == (elsewhere, {"Change": 1, "Adapted": 1})
    commenting.take_back(world.members["River"].row, row)
    assert not Ground.objects.filter(kind="comment").exists()
