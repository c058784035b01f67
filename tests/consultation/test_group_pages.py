"""The pages of groups: who comes to which, what they show, and what becomes of what is typed."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from firsthand.consultation import rules
from firsthand.consultation.models import Group
from tests.consultation.kit import GROUP, World, draft

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
