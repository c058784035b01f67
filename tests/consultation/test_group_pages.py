"""The pages of groups: who comes to which, what they show, and what becomes of what is typed."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from firsthand.consultation import rules
from firsthand.consultation.models import Comment, Group, GroupMember, GroupTrail, Invited
from tests.consultation.group_kit import GROUP, World, draft

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]


@pytest.fixture
def world() -> World:
    return World.made(version=draft())


def code_of(page: str) -> str:
    return re.search(r"<li><strong>([a-z ]+)</strong>", page)[1]


def number_of(page: str) -> str:
    return re.search(r'name="number"[^>]* value="([^"]+)"', page)[1]


def test_a_group_from_its_making_to_an_answered_comment_and_out_again(world):
    eve = world.people["Eve"].browser()
    answer = eve.post(reverse("consultation:group_new"), {**GROUP, "version": ""})
    group = Group.objects.exclude(id=world.group.id).get()
    at = lambda name, *more: reverse(f"consultation:{name}", args=[group.id, *more])  # noqa: E731
    assert answer["Location"] == at("group_sheet")
    eve.post(at("group_sheet"), {"text": "You can stop.", **rules.USES})
    answer = eve.post(at("group_invitations"), {"text": "Dear you", "many": "1"}, follow=True)
    code = code_of(answer.content.decode())
    visitor = Client()
    answer = visitor.post(reverse("consultation:group_code"), {"code": code.upper()})
    assert answer["Location"] == reverse("consultation:group_invited")
    shown = visitor.get(answer["Location"]).content.decode()
    for said in ("Dear you", "You can stop.", "£25 a meeting", "Sam, by phone"):
        assert said in shown, said
    sent = {"answer": "yes", "number": number_of(shown)}
    answer = visitor.post(reverse("consultation:group_invited"), sent)
    assert answer["Location"] == at("own_words")
    shown = visitor.get(at("own_words")).content.decode()
    nine = " ".join(re.findall(r"<li>([a-z]+)</li>", shown))
    assert visitor.post(at("own_words"), {"receipt": nine})["Location"] == at("own_agree")
    agreed = {"agreed": ["part", "notes", "coding"]}
    assert visitor.post(at("own_agree"), agreed)["Location"] == at("own_name")
    assert visitor.post(at("own_name"), {"name": "River"})["Location"] == at("own_group")
    assert "River" in visitor.get(at("own_group")).content.decode()
    back = Client()
    came = back.post(
        reverse("testimony:return") + "?next=" + reverse("consultation:own_groups"),
        {"receipt": nine},
    )
    assert came["Location"] == reverse("consultation:own_groups")
    assert group.title in back.get(came["Location"]).content.decode()
    assert "River" in eve.get(at("group")).content.decode()


def test_a_group_needs_a_name_and_a_purpose_and_nothing_typed_is_lost(world):
    eve = world.people["Eve"].browser()
    sent = {"kind": "focus", "title": "", "purpose": "", "pay": "£25", "version": "x"}
    answer = eve.post(reverse("consultation:group_new"), sent)
    assert answer.status_code == 422
    for words in ("Give the group a name", "Say what the group is for", "£25", "Choose one from"):
        assert words in answer.content.decode()
    assert Group.objects.count() == 1


def test_a_group_changes_and_the_history_keeps_how_it_was(world):
    assert "To read the draft." in world.get("Ada", "group_change")
    wanted = {**GROUP, "purpose": "To read all of it.", "version": str(world.group.version_id)}
    for _ in range(2):
        world.post("Ada", "group_change", **wanted)
    assert GroupTrail.objects.filter(did="group changed").count() == 1
    assert "To read the draft." in world.get("Ada", "group_history")
    assert world.post("Ada", "group_sheet", status=422, text="", part="")


def test_pages_of_a_group_are_there_only_for_those_who_run_it_and_its_members(world):
    world.join("River")
    assert "You run no group yet" in (
        world.people["Eve"].browser().get(reverse("consultation:groups")).content.decode()
    )
    assert world.group.title in (
        world.people["Ada"].browser().get(reverse("consultation:groups")).content.decode()
    )
    world.get("Eve", "group", status=404)
    world.get("River", "group", status=302)
    world.get("Ada", "own_group", status=404)
    assert Client().get(world.at("own_group")).status_code == 404


def test_words_typed_wrong_are_not_taken_for_the_nine_words(world):
    river = world.join("River")
    nine = river.keys.words
    assert "nine words are yours alone" in world.get("River", "own_words")
    wrong = " ".join(reversed(nine.split()))
    assert "not the nine words" in world.post("River", "own_words", status=422, receipt=wrong)
    assert world.post("River", "own_words", receipt=nine.upper()) == world.at("own_agree")
    assert "wrote your nine words down before" in world.get("River", "own_words")
    assert world.post("River", "own_words", status=422, receipt=wrong)


def test_nobody_is_named_in_what_facilitators_see_but_by_the_names_that_were_chosen(world):
    river = world.join("River")
    rows = [*GroupMember.objects.values(), *Invited.objects.values(), *Comment.objects.values()]
    assert {key for row in rows for key in row if "name" in key} == {"name", "for_name"}
    assert "River" in world.get("Ada", "group_member", river.member.id)
    world.get("Ada", "group_member", world.runs.id, status=404)
