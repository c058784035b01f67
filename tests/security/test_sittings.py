"""A sitting that someone planted in this browser gives them nothing; guessing is slowed down."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from firsthand.people import actions, rules
from firsthand.testimony.models import Testimony
from firsthand.vault.sessions import SessionStore
from tests.testimony.test_telling import SAID, number_in, receipt_of, tell

pytestmark = pytest.mark.django_db


def planted() -> tuple[Client, Client]:
    """Someone's own browser, and another's with the same cookie put in it."""
    store = SessionStore()
    store["begun"] = True
    store.save()
    theirs, victim = Client(), Client()
    theirs.cookies["sitting"] = victim.cookies["sitting"] = store.secret
    return theirs, victim


def test_who_planted_a_sitting_does_not_come_to_what_is_told_in_it():
    theirs, victim = planted()
    row = tell(victim)
    assert victim.get(reverse("testimony:way_back", args=[row.id])).status_code == 200
    assert theirs.get(reverse("testimony:way_back", args=[row.id])).status_code == 404
    assert SAID not in theirs.get("/mine/").content.decode()


def test_who_planted_a_sitting_does_not_come_to_what_a_receipt_opens():
    owner = Client()
    row = tell(owner)
    words = receipt_of(owner, row)
    theirs, victim = planted()
    assert victim.post(reverse("testimony:return"), {"receipt": words}).status_code == 302
    page = reverse("testimony:way_back", args=[row.id])
    assert victim.get(page).status_code == 200
    assert theirs.get(page).status_code == 404


def test_coming_back_twice_with_a_double_click_works(client):
    owner = Client()
    row = tell(owner)
    words = receipt_of(owner, row)
    client.get("/")
    _, first = planted()
    second = Client()
    second.cookies["sitting"] = first.cookies["sitting"].value
    for each in (first, second):
        assert each.post(reverse("testimony:return"), {"receipt": words}).status_code == 302
        assert each.get(reverse("testimony:way_back", args=[row.id])).status_code == 200


def test_a_double_click_from_a_sitting_that_was_there_is_one_telling():
    first, second = planted()
    number = number_in(first.get("/tell/").content.decode())
    for each in (first, second):
        sent = each.post("/tell/", {"happened": SAID, "number": number})
        assert sent.status_code == 302
        assert each.get(sent.url).status_code == 200
    assert Testimony.objects.count() == 1


def test_a_second_telling_keeps_the_first_in_hand(client):
    first = tell(client)
    number = number_in(client.get("/tell/").content.decode())
    client.post("/tell/", {"happened": "Something else.", "number": number})
    assert client.get(reverse("testimony:way_back", args=[first.id])).status_code == 200
    assert Testimony.objects.count() == 2


def test_guessing_at_invitations_is_slowed_down_and_a_real_one_is_not_used_up():
    link = actions.invite(None, rules.STEWARD)
    real = re.search(r"(/invitation/.+)$", link)[1]
    browser = Client()
    answers = [browser.get(f"/invitation/{n}nothing/").status_code for n in range(110)]
    assert (answers[0], answers[-1]) == (302, 429)
    elsewhere = Client(REMOTE_ADDR="192.0.2.9")
    assert elsewhere.get(real).status_code == 302
    assert elsewhere.get("/invitation/").status_code == 200
