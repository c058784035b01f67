"""Comments on a draft: said once, answered with what was done, seen by members, without names."""

import csv
import io
import re

import pytest
from django.utils import timezone

from firsthand.access.refused import Refused
from firsthand.consultation import group_queries, rules
from firsthand.consultation.actions import commenting, groups, taking_part
from firsthand.consultation.models import Comment, GroupTrail, Reply
from firsthand.harms.models import Ground, ModelVersion
from firsthand.people import rules as roles
from tests.consultation.group_kit import World, draft
from tests.harms import drafting_kit
from tests.repair.conftest import someone

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world() -> World:
    made = World.made(version=draft())
    made.join("River")
    made.join("Bo")
    return made


def say(world: World, who: str, entry: str, kind: str, text: str = "Because.") -> Comment:
    return commenting.say(world.members[who].row, entry, kind, text, f"{who} {entry} {kind}")


def test_a_member_comments_the_editors_answer_and_every_member_reads_it(world):
    assert "Say what you mean" in world.post(
        "River", "own_entry", "S1", status=422, kind="change", text=""
    )
    assert "Choose what fits best" in world.post("River", "own_whole", status=422, text="Mine")
    sent = {"kind": "change", "text": "Say it as we do.", "number": "n1"}
    world.post("River", "own_entry", "S1", **sent)
    world.post("River", "own_entry", "S1", **sent)  # pressed twice
    row = Comment.objects.get()
    assert (row.entry, row.said_of) == ("S1", "Not being believed")
    assert "1 waits" in world.get("Ada", "group_comments")
    assert "Say why, to those" in world.post(
        "Ada", "group_comment", row.id, status=422, done="adapted"
    )
    world.post("Ada", "group_comment", row.id, done="adapted", why="We put it in your words.",
               seen="0")  # fmt: skip
    for who in ("River", "Bo"):
        shown = world.get(who, "own_entry", "S1")
        assert "Adapted" in shown
        assert "We put it in your words." in shown
        assert not re.search(r"\bAda\b", shown)
    assert "1 of 1 comment answered" in world.get("Ada", "group_comments")
    assert GroupTrail.objects.filter(did="comment answered").count() == 1


def test_the_slower_of_two_editors_is_shown_the_other_answer_first(world):
    row = say(world, "River", "S1", "remove")
    ben = groups.add_facilitator(world.runs, world.ada, someone(roles.COORDINATOR, "Ben").user)
    commenting.answer(world.runs, row, "accepted", "Out it goes.", 0)
    commenting.answer(world.runs, row, "accepted", "Out it goes.", 0)  # pressed twice
    with pytest.raises(Refused, match="while you were writing"):
        commenting.answer(ben, row, "not-taken", "It stays.", 0)
    commenting.answer(ben, row, "not-taken", "It stays.", 1)
    assert [each.done for each in Reply.objects.all()] == ["accepted", "not-taken"]
    shown = world.get("Ada", "group_comment", row.id)
    assert "Answered before" in shown
    assert "Out it goes." not in world.get("Bo", "own_entry", "S1")


def test_editors_of_one_group_answer_no_comment_of_another(world):
    row, other = say(world, "River", "S1", "remove"), World.made(version=draft("other"))
    with pytest.raises(Refused):
        commenting.answer(other.runs, row, "accepted", "Yes", 0)
    other.get("Ada", "group_comment", row.id, status=404)


def test_comments_are_found_by_kind_entry_and_answer_and_progress_counts_what_stands(world):
    one = say(world, "River", "S1", "change", "apple")
    say(world, "Bo", "", "missing", "brook")
    say(world, "Bo", "S1.1", "agree", "cedar")
    commenting.answer(world.runs, one, "not-taken", "No", 0)
    browser = world.people["Ada"].browser()

    def shown(query: str) -> set[str]:
        page = browser.get(world.at("group_comments") + query).content.decode()
        return {word for word in ("apple", "brook", "cedar") if word in page}

    assert shown("") == {"apple", "brook", "cedar"}
    assert shown("?state=open") == {"brook", "cedar"}
    assert shown("?state=not-taken") == {"apple"}
    assert shown("?state=accepted") == set()
    assert shown("?kind=missing") == shown("?entry=-") == {"brook"}
    assert shown("?entry=S1.1&state=open") == {"cedar"}
    assert shown("?kind=x&state=y&entry=%00") == set()
    assert group_queries.progress(world.group) == group_queries.Progress(3, 1)
    assert group_queries.progress(world.group).percent == 33
    assert "2 comments" not in world.get("River", "own_draft")
    assert "Yours" in world.get("River", "own_draft")


def test_a_comment_taken_back_loses_its_words_and_only_its_writer_takes_it_back(world):
    row = say(world, "River", "S1", "change", "bluebell")
    assert "Only whoever wrote" in world.post("Bo", "own_comment_back", row.id, status=409)
    assert world.post("River", "own_comment_back", row.id) == world.at("own_entry", "S1")
    world.post("River", "own_comment_back", row.id)
    whole = say(world, "River", "", "missing", "bluebell")
    assert world.post("River", "own_comment_back", whole.id) == world.at("own_whole")
    assert "bluebell" not in str(list(Comment.objects.values()))
    assert GroupTrail.objects.filter(did="comment taken back").count() == 2
    assert "was taken back" in world.post(
        "Ada", "group_comment", row.id, status=422, done="accepted", why="Yes"
    )
    assert group_queries.progress(world.group).all == 0


