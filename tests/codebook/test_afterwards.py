"""Codes merged after coding was finished: what was touched is told, to whoever may see the work."""

import json

import pytest

from firsthand.codebook import afterwards
from firsthand.codebook.actions import codes, passages
from firsthand.codebook.models import CodeChange
from tests.codebook import kit
from tests.codebook.test_double import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


def told(coder):
    return [(each.said, each.codings, each.sources) for each in afterwards.touched(coder)]


def finished(made):
    """Ada and Ben code the letter alike, and one more each; both finish."""
    for each in (made.ada, made.ben):
        made.code(each, "Nobody asked me", "Not asked", "Feeling")
        made.code(each, "told later", "Looked past")
        passages.finish(each, made.plain)


def test_a_merge_after_finishing_is_told_with_its_day_and_taken_back_it_is_as_it_was():
    made = kit.made()
    finished(made)
    assert told(made.ada) == []
    codes.merge(made.ada, [made.codes["Not asked"]], made.codes["Feeling"])
    said = [("\u201cNot asked\u201d into \u201cFeeling\u201d: merged", 2, 1)]
    assert told(made.ada) == told(made.ben) == said
    assert told(made.cai) == []  # who may yet code the source learns nothing of it
    codes.undo(made.ben, CodeChange.objects.get(did="merged"))
    assert told(made.ada) == []
    assert CodeChange.objects.get(did="merged").undone_at is not None


def test_a_merge_before_finishing_is_not_told_but_taking_it_back_later_is():
    made = kit.made()
    made.code(made.ada, "told later", "Looked past")
    codes.merge(made.ada, [made.codes["Looked past"]], made.codes["Feeling"])
    for each in (made.ada, made.ben):
        passages.finish(each, made.plain)
    assert told(made.ada) == []
    codes.undo(made.ada, CodeChange.objects.get(did="merged"))
    assert told(made.ben) == [
        ("\u201cLooked past\u201d into \u201cFeeling\u201d: the merge was taken back", 1, 1)
    ]
    CodeChange.objects.update(undone_at=None)  # undone before the day of it was kept
    assert told(made.ben) == []


def test_a_split_leaves_finished_work_alone_and_taking_it_back_later_is_told():
    made = kit.made()
    row = made.code(made.ada, "told later", "Looked past")
    codes.split(made.ada, made.codes["Looked past"], ["By staff", "By all"], {row.id: 0})
    for each in (made.ada, made.ben):
        passages.finish(each, made.plain)
    assert told(made.ada) == []
    codes.undo(made.ada, CodeChange.objects.get(did="split"))
    assert told(made.ada) == [("The split of \u201cLooked past\u201d was taken back", 1, 1)]


def test_the_pages_and_the_file_say_it_to_those_who_may_see_the_work():
    world = World()
    made = world.made
    finished(made)
    version = f"Worked out with version {made.ada.project.codebook_version}"
    assert "Nothing was merged since" in world.get("Ada", "agreement")
    codes.merge(made.ada, [made.codes["Not asked"]], made.codes["Harm"])
    shown = world.get("Ben", "agreement")
    assert version not in shown  # the codebook went on
    assert "Not asked\u201d into \u201cHarm\u201d: merged. 2 codings in 1 source." in shown
    assert "2 codings in 1 source that was finished" in world.get("Ben", "changes")
    assert "that was finished" not in world.get("Cai", "changes")
    said = json.loads(world.get("Ada", "agreement_json"))
    assert [each["codings"] for each in said["merged_since"]] == [2]
    assert said["codebook_version"] == CodeChange.objects.count()
    assert json.loads(world.get("Cai", "agreement_json"))["merged_since"] == []
    world.get("Eve", "changes", status=404)
