"""What a page says to the script that closes it when it is left alone (docs/adr/0013)."""

import re

import pytest
from django.urls import reverse

from firsthand.access.permissions import PERMISSIONS
from firsthand.testimony.models import Testimony
from tests.access.addresses import nowhere
from tests.people import kit
from tests.testimony.test_telling import SAID, number_in, tell

pytestmark = [pytest.mark.django_db, pytest.mark.urls("firsthand.config.urls")]
START = "/tell/"


def body_of(answer) -> str:
    return re.search(r"<body[^>]*>", answer.content.decode())[0]


def test_the_first_page_closes_too_though_there_is_no_sitting_yet(client):
    body = body_of(client.get(START))
    assert 'data-quiet-minutes="15"' in body
    assert "data-sitting" not in body
    tell(client)
    assert "data-sitting" in body_of(client.get(START))


def test_what_was_sent_and_not_taken_is_marked_as_not_kept(client):
    assert "data-unsent" not in body_of(client.get(START))
    assert "data-unsent" in body_of(client.post(START, {"happened": ""}))


def test_a_page_says_that_it_is_behind_keys_only_where_it_is(client):
    row = tell(client)
    assert "data-locked" not in body_of(client.get(START))
    assert "data-locked" in body_of(client.get(reverse("testimony:files", args=[row.id])))


def test_no_page_is_said_to_be_behind_keys_that_opens_to_anyone(client):
    behind = sorted(name for name, row in PERMISSIONS.items() if ":" in name and row.behind_keys)
    assert behind
    assert [name for name in behind if client.get(nowhere(name)).status_code == 200] == []


def test_a_page_left_alone_makes_no_receipt_that_nobody_reads(client):
    sent = {"happened": SAID, "number": number_in(client.get(START).content.decode())}
    assert client.post(START, {**sent, "left_alone": "yes"}).status_code == 404
    assert not Testimony.objects.exists()
    assert client.post(START, sent).status_code == 302


def test_a_page_left_alone_keeps_first_words_for_someone_signed_in(client):
    assert "data-keep" not in client.get(START).content.decode()
    kit.sign_in(client, kit.person())
    page = client.get(START).content.decode()
    assert "data-keep" in page
    sent = {"happened": SAID, "number": number_in(page), "left_alone": "yes"}
    assert client.post(START, sent).status_code == 302
    assert "Begun on" in client.get(reverse("testimony:mine")).content.decode()


@pytest.mark.parametrize("role", ["responder", "steward"])
def test_staff_have_no_first_page_kept_for_them(client, role):
    someone = kit.staff(role)
    client.force_login(someone.user)
    page = client.get(START).content.decode()
    assert "data-keep" not in page
    sent = {"happened": SAID, "number": number_in(page), "left_alone": "yes"}
    assert client.post(START, sent).status_code == 404
    assert not Testimony.objects.exists()