def test_the_table_names_neither_members_nor_editors_and_runs_no_formula(world):
    row = say(world, "River", "S1", "change", "=HYPERLINK(1)\nand \N{WAVING WHITE FLAG}")
    say(world, "Bo", "", "agree", "")
    gone = say(world, "Bo", "I1", "remove", "bluebell")
    commenting.take_back(world.members["Bo"].row, gone)
    commenting.answer(world.runs, row, "accepted", "-1 is plain", 0)
    answer = world.browser("Ada").get(world.at("group_comments_csv"))
    text = answer.content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[1][:5] == [
        "1", "S1", "Not being believed", "Change", "'=HYPERLINK(1)\nand \N{WAVING WHITE FLAG}",
    ]  # fmt: skip
    assert lines[1][6:] == ["Accepted", "'-1 is plain"]
    assert len(lines) == 3
    for name in ("River", "Bo", "Ada", "Member", "bluebell"):
        assert name not in text, name
    assert "attachment" in answer["Content-Disposition"]


def test_comments_close_when_the_draft_is_published_or_the_group_is_over(world):
    row = say(world, "River", "S1", "change")
    ModelVersion.objects.filter(id=world.group.version_id).update(
        published_on=timezone.localdate(), digest="x"
    )
    assert "Comments are closed" in world.get("River", "own_entry", "S1")
    with pytest.raises(Refused, match="published"):
        say(world, "Bo", "S1", "change")
    world.post("Ada", "group_comment", row.id, done="accepted", why="In it.", seen="0")
    assert "In it." in world.get("River", "own_entry", "S1")
    shown = world.get("Ada", "group_change")
    assert "The next version" in shown  # what was commented on can be kept
    groups.close(world.runs)
    with pytest.raises(Refused, match="over"):
        say(world, "Bo", "S1.1", "agree")


def test_without_a_draft_there_is_nothing_to_comment_on(world):
    groups.change(world.runs, {"version": None})
    assert "There is no draft" in world.get("River", "own_draft")
    world.get("River", "own_entry", "S1", status=404)
    with pytest.raises(Refused, match="no draft"):
        say(world, "River", "", "missing")
    with pytest.raises(Refused):
        group_queries.entry(world.group, "S1")
    assert "no draft to comment on" in world.get("Ada", "group")


def test_an_experience_whose_code_has_a_dot_is_opened_commented_on_and_taken_back(world):
    assert world.at("own_entry", "S1.1") in world.get("River", "own_draft")
    sent = {"kind": "remove", "text": "Not so.", "number": "n1"}
    assert world.post("River", "own_entry", "S1.1", **sent) == world.at("own_draft")
    assert "Not so." in world.get("Bo", "own_entry", "S1.1")
    row = Comment.objects.get()
    assert world.post("River", "own_comment_back", row.id) == world.at("own_entry", "S1.1")


def test_an_entry_that_is_not_in_the_draft_takes_no_comment(world):
    world.get("River", "own_entry", "X9", status=404)
    with pytest.raises(Refused):
        say(world, "River", "X9", "change")
    assert rules.WHOLE == ""


# -- what stands beneath the lines of a draft ---------------------------------------------------


def test_answered_comments_stand_beneath_their_line_as_counts_and_go_when_they_are_taken_back():
    world = World.made()
    editor = drafting_kit.draft(world.people["Ada"].user)
    groups.change(world.runs, {"version": editor.version})
    world.join("River")
    world.join("Bo")
    one = say(world, "River", "S1", "change", "bluebell")
    say(world, "Bo", "S1", "agree", "")
    whole = say(world, "Bo", "", "missing")
    assert not Ground.objects.filter(kind="comment").exists()
    commenting.answer(world.runs, one, "adapted", "In your words.", 0)
    commenting.answer(world.runs, whole, "accepted", "Yes.", 0)
    row = Ground.objects.get(kind="comment")
    assert (row.code, row.count, row.detail) == ("S1", 1, {"Change": 1, "Adapted": 1})
    commenting.answer(world.runs, one, "accepted", "All of it.", 1)
    assert Ground.objects.get(kind="comment").detail == {"Change": 1, "Accepted": 1}
    said = str(list(Ground.objects.filter(kind="comment").values()))
    assert not [name for name in ("River", "bluebell", "words") if name in said]
    river = world.members["River"]
    taking_part.leave(river.doer, river.row, rules.TAKE_OUT)
    assert not Ground.objects.filter(kind="comment").exists()


def test_a_comment_is_answered_where_its_line_is_gone_or_nobody_edits_the_draft(world):
    row = say(world, "River", "S1", "change")
    commenting.answer(world.runs, row, "accepted", "Yes", 0)
    assert not Ground.objects.exists()
    edited = World.made()
    editor = drafting_kit.draft(edited.people["Ada"].user)
    groups.change(edited.runs, {"version": editor.version})
    edited.join("River")
    gone = say(edited, "River", "S1", "remove")
    Comment.objects.filter(id=gone.id).update(entry="S99")
    gone.refresh_from_db()
    commenting.answer(edited.runs, gone, "accepted", "It is out.", 0)
    assert not Ground.objects.filter(kind="comment").exists()


def test_a_draft_that_members_commented_on_is_not_thrown_away_with_their_words():
    world = World.made()
    editor = drafting_kit.draft(world.people["Ada"].user)
    groups.change(world.runs, {"version": editor.version})
    world.join("River")
    say(world, "River", "S1", "change")
    with pytest.raises(Refused, match="so it stays"):
        drafting_kit.drafting.drop(editor)
    assert Comment.objects.exists()
